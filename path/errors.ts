/** Findings as people read them. */
import type { Finding, PathSpec } from "./types";

/**
 * A path that cannot work. Its message lists every error with what to write instead, then the
 * warnings; notes are left to those who print a whole plan.
 */
export class PathError extends Error {
  override readonly name = "PathError";

  constructor(
    /** Every finding of the path, of every severity. */
    readonly findings: readonly Finding[],
    /** The path that they are about. */
    readonly spec?: PathSpec,
  ) {
    super(message(findings));
  }
}

function message(findings: readonly Finding[]): string {
  const of = (severity: Finding["severity"]): Finding[] =>
    findings.filter((finding) => finding.severity === severity);
  const errors = of("error");
  const count = errors.length === 1 ? "1 problem keeps" : `${errors.length} problems keep`;
  return [
    `${count} this path from working; nothing was created.`,
    ...[...errors, ...of("warning")].map(formatFinding),
  ].join("\n\n");
}

/** One finding in four lines: severity and code, what is so, what to write instead, the page. */
export function formatFinding(finding: Finding): string {
  return [
    `${finding.severity} ${finding.code}`,
    `  ${finding.message}`,
    `  Instead: ${finding.change}`,
    `  See: ${finding.source}`,
  ].join("\n");
}
