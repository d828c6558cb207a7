/** A path's hops and everything there is to say about it. */
import { PathError } from "./errors";
import { allFindings } from "./findings";
import { hopsOf } from "./hops";
import type { PathSpec, ResolvedPath } from "./types";

/**
 * Turns a spec into hops and findings: all of them at once, errors first. Never throws.
 */
export function resolvePath(spec: PathSpec): ResolvedPath {
  return { hops: hopsOf(spec), findings: allFindings(spec) };
}

/**
 * `resolvePath` for those who are about to create something.
 * @throws {PathError} with every finding, when one of them is an error
 */
export function requireSoundPath(spec: PathSpec): ResolvedPath {
  const resolved = resolvePath(spec);
  if (resolved.findings.some((finding) => finding.severity === "error"))
    throw new PathError(resolved.findings, spec);
  return resolved;
}
