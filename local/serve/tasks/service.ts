/** An ECS service on this machine: its tasks, registered in its target groups. */
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { ServeError } from "../serveError";
import type { Service } from "../../../topology/types";
import type { TaskPlan } from "./plan";
import {
  type UsedTargetGroup,
  type ServiceTargetGroup,
  type RegisteredTask,
  type RegisteredTaskOptions,
  startRegisteredTask,
} from "./registeredTask";
import type { RunningTask } from "./task";

/** What a service should run. */
export interface DesiredService {
  readonly plan: TaskPlan;
  /** By target group ARN. */
  readonly groups: ReadonlyMap<string, UsedTargetGroup>;
}

/** Milliseconds that a start waits for the first health checks. */
const firstCheckMs = 10_000;

/**
 * Seconds until a lost task is replaced: none for one that was healthy, and increasing if tasks end
 * before they are healthy, like the service's throttle.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
const restartSeconds = (losses: number): number => Math.min(60, 2 ** losses - 1);

/** One running ECS service. */
export class RunningService {
  private readonly tasks: RegisteredTask[] = [];
  /** Tasks that are draining. */
  private readonly stopping = new Set<RegisteredTask>();
  private started = 0;
  /** Number of consecutive tasks that ended before they were healthy. */
  private losses = 0;
  /** Resolves when no change is in progress. */
  private changing: Promise<void> = Promise.resolve();
  private changed = (): void => undefined;
  private filling?: Promise<void>;
  private readonly over = new AbortController();
  /** The state before `grow`, for `abandon`. */
  private before: { readonly desired: DesiredService; readonly tasks: readonly RegisteredTask[] };

  constructor(
    private readonly options: RegisteredTaskOptions,
    private wanted: DesiredService,
  ) {
    this.before = { desired: wanted, tasks: [] };
  }

  get service(): Service {
    return this.wanted.plan.service;
  }

  /** The running tasks, oldest first. */
  get running(): readonly RunningTask[] {
    return this.tasks.map((t) => t.task);
  }

  /**
   * Starts the desired number of tasks, and waits for their first health checks, but not long:
   * users want to look at a task that does not answer.
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
   * Starts the desired tasks in addition to the running ones, like a rolling deployment. Tasks with
   * the same definition, target groups and security groups stay; `shrink` ends the rest.
   *
   * @throws {ServeError} if new tasks do not become healthy; `abandon` then ends them
   */
  async grow(wanted: DesiredService): Promise<void> {
    this.before = { desired: this.wanted, tasks: [...this.tasks] };
    this.wanted = wanted;
    this.changing = new Promise((resolve) => (this.changed = resolve));
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

  /** Reverts `grow`. */
  async abandon(): Promise<void> {
    const { desired: wanted, tasks } = this.before;
    this.wanted = wanted;
    await Promise.all(this.tasks.filter((t) => !tasks.includes(t)).map((t) => this.retire(t)));
    this.changed();
  }

  /** Ends tasks that are no longer desired, the oldest first if there are too many. */
  async shrink(): Promise<void> {
    const fitting = this.tasks.filter((t) => this.fits(t));
    const keep = fitting.slice(Math.max(0, fitting.length - this.service.count));
    await Promise.all(this.tasks.filter((t) => !keep.includes(t)).map((t) => this.retire(t)));
    this.changed();
  }

  /**
   * Replaces the oldest task like a rolling deployment: the new one is registered and checked
   * first; the old one gets no new requests, finishes its outstanding ones, and then gets SIGQUIT.
   */
  async replaceTask(): Promise<void> {
    const { checked } = await this.startTask();
    await checked;
    const [oldest] = this.tasks;
    if (oldest) await this.retire(oldest);
  }

  /** Ends every task like `shrink`, because the service is deleted. */
  async end(): Promise<void> {
    this.over.abort();
    await Promise.all([...this.tasks].map((t) => this.retire(t)));
  }

  /** Ends every task at once. */
  async close(): Promise<void> {
    this.over.abort();
    // A task that is just starting can only be ended once it has started.
    await this.filling;
    const all = [...this.stopping, ...this.tasks.splice(0)];
    await Promise.all(all.map(({ task }) => task.kill()));
  }

  /** Deregisters a task, lets its requests finish, and sends SIGQUIT. */
  private async retire(old: RegisteredTask): Promise<void> {
    this.tasks.splice(this.tasks.indexOf(old), 1);
    this.stopping.add(old);
    await Promise.all(old.targets.map(({ pool, target }) => pool.deregister(target)));
    await old.task.quit();
    this.stopping.delete(old);
  }

  /** True for a task that is the same as a new one would be. */
  private fits({ plan, targets }: RegisteredTask): boolean {
    const pools = this.pools().map(({ group }) => group.pool);
    return (
      isDeepStrictEqual(whatRuns(plan), whatRuns(this.wanted.plan)) &&
      targets.length === pools.length &&
      targets.every((t) => pools.includes(t.pool))
    );
  }

  /** The target groups of the service that are in use. */
  private pools(): ServiceTargetGroup[] {
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
  private async startTask(): Promise<{ task: RegisteredTask; checked: Promise<unknown> }> {
    this.started += 1;
    const name = `${this.service.name}-${this.started}`;
    const { plan } = this.wanted;
    const task = await startRegisteredTask(name, plan, this.pools(), this.options);
    this.tasks.push(task);
    void task.task.failed().then(() => this.lost(task));
    const checked = Promise.all(task.targets.map(({ pool, target }) => pool.register(target)));
    return { task, checked };
  }

  /** A task ended unexpectedly: it is removed and replaced. */
  private async lost(old: RegisteredTask): Promise<void> {
    const index = this.tasks.indexOf(old);
    if (index < 0) return;
    this.tasks.splice(index, 1);
    this.stopping.add(old);
    const healthy = old.targets.every(({ target }) => target.state === "healthy");
    this.losses = healthy ? 0 : this.losses + 1;
    this.trouble(`task ${old.task.name}`, "it ended unexpectedly");
    for (const { pool, target } of old.targets) void pool.deregister(target);
    await old.task.kill();
    this.stopping.delete(old);
    await this.changing;
    this.filling ??= this.fill().finally(() => (this.filling = undefined));
  }

  /** Starts tasks until the desired number runs. */
  private async fill(): Promise<void> {
    const { signal } = this.over;
    while (!signal.aborted && this.tasks.length < this.service.count) {
      try {
        const milliseconds = restartSeconds(this.losses) * 1000;
        await setTimeout(milliseconds, undefined, { signal, ref: false });
        await this.startTask();
      } catch (error) {
        if ((error as Error).name === "AbortError") return;
        this.losses += 1;
        this.trouble(`service ${this.service.name}`, (error as Error).message);
      }
    }
  }

  private trouble(at: string, what: string): void {
    const seconds = restartSeconds(this.losses);
    const when = seconds === 0 ? "" : ` in ${seconds} s`;
    const message = `${what}; the service starts another task${when}, as ECS does`;
    this.options.onEvent({ kind: "trouble", at, message });
  }
}

/** The part of a plan that a running task depends on: everything except the number of tasks. */
function whatRuns({ service, servers, apps }: TaskPlan): unknown {
  const { containers, targets, securityGroupIds } = service;
  return { containers, targets, securityGroupIds, servers, apps };
}
