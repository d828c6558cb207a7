/** A target group's targets: which are registered, and which one is next. */
import type { TargetGroup } from "../../../topology/types";
import { choose, inService } from "./choose";
import type { HealthCheckRecord, Target } from "./target";

/** Called with every health check of a group's targets. */
export type CheckListener = (target: Target, check: HealthCheckRecord) => void;

/** The targets of one group. */
export class TargetPool {
  private readonly targets = new Set<Target>();
  /** Deregistered, with outstanding requests. */
  private readonly draining = new Set<Target>();
  private turn = 0;
  /** Called with every health check; set by the load balancer that logs them. */
  onCheck?: CheckListener;

  constructor(private declared: TargetGroup) {}

  /** The target group's current declaration. */
  get group(): TargetGroup {
    return this.declared;
  }

  /** Changes the attributes and the health check; a different protocol needs a new pool. */
  change(group: TargetGroup): void {
    this.declared = group;
    for (const target of this.targets) target.group = group;
  }

  /** Registers a target; resolves after its first health check. */
  async register(target: Target): Promise<void> {
    this.targets.add(target);
    target.onCheck = (check) => this.onCheck?.(target, check);
    await target.watch();
  }

  /** Deregisters it and lets its requests finish. */
  async deregister(target: Target): Promise<void> {
    this.targets.delete(target);
    this.draining.add(target);
    await target.drain();
    this.draining.delete(target);
  }

  /**
   * The target of the next request; undefined if none is registered.
   *
   * @param stuckTo label of the target to which the client sticks, while that is in service
   */
  pick(stuckTo?: string): Target | undefined {
    const candidates = inService([...this.targets], this.group.minimumHealthy);
    if (candidates.length <= 1) return candidates[0];
    const kept = stuckTo === undefined ? undefined : candidates.find((t) => t.label === stuckTo);
    if (kept) return kept;
    this.turn += 1;
    return choose(candidates, this.group, this.turn, Date.now());
  }

  /** Ends every target's connections. */
  close(): void {
    for (const target of [...this.targets, ...this.draining]) target.close();
    this.targets.clear();
  }
}
