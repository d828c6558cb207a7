/** A report on the terminal. */
import { printable } from "../../path/printable";
import type { Screen, Style } from "../screen";
import { say, sayCount, sayParts } from "../show/words";
import { columnsOf, padColumns, seconds, wrap } from "../text";
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
  const { stack } = report;
  const about =
    stack === undefined ? "" : say(screen, ", compared with the stack {stack}", { stack });
  screen.print(screen.style("bold", `${shown(report.url)}${about}`));
  const width = Math.max(...report.checks.map(({ title }) => columnsOf(sayParts(screen, title))));
  for (const check of report.checks)
    for (const line of checkLines(check, width, screen)) screen.print(line);
  screen.print();
  const number = (one: CheckVerdict): number =>
    report.checks.filter(({ verdict }) => verdict === one).length;
  const [failed, warned, skipped] = [number("fail"), number("warn"), number("skip")];
  const spent = [
    ...(warned > 0 ? [sayCount(screen, warned, "{n} warning", "{n} warnings")] : []),
    ...(skipped > 0 ? [say(screen, "{n} skipped", { n: skipped })] : []),
    sayCount(screen, report.requests, "{n} request", "{n} requests"),
    seconds(report.milliseconds),
  ].join(say(screen, ", "));
  const all = sayCount(screen, report.checks.length, "{n} check", "{n} checks");
  const text =
    failed === 0
      ? say(screen, "All checks passed ({spent}).", { spent })
      : say(screen, "{failed} of {all} failed ({spent}).", { failed, all, spent });
  const sign = failed === 0 ? screen.signs.good : screen.signs.bad;
  screen.print(screen.style(failed === 0 ? "green" : "red", `${sign} ${text}`));
}

function checkLines(check: Check, width: number, screen: Screen): string[] {
  const { sign, style } = look[check.verdict];
  const head = `  ${screen.style(style, screen.signs[sign].padEnd(2))}${padColumns(sayParts(screen, check.title), width)}`;
  const left = width + 6;
  const continued = (text: string, first: string): string[] =>
    wrap(shown(text), Math.max(24, screen.width - left)).map(
      (line, i) => (i === 0 ? first : " ".repeat(left)) + line,
    );
  const lines = continued(say(screen, check.actual), `${head}  `);
  if (check.verdict === "fail")
    lines.push(
      ...continued(
        say(screen, "expected: {expected}", { expected: say(screen, check.expected) }),
        " ".repeat(left),
      ),
    );
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
