/** An ECS service here: its tasks, registered with the target groups of its load balancers. */
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { NginxChoice } from "../../nginx";
import type { ServeEvent } from "../events";
import { Target, type TargetPool } from "../loadBalancer/targets";
import type { Parties } from "../parties";
import type { LoadBalancer, Service } from "../topology/types";
import type { TaskPlan } from "./plan";
import { RunningTask } from "./task";

/** A target group in use: its pool, and the load balancer whose connections its targets get. */
export interface GroupInUse {
  readonly pool: TargetPool;
  readonly loadBalancer: LoadBalancer;
  readonly nodeAddress: string;
}

export interface RunningServiceOptions {
  readonly plan: TaskPlan;
  /** By target group ARN. */
  readonly groups: ReadonlyMap<string, GroupInUse>;
  readonly parties: Parties;
  readonly nginx: NginxChoice;
  readonly stateDir: string;
  readonly onEvent: (event: ServeEvent) => void;
}

/** Milliseconds that a start waits for first health checks. */
const firstCheckMs = 2000;

interface Registered {
  readonly task: RunningTask;
  readonly targets: readonly { readonly pool: TargetPool; readonly target: Target }[];
}

/** See the file's comment. */
export class RunningService {
  private readonly tasks: Registered[] = [];
  private started = 0;

  constructor(private readonly options: RunningServiceOptions) {}

  get service(): Service {
    return this.options.plan.service;
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
    const starting = Array.from({ length: this.service.count }, () => this.startTask());
    const results = await Promise.allSettled(starting);
    const failed = results.find((r): r is PromiseRejectedResult => r.status === "rejected");
    if (failed) throw failed.reason;
    const checks = results.flatMap((r) => (r.status === "fulfilled" ? r.value.checked : []));
    const late = new AbortController();
    await Promise.race([
      Promise.all(checks),
      setTimeout(firstCheckMs, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
  }

  /**
   * Replaces the oldest task as a rolling deployment does: the new one is registered and checked
   * first; the old one gets no new requests, finishes those it has, and then SIGQUIT.
   */
  async replaceTask(): Promise<void> {
    const { checked } = await this.startTask();
    await checked;
    const old = this.tasks.shift();
    if (!old) return;
    await Promise.all(old.targets.map(({ pool, target }) => pool.deregister(target)));
    await old.task.quit();
  }

  /** Ends every task at once. */
  async close(): Promise<void> {
    await Promise.all(this.tasks.splice(0).map(({ task }) => task.kill()));
  }

  /** Resolves when the task runs; `checked` when its first health checks are done. */
  private async startTask(): Promise<{ checked: Promise<unknown> }> {
    const { plan, groups, parties, nginx, stateDir, onEvent } = this.options;
    const { service } = plan;
    this.started += 1;
    const name = `${service.name}-${this.started}`;
    const task = await RunningTask.start(plan, {
      name,
      nginx,
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
    const targets = service.targets.flatMap(({ targetGroupArn, containerPort }) => {
      const group = groups.get(targetGroupArn);
      if (!group) return [];
      const { pool, loadBalancer, nodeAddress } = group;
      const decision = parties.fromLoadBalancer(loadBalancer, service, containerPort);
      const address = {
        shown: task.address,
        dial: task.dial,
        port: containerPort,
        ...(!decision.admitted && { refused: decision.missing }),
      };
      const target = new Target(
        pool.group,
        address,
        nodeAddress,
        loadBalancer.idleSeconds,
        onEvent,
      );
      return [{ pool, target }];
    });
    this.tasks.push({ task, targets });
    return { checked: Promise.all(targets.map(({ pool, target }) => pool.register(target))) };
  }
}
