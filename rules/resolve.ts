/** A path's hops and everything that the rules say of it, before there are resources. */
import { hopsOf } from "../path/hops";
import type { Hop, PathSpec } from "../path/types";
import { bySeverity, type Finding, refuses } from "./finding";
import { findingOf, withoutDuplicates } from "./found";
import { unnamed } from "./naming";
import { plannedRules } from "./planned";
import { PathError } from "./pathError";
import { faultList } from "./rule";

/** What {@link resolvePath} returns. */
export interface ResolvedPath {
  readonly hops: readonly Hop[];
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/** Turns a spec into hops and findings: all of them at once. Never throws. */
export function resolvePath(spec: PathSpec): ResolvedPath {
  return { hops: hopsOf(spec), findings: findingsOf(spec) };
}

/**
 * `resolvePath` for a program that is about to create something.
 * @throws {PathError} with every finding, when one is an error or about who gets in
 */
export function requireSoundPath(spec: PathSpec): ResolvedPath {
  const resolved = resolvePath(spec);
  if (resolved.findings.some(refuses)) throw new PathError(resolved.findings, spec);
  return resolved;
}

/** All findings of a spec. Advice is given in the settings of our own components where it can be. */
function findingsOf(spec: PathSpec): Finding[] {
  const findings = plannedRules.flatMap((rule) => {
    const check = rule.about === "path" ? rule.check : rule.planned;
    return check === undefined
      ? []
      : faultList(check(spec, unnamed)).map((fault) => findingOf(rule, fault, true));
  });
  return withoutDuplicates(findings, plannedRules).sort(bySeverity);
}
