/** Paths whose targets get no requests on AWS, because no task starts or none becomes healthy. */
import type { StackFinding } from "../../rules/finding";
import { judge } from "../../rules/judge";
import type { FoundPath } from "../../topology/pathOf";
import { pathsIn, type StackPath } from "../../topology/stack/paths";
import type { Stack } from "../../topology/stack/stack";

/** A finding with the reason why no target gets requests. */
type StopsTargets = StackFinding & { readonly stops: string };

/**
 * The finding that says why no target of a path gets requests; undefined where none does.
 *
 * @param index the path's place among those of the stack
 */
function stopped(
  { resources: { service, targetGroup } }: StackPath,
  index: number,
  stack: Stack,
): StopsTargets | undefined {
  // A target without a service stays registered: when none is healthy, all get requests.
  if (service.length === 0) return undefined;
  const urns = [...service, ...targetGroup].map(({ urn }) => urn);
  return judge(stack).findings.find(
    (finding): finding is StopsTargets =>
      finding.stops !== undefined && (finding.paths.includes(index) || urns.includes(finding.urn)),
  );
}

/** A path; where a finding says why no target of it gets requests, with that. */
export function asStopped(path: StackPath, index: number, stack: Stack): FoundPath {
  const { found } = path;
  const none = stopped(path, index, stack)?.stops;
  if (none === undefined) return found;
  const { spec } = found;
  return { ...found, spec: { ...spec, target: { ...spec.target, none } } };
}

/** For each reason: that requests get 503 on AWS, although their targets run here. */
export function stoppedOnAws(stack: Stack): string[] {
  const notes = pathsIn(stack).paths.flatMap((path, i) => {
    const finding = stopped(path, i, stack);
    if (finding === undefined) return [];
    const { stops, code } = finding;
    return [`On AWS ${stops} (${code}), so that requests get 503: here the tasks run, and answer.`];
  });
  return [...new Set(notes)];
}
