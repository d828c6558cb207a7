/** The table of rules in docs/policy.md. */
import { rules } from "./rules";
import type { Rule } from "./rule";

/** Every rule as a row, in the order in which they are listed. */
export function rulesMarkdown(): string {
  const rows = rules.map(row);
  return [
    "| Rule | What has to hold | What to write | By default |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function row({ name, source, description, remediation, level, severity }: Rule): string {
  const cells = [`[\`${name}\`](${source})`, description, remediation, `${level}, ${severity}`];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
