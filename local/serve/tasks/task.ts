/** A running task: its servers behind its security group. */
import type { NginxChoice, RunningOrigin } from "../../nginx";
import type { ServeEvent } from "../events";
import type { NotAdmitted } from "../types";
import { Gate } from "./gate";
import type { AppPlan, TaskPlan } from "./plan";
import { startApp, startServer } from "./startServer";

export interface TaskOptions {
  /** For people: `web-1`. */
  readonly name: string;
  readonly nginx: NginxChoice;
  /** A folder for this task only. */
  readonly stateDir: string;
  readonly admits: (address: string, port: number) => boolean;
  readonly notAdmitted?: NotAdmitted;
  readonly onEvent: (event: ServeEvent) => void;
}

/** The servers of one task. */
export class RunningTask {
  private readonly origins: RunningOrigin[] = [];
  private readonly apps: RunningOrigin[] = [];
  /** Ends of the containers behind the servers with which the task ends. */
  private readonly ends: Promise<unknown>[] = [];
  private ending = false;

  private constructor(
    readonly name: string,
    readonly plan: TaskPlan,
    private readonly gate: Gate,
  ) {}

  /** The task's address for others. */
  get address(): string {
    return this.gate.outer;
  }

  /** Address for the load balancer, which checks the security groups itself. */
  get dial(): string {
    return this.gate.inner;
  }

  /** Process ids of its nginx masters and commands; none with embedded servers. */
  get pids(): number[] {
    return [...this.origins, ...this.apps].flatMap((o) => o.pid ?? []);
  }

  /** Starts it. @throws with nothing running */
  static async start(plan: TaskPlan, options: TaskOptions): Promise<RunningTask> {
    const ports = [...new Set(plan.servers.map((s) => s.port))];
    const within = plan.apps.flatMap(({ port }) => port ?? []);
    const gate = await Gate.open(ports, within, options.admits, options.notAdmitted);
    const task = new RunningTask(options.name, plan, gate);
    try {
      for (const app of plan.apps) await task.startApp(app, options);
      for (const server of plan.servers)
        task.origins.push(await startServer(plan, server, gate, options));
      return task;
    } catch (error) {
      await task.kill();
      throw error;
    }
  }

  private async startApp(app: AppPlan, options: TaskOptions): Promise<void> {
    const running = await startApp(this.plan, app, this.gate, options);
    this.apps.push(running);
    if (app.container.essential !== false && running.ended) this.ends.push(running.ended);
    if (app.awaited === undefined) return;
    const status = await running.ended;
    if (app.awaited === "SUCCESS" && status !== 0)
      throw new Error(
        `the container ${app.container.name} ended with exit code ${String(status)}, and another one waits for its success`,
      );
  }

  /** Resolves when one of its essential containers ends unexpectedly; otherwise never. */
  async failed(): Promise<void> {
    const ends = [...this.origins.flatMap(({ ended }) => ended ?? []), ...this.ends];
    const never = new Promise(() => undefined);
    await Promise.race([never, ...ends]);
    if (this.ending) await never;
  }

  /** Stops like an ECS task, letting requests finish: nginx gets SIGQUIT, a command SIGTERM. */
  async quit(): Promise<void> {
    this.ending = true;
    await Promise.all(this.origins.map((o) => o.quit()));
    await Promise.all([this.gate.close(), ...this.apps.map((a) => a.quit())]);
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.ending = true;
    await Promise.all([...this.origins, ...this.apps].map((o) => o.kill()));
    await this.gate.close();
  }
}
