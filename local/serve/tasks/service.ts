/** An ECS service here: its tasks, registered with the target groups of its load balancers. */
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { NginxChoice } from "../../nginx";
import type { ServeEvent } from "../events";
import type { TargetPool } from "../loadBalancer/pool";
import { Target } from "../loadBalancer/target";
import type { Parties } from "../parties";
import { ServeError } from "../serveError";
import type { LoadBalancer, Service } from "../../../topology/types";
import type { NotAdmitted } from "../types";
import type { TaskPlan } from "./plan";
import { RunningTask } from "./task";

/** A target group in use: its pool, and the load balancer whose connections its targets get. */
export interface GroupInUse {
  readonly pool: TargetPool;
  readonly loadBalancer: LoadBalancer;
  readonly nodeAddress: string;
}

/** What a service should run. */
export interface Wanted {
  readonly plan: TaskPlan;
  /** By target group ARN. */
  readonly groups: ReadonlyMap<string, GroupInUse>;
}

export interface RunningServiceOptions {
  readonly parties: Parties;
  readonly nginx: NginxChoice;
  readonly stateDir: string;
  readonly notAdmitted?: NotAdmitted;
  readonly onEvent: (event: ServeEvent) => void;
}

/** Milliseconds that a start waits for first health checks. */
const firstCheckMs = 2000;

interface Registered {
  readonly plan: TaskPlan;
  readonly task: RunningTask;
  readonly targets: readonly { readonly pool: TargetPool; readonly target: Target }[];
}

/** See the file's comment. */
export class RunningService {
  private readonly tasks: Registered[] = [];
  /** Tasks that finish their last requests. */
  private readonly leaving = new Set<Registered>();
  private started = 0;
  /** What `grow` began with, for `abandon`. */
  private before: { readonly wanted: Wanted; readonly tasks: readonly Registered[] };

  constructor(
    private readonly options: RunningServiceOptions,
    private wanted: Wanted,
  ) {
    this.before = { wanted, tasks: [] };
  }

  get service(): Service {
    return this.wanted.plan.service;
  }

  /** The running tasks, oldest first. */
  get running(): readonly RunningTask[] {
    return this.tasks.map((t) => t.task);
  }

  /**
   * Starts as many tasks as the service asks for, and waits for their first health checks, but not
   * long: one that gets no answer is what people want to look at.
   */
  async start(): Promise<void> {
    const started = await this.startTasks(this.service.count);
    const late = new AbortController();
    await Promise.race([
      Promise.all(started.map((s) => s.checked)),
      setTimeout(firstCheckMs, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
  }

  /**
   * Starts what is wanted beside the tasks that run already, as a rolling deployment does. Tasks of
   * the same definition, in the same target groups and security groups, stay; `shrink` ends the rest.
   *
   * @throws {ServeError} when new tasks do not become healthy; `abandon` then ends them
   */
  async grow(wanted: Wanted): Promise<void> {
    this.before = { wanted: this.wanted, tasks: [...this.tasks] };
    this.wanted = wanted;
    const fitting = this.tasks.filter((t) => this.fits(t)).length;
    const started = await this.startTasks(Math.max(0, this.service.count - fitting));
    await Promise.all(started.map((s) => s.checked));
    const sick = started.flatMap((s) => s.task.targets).find((t) => t.target.state !== "healthy");
    if (!sick) return;
    const { pool, target } = sick;
    throw new ServeError(
      `The new tasks of ${this.service.name} do not become healthy in ${pool.group.name} (${target.reason}): nothing is changed, as the old tasks would go on serving on AWS.`,
    );
  }

  /** Takes `grow` back. */
  async abandon(): Promise<void> {
    const { wanted, tasks } = this.before;
    this.wanted = wanted;
    await Promise.all(this.tasks.filter((t) => !tasks.includes(t)).map((t) => this.retire(t)));
  }

  /** Ends the tasks that are not wanted, the oldest first where there are too many. */
  async shrink(): Promise<void> {
    const fitting = this.tasks.filter((t) => this.fits(t));
    const keep = fitting.slice(Math.max(0, fitting.length - this.service.count));
    await Promise.all(this.tasks.filter((t) => !keep.includes(t)).map((t) => this.retire(t)));
  }

  /**
   * Replaces the oldest task as a rolling deployment does: the new one is registered and checked
   * first; the old one gets no new requests, finishes those it has, and then SIGQUIT.
   */
  async replaceTask(): Promise<void> {
    const { checked } = await this.startTask();
    await checked;
    const [oldest] = this.tasks;
    if (oldest) await this.retire(oldest);
  }

  /** Ends every task as `shrink` does: the service is gone. */
  async end(): Promise<void> {
    await Promise.all([...this.tasks].map((t) => this.retire(t)));
  }

  /** Ends every task at once. */
  async close(): Promise<void> {
    const all = [...this.leaving, ...this.tasks.splice(0)];
    await Promise.all(all.map(({ task }) => task.kill()));
  }

  /** Deregisters a task, lets its requests finish, and then SIGQUIT. */
  private async retire(old: Registered): Promise<void> {
    this.tasks.splice(this.tasks.indexOf(old), 1);
    this.leaving.add(old);
    await Promise.all(old.targets.map(({ pool, target }) => pool.deregister(target)));
    await old.task.quit();
    this.leaving.delete(old);
  }

  /** True for a task that is as a new one would be. */
  private fits({ plan, targets }: Registered): boolean {
    const pools = this.pools().map(({ group }) => group.pool);
    return (
      isDeepStrictEqual(whatRuns(plan), whatRuns(this.wanted.plan)) &&
      targets.length === pools.length &&
      targets.every((t) => pools.includes(t.pool))
    );
  }

  /** The target groups of the service that are in use. */
  private pools(): { group: GroupInUse; port: number }[] {
    return this.service.targets.flatMap(({ targetGroupArn, containerPort: port }) => {
      const group = this.wanted.groups.get(targetGroupArn);
      return group ? [{ group, port }] : [];
    });
  }

  private async startTasks(count: number) {
    const starting = Array.from({ length: count }, () => this.startTask());
    const results = await Promise.allSettled(starting);
    const failed = results.find((r): r is PromiseRejectedResult => r.status === "rejected");
    if (failed) throw failed.reason;
    return results.flatMap((r) => (r.status === "fulfilled" ? r.value : []));
  }

  /** Resolves when the task runs; `checked` when its first health checks are done. */
  private async startTask(): Promise<{ task: Registered; checked: Promise<unknown> }> {
    const { parties, nginx, stateDir, notAdmitted, onEvent } = this.options;
    const { plan } = this.wanted;
    const { service } = plan;
    this.started += 1;
    const name = `${service.name}-${this.started}`;
    const task = await RunningTask.start(plan, {
      name,
      nginx,
      notAdmitted,
      stateDir: path.join(stateDir, name),
      admits: (address, port) => {
        const decision = parties.toTask(address, service, port);
        if (!decision.admitted) {
          const caller = parties.party(address).what;
          onEvent({ kind: "refused", at: `task ${name}`, port, caller, why: decision.missing });
        }
        return decision.admitted;
      },
      onEvent,
    });
    parties.addTask(task.address, service);
    const targets = this.pools().map(({ group: { pool, loadBalancer, nodeAddress }, port }) => {
      const current = (): LoadBalancer => parties.loadBalancer(loadBalancer.arn) ?? loadBalancer;
      const refused = (): string | undefined => {
        const decision = parties.fromLoadBalancer(current(), service, port);
        return decision.admitted ? undefined : decision.missing;
      };
      const target = new Target({
        group: pool.group,
        address: { shown: task.address, dial: task.dial, port, refused },
        localAddress: nodeAddress,
        idleSeconds: () => current().idleSeconds,
        onEvent,
      });
      return { pool, target };
    });
    const registered = { plan, task, targets };
    this.tasks.push(registered);
    const checked = Promise.all(targets.map(({ pool, target }) => pool.register(target)));
    return { task: registered, checked };
  }
}

/** What of a plan a running task depends on: all but how many there are. */
function whatRuns({ service, servers, apps }: TaskPlan): unknown {
  const { containers, targets, securityGroupIds } = service;
  return { containers, targets, securityGroupIds, servers, apps };
}
