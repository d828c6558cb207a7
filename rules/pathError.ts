/** Findings as people read them. */
import type { PathSpec } from "../path/types";
import { type Finding, refuses } from "./finding";

/**
 * A path that is not created. Its message lists every finding for which it is refused, with what to
 * write instead, then the warnings; notes are left to a plan.
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
  const refused = findings.filter(refuses);
  const warnings = findings.filter((one) => one.severity === "warning" && !refuses(one));
  const count = refused.length === 1 ? "1 problem" : `${refused.length} problems`;
  return [
    `This path has ${count}; nothing was created.`,
    ...[...refused, ...warnings].map(formatFinding),
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
