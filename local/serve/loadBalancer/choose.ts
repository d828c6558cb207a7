/**
 * Which of a group's targets gets the next request. Pure, with random numbers as arguments.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#modify-routing-algorithm
 */
import type { TargetGroup } from "../../../topology/types";

/** What the choice depends on. */
export interface TargetCandidate {
  readonly state: "initial" | "healthy" | "unhealthy" | "draining";
  /** Number of outstanding requests. */
  readonly outstanding: number;
  /** When it became healthy, in milliseconds since 1970; undefined while it is unhealthy. */
  readonly healthySince?: number;
}

/**
 * The targets that get requests: the healthy ones, or, when too few are, all of them ("fail open"),
 * which is why a broken health check is not a 503.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function inService<T extends TargetCandidate>(
  all: readonly T[],
  { count, percent } = { count: 1, percent: 0 },
): readonly T[] {
  const healthy = all.filter((t) => t.state === "healthy");
  const needed = Math.max(count, Math.ceil((percent / 100) * all.length));
  return healthy.length > 0 && healthy.length >= needed ? healthy : all;
}

/**
 * A target's share of requests during slow start: from almost 0 up to 1.
 *
 * @param others the other targets in service
 */
export function share(
  target: TargetCandidate,
  others: readonly TargetCandidate[],
  slowStartSeconds: number,
  now: number,
): number {
  const age = (t: TargetCandidate): number => (now - (t.healthySince ?? -Infinity)) / 1000;
  // If no target has finished its slow start, no other target could take the requests.
  if (slowStartSeconds === 0 || others.every((t) => age(t) < slowStartSeconds)) return 1;
  return Math.min(1, age(target) / slowStartSeconds);
}

/** Chooses among targets in service, one or more; `turn` counts the group's requests. */
export function choose<T extends TargetCandidate>(
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
  // A target in slow start that skips its turn passes it to the next one.
  for (let n = 0; n < candidates.length; n += 1) {
    const next = candidates[(turn + n) % candidates.length];
    if (next && draw() < share(next, candidates, slowStartSeconds, now)) return next;
  }
  return candidates[turn % candidates.length];
}
