/** The table of rules in docs/policy.md. */
import { rules } from "../rules";
import type { Rule } from "../rules/rule";
import { levelOf } from "./levels";

/** Every rule as a row, in the order in which they are listed. */
export function rulesMarkdown(): string {
  return [
    "| Rule | Requirement | Fix | Severity | In the pack |",
    "| --- | --- | --- | --- | --- |",
    ...rules.map(row),
  ].join("\n");
}

function row(rule: Rule): string {
  const { code, holds, fix, severity, access } = rule;
  const cells = [
    ...[`[\`${code}\`](findings/${code}.md)`, holds, fix],
    ...[access ? `${severity} (access)` : severity, levelOf(rule)],
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
