/**
 * Which of a group's targets gets the next request. Pure but for the draws it is given.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#modify-routing-algorithm
 */
import type { TargetGroup } from "../../../topology/types";

/** What the choice looks at. */
export interface Candidate {
  readonly state: "initial" | "healthy" | "unhealthy" | "draining";
  /** Requests that are under way. */
  readonly outstanding: number;
  /** When it became healthy, in milliseconds since 1970; undefined while it is not. */
  readonly healthySince?: number;
}

/**
 * The targets that get requests: the healthy ones, or, when too few are, all of them ("fail open"),
 * which is why a broken health check is not a 503.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function inService<T extends Candidate>(
  all: readonly T[],
  { count, percent } = { count: 1, percent: 0 },
): readonly T[] {
  const healthy = all.filter((t) => t.state === "healthy");
  const needed = Math.max(count, Math.ceil((percent / 100) * all.length));
  return healthy.length > 0 && healthy.length >= needed ? healthy : all;
}

/**
 * A target's share of requests while it starts slowly: from next to nothing up to 1.
 *
 * @param others the targets that take turns with it
 */
export function share(
  target: Candidate,
  others: readonly Candidate[],
  slowStartSeconds: number,
  now: number,
): number {
  const age = (t: Candidate): number => (now - (t.healthySince ?? -Infinity)) / 1000;
  // Without a target that has started there is nobody else who could take the requests.
  if (slowStartSeconds === 0 || others.every((t) => age(t) < slowStartSeconds)) return 1;
  return Math.min(1, age(target) / slowStartSeconds);
}

/** Chooses among targets in service, one or more; `turn` counts the group's requests. */
export function choose<T extends Candidate>(
  candidates: readonly T[],
  group: Pick<TargetGroup, "algorithm" | "slowStartSeconds">,
  turn: number,
  now: number,
  draw: () => number = Math.random,
): T | undefined {
  if (group.algorithm === "least_outstanding_requests") {
    return candidates.reduce((best, t) => (t.outstanding < best.outstanding ? t : best));
  }
  if (group.algorithm === "weighted_random") {
    return candidates[Math.floor(draw() * candidates.length)];
  }
  const { slowStartSeconds = 0 } = group;
  // Whoever passes its turn on, because it is still warming up, passes it to the next one.
  for (let n = 0; n < candidates.length; n += 1) {
    const next = candidates[(turn + n) % candidates.length];
    if (next && draw() < share(next, candidates, slowStartSeconds, now)) return next;
  }
  return candidates[turn % candidates.length];
}
