/** A report on the terminal. */
import { printable } from "../../path/printable";
import type { Screen, Style } from "../screen";
import { countText, seconds, wrap } from "../text";
import { changeIn } from "./faults";
import type { Check, VerifyReport, CheckVerdict } from "./types";

const look: Record<CheckVerdict, { sign: "good" | "bad" | "warn" | "dot"; style: Style }> = {
  pass: { sign: "good", style: "green" },
  fail: { sign: "bad", style: "red" },
  warn: { sign: "warn", style: "yellow" },
  skip: { sign: "dot", style: "dim" },
};

/** Prints a report: a line for each check, more for failed ones. */
export function printReport(report: VerifyReport, screen: Screen): void {
  const about = report.stack === undefined ? "" : `, compared with the stack ${report.stack}`;
  screen.print(screen.style("bold", `${shown(report.url)}${about}`));
  const width = Math.max(...report.checks.map(({ title }) => title.length));
  for (const check of report.checks)
    for (const line of checkLines(check, width, screen)) screen.print(line);
  screen.print();
  const number = (one: CheckVerdict): number =>
    report.checks.filter(({ verdict }) => verdict === one).length;
  const [failed, warned, skipped] = [number("fail"), number("warn"), number("skip")];
  const spent = [
    ...(warned > 0 ? [countText(warned, "warning")] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    countText(report.requests, "request"),
    seconds(report.milliseconds),
  ].join(", ");
  const text =
    failed === 0
      ? `${screen.signs.good} All checks passed (${spent}).`
      : `${screen.signs.bad} ${failed} of ${countText(report.checks.length, "check")} failed (${spent}).`;
  screen.print(screen.style(failed === 0 ? "green" : "red", text));
}

function checkLines(check: Check, width: number, screen: Screen): string[] {
  const { sign, style } = look[check.verdict];
  const head = `  ${screen.style(style, screen.signs[sign].padEnd(2))}${check.title.padEnd(width)}`;
  const left = width + 6;
  const continued = (text: string, first: string): string[] =>
    wrap(shown(text), Math.max(24, screen.width - left)).map(
      (line, i) => (i === 0 ? first : " ".repeat(left)) + line,
    );
  const lines = continued(check.actual, `${head}  `);
  if (check.verdict === "fail")
    lines.push(...continued(`expected: ${check.expected}`, " ".repeat(left)));
  if (check.why !== undefined && check.verdict !== "pass")
    lines.push(...continued(check.why, " ".repeat(left)).map((line) => screen.style("dim", line)));
  for (const one of check.changes ?? []) {
    const rule = one.rule === undefined ? "" : `${one.rule}: `;
    lines.push(...continued(rule + changeIn(screen.language, one), " ".repeat(left)));
  }
  return lines;
}

/** Text from a server, without control characters for the terminal. */
function shown(text: string): string {
  return printable(text).slice(0, 600);
}
