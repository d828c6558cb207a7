import type { Finding, Severity } from "../../rules/finding";
import type { Screen, Style } from "../screen";
import { wrap } from "../text";

const order: readonly Severity[] = ["error", "warning", "note"];

const look: Record<Severity, { sign: "bad" | "warn" | "note"; style: Style }> = {
  error: { sign: "bad", style: "red" },
  warning: { sign: "warn", style: "yellow" },
  note: { sign: "note", style: "cyan" },
};

/** Findings, worst first, each with what to change and the page that says so. */
export function findingLines(findings: readonly Finding[], screen: Screen): string[] {
  const sorted = [...findings].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
  );
  return sorted.flatMap((finding) => {
    const { sign, style } = look[finding.severity];
    const head = `${screen.signs[sign]} ${finding.severity}`;
    return [
      `  ${screen.style(style, head)}  ${screen.style("bold", finding.code)}`,
      ...wrap(finding.message, screen.width - 4).map((line) => `    ${line}`),
      ...wrap(finding.change, screen.width - 6).map(
        (line, i) =>
          `    ${i === 0 ? screen.signs.arrow : " ".repeat(screen.signs.arrow.length)} ${line}`,
      ),
      `    ${screen.style("dim", finding.source)}`,
    ];
  });
}
