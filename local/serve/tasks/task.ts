/** A running task: its servers behind the gate of its security group. */
import path from "node:path";
import { type NginxChoice, type RunningOrigin, startEmbeddedOrigin, startNginx } from "../../nginx";
import type { ServeEvent } from "../events";
import { Gate } from "./gate";
import type { ServerPlan, TaskPlan } from "./plan";
import { type StandIn, startStandIn } from "./standIn";

export interface TaskOptions {
  /** For people: `web-1`. */
  readonly name: string;
  readonly nginx: NginxChoice;
  /** A folder of this task alone. */
  readonly stateDir: string;
  readonly admits: (address: string, port: number) => boolean;
  readonly onEvent: (event: ServeEvent) => void;
}

/** See the file's comment. */
export class RunningTask {
  private readonly origins: RunningOrigin[] = [];
  private readonly apps: StandIn[] = [];

  private constructor(
    readonly name: string,
    readonly plan: TaskPlan,
    private readonly gate: Gate,
  ) {}

  /** Address that others see and call. */
  get address(): string {
    return this.gate.outer;
  }

  /** Address that the load balancer connects to, having asked the security groups itself. */
  get dial(): string {
    return this.gate.inner;
  }

  /** Process ids of its nginx masters; none with embedded origins. */
  get pids(): number[] {
    return this.origins.flatMap((o) => o.pid ?? []);
  }

  /** Starts it. @throws with nothing left running */
  static async start(plan: TaskPlan, options: TaskOptions): Promise<RunningTask> {
    const ports = [...new Set(plan.servers.map((s) => s.port))];
    const gate = await Gate.open(ports, options.admits);
    const task = new RunningTask(options.name, plan, gate);
    try {
      for (const app of plan.apps) {
        task.apps.push(await startStandIn(app.name, gate.inner, app.port));
      }
      for (const server of plan.servers)
        task.origins.push(await startServer(server, gate, options));
      return task;
    } catch (error) {
      await task.kill();
      throw error;
    }
  }

  /** SIGQUIT: stops as ECS stops a task of an nginx image, letting requests finish. */
  async quit(): Promise<void> {
    await Promise.all(this.origins.map((o) => o.quit()));
    await this.closeRest();
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    await Promise.all(this.origins.map((o) => o.kill()));
    await this.closeRest();
  }

  private async closeRest(): Promise<void> {
    await Promise.all([this.gate.close(), ...this.apps.map((a) => a.close())]);
  }
}

function startServer(server: ServerPlan, gate: Gate, options: TaskOptions): Promise<RunningOrigin> {
  const app = server.environment.HOPWISE_APP ?? "";
  const environment = {
    // On Fargate its id, from the metadata endpoint.
    HOPWISE_TASK: options.name,
    ...server.environment,
    // Tasks share this machine's loopback, so that each one's app is at its own address.
    ...(app !== "" && { HOPWISE_APP: app.replace(/^.*(:\d+)$/, `${gate.inner}$1`) }),
  };
  const onLog = (line: string): void => {
    options.onEvent({ kind: "log", task: options.name, line });
  };
  if (options.nginx === "embedded" || server.templatesDir === undefined) {
    return startEmbeddedOrigin({ environment, address: gate.inner, onLog });
  }
  return startNginx({
    nginx: options.nginx,
    templatesDir: server.templatesDir,
    environment,
    address: gate.inner,
    stateDir: path.join(options.stateDir, server.container.name),
    onLog,
  });
}
