/** The tasks of every service, and the target groups in which they are registered. */
import { TargetPool } from "../loadBalancer/pool";
import type { LoadBalancer, TargetGroup, Topology } from "../../../topology/types";
import { planTask, type TaskPlanOptions } from "./plan";
import type { UsedTargetGroup, RegisteredTaskOptions } from "./registeredTask";
import { RunningService, type DesiredService } from "./service";

export interface FleetOptions extends RegisteredTaskOptions, TaskPlanOptions {
  /** Source address of a load balancer's connections. */
  readonly addressOf: (loadBalancer: LoadBalancer) => string;
}

/** What a topology requires. */
interface Plan {
  readonly groups: ReadonlyMap<string, UsedTargetGroup>;
  readonly services: ReadonlyMap<string, DesiredService>;
}

/** The running services, by ARN. */
export class Fleet {
  /** By ARN. */
  private services = new Map<string, RunningService>();
  private current: Plan = { groups: new Map(), services: new Map() };
  private next: Plan = this.current;
  /** Attributes of target groups before `plan` changed them. */
  private attributes = new Map<TargetPool, TargetGroup>();

  constructor(private readonly options: FleetOptions) {}

  /** The running services, with their state. */
  get running(): readonly RunningService[] {
    return [...this.services.values()];
  }

  /**
   * Plans for a topology. A target group whose protocol changes is replaced, as on AWS; everything
   * else changes in place, at once.
   *
   * @returns the pools of target groups by ARN, for the listeners that forward to them
   */
  plan(topology: Topology, notes: string[]): ReadonlyMap<string, TargetPool> {
    const groups = this.groups(topology);
    const services = new Map<string, DesiredService>();
    for (const service of topology.services) {
      if (service.targets.length === 0) {
        notes.push(`The service ${service.name} has no load balancer: nothing is started.`);
        continue;
      }
      const plan = planTask(service, topology, this.options);
      notes.push(...plan.notes);
      services.set(service.arn, { plan, groups });
    }
    this.next = { groups, services };
    return new Map([...groups].map(([arn, { pool }]) => [arn, pool]));
  }

  /** Starts everything that is planned, healthy or not. */
  async start(): Promise<void> {
    const added = [...this.next.services.values()].map((wanted) => this.add(wanted));
    await Promise.all(added.map((service) => service.start()));
  }

  /**
   * Starts planned parts that do not run yet. @throws {ServeError} for tasks that stay unhealthy
   */
  async grow(): Promise<void> {
    const growing = [...this.next.services.entries()].map(([arn, wanted]) => {
      const running = this.services.get(arn);
      // A new service starts without tasks.
      return (running ?? this.add(wanted)).grow(wanted);
    });
    const results = await Promise.allSettled(growing);
    const failed = results.find((r) => r.status === "rejected");
    if (failed) throw failed.reason;
  }

  /** Reverts `plan` and `grow`. */
  async abandon(): Promise<void> {
    for (const [pool, group] of this.attributes) pool.change(group);
    await Promise.all(
      [...this.services].map(async ([arn, service]) => {
        if (this.next.services.has(arn)) await service.abandon();
        if (!this.current.services.has(arn)) this.services.delete(arn);
      }),
    );
    this.next = this.current;
  }

  /** Ends what is no longer planned: tasks, then target groups. */
  async shrink(): Promise<void> {
    const { groups, services } = this.next;
    await Promise.all(
      [...this.services].map(async ([arn, service]) => {
        await (services.has(arn) ? service.shrink() : service.end());
        if (!services.has(arn)) this.services.delete(arn);
      }),
    );
    for (const [arn, { pool }] of this.current.groups) {
      if (groups.get(arn)?.pool !== pool) pool.close();
    }
    this.current = this.next;
  }

  /** Ends every connection to a task. */
  disconnect(): void {
    for (const plan of [this.current, this.next]) {
      for (const { pool } of plan.groups.values()) pool.close();
    }
  }

  /** Ends every task at once. */
  async close(): Promise<void> {
    await Promise.all(this.running.map((s) => s.close()));
    this.disconnect();
  }

  private add(wanted: DesiredService): RunningService {
    const service = new RunningService(this.options, wanted);
    this.services.set(service.service.arn, service);
    return service;
  }

  /** The target groups that listeners forward to. */
  private groups(topology: Topology): Map<string, UsedTargetGroup> {
    const groups = new Map<string, UsedTargetGroup>();
    this.attributes = new Map();
    for (const loadBalancer of topology.loadBalancers) {
      for (const arn of forwardedTo(loadBalancer)) {
        const group = topology.targetGroups.get(arn);
        if (!group || groups.has(arn)) continue;
        const nodeAddress = this.options.addressOf(loadBalancer);
        groups.set(arn, { pool: this.poolOf(group), loadBalancer, nodeAddress });
      }
    }
    return groups;
  }

  private poolOf(group: TargetGroup): TargetPool {
    const pool = this.current.groups.get(group.arn)?.pool;
    const kept =
      pool?.group.protocol === group.protocol &&
      pool.group.protocolVersion === group.protocolVersion;
    if (!pool || !kept) return new TargetPool(group);
    this.attributes.set(pool, pool.group);
    pool.change(group);
    return pool;
  }
}

/** ARNs of the target groups that a load balancer's actions name. */
function forwardedTo(loadBalancer: LoadBalancer): string[] {
  const actions = loadBalancer.listeners.flatMap((l) => [
    l.defaultAction,
    ...l.rules.map((r) => r.action),
  ]);
  return actions.flatMap((a) => (a.type === "forward" ? a.groups.map((g) => g.arn) : []));
}
