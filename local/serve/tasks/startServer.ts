/** Starts the process that replaces a container. */
import path from "node:path";
import { type RunningOrigin, startEmbeddedOrigin, startNginx } from "../../nginx";
import { startCommand } from "./command";
import type { Gate } from "./gate";
import { ConfigurationRejected, startOwnNginx } from "./ownNginx";
import type { AppPlan, ServerPlan, TaskPlan } from "./plan";
import { startRelay } from "./relay";
import { startPlaceholderApp } from "./placeholderApp";
import type { TaskOptions } from "./task";

/** Default seconds between SIGTERM and SIGKILL, as in ECS. */
const stopSeconds = 30;

/** Starts a container that gets requests from a load balancer. */
export async function startServer(
  plan: TaskPlan,
  server: ServerPlan,
  gate: Gate,
  options: TaskOptions,
): Promise<RunningOrigin> {
  const { runs, container, port, environment } = server;
  const { nginx } = options;
  const stateDir = path.join(options.stateDir, container.name);
  const onLog = logger(options);
  const address = gate.inner;
  // On Fargate it is the task's id, which the image's own script reads.
  const named = (given: ServerPlan["environment"]): ServerPlan["environment"] => ({
    HOPWISE_TASK: options.name,
    ...withApp(given, address),
  });
  const placeholder = (given = environment): Promise<RunningOrigin> =>
    startEmbeddedOrigin({ environment: named(given), address, onLog });
  switch (runs.kind) {
    case "command":
    case "upstream":
      return startGiven(plan, server, gate, options);
    case "templates": {
      if (nginx === "embedded") return placeholder();
      const given = named(environment);
      return startNginx({
        nginx,
        templatesDir: runs.folder,
        environment: given,
        address,
        stateDir,
        onLog,
      });
    }
    case "nginx": {
      if (nginx === "embedded") return placeholder(server.assumed);
      try {
        return await startOwnNginx({
          nginx,
          image: runs.image,
          environment,
          address,
          port,
          stateDir,
          onLog,
        });
      } catch (error) {
        if (!(error instanceof ConfigurationRejected)) throw error;
        options.onEvent({
          kind: "trouble",
          at: `task ${options.name}`,
          message: `a small server replaces nginx, which does not accept the image's configuration on this machine: ${error.message}`,
        });
        return placeholder(server.assumed);
      }
    }
    case "placeholder":
      return placeholder();
  }
}

/** Starts a container behind another one of its task, or one that just runs. */
export async function startApp(
  plan: TaskPlan,
  app: AppPlan,
  gate: Gate,
  options: TaskOptions,
): Promise<RunningOrigin> {
  const { container, port, runs } = app;
  if (runs.kind === "command" || runs.kind === "upstream")
    return startGiven(plan, app, gate, options);
  if (app.grpc)
    return startEmbeddedOrigin({
      environment: { HOPWISE_PORT: String(port), HOPWISE_HTTP2: "on", HOPWISE_GRPC: "*" },
      address: gate.inner,
    });
  const placeholder = await startPlaceholderApp(container.name, gate.inner, port ?? 0);
  const close = (): Promise<void> => placeholder.close();
  return { address: gate.inner, port: placeholder.port, quit: close, kill: close };
}

/** A server that the options name for a container: a command, or one that already runs. */
async function startGiven(
  plan: TaskPlan,
  { container, port, runs, grpcPort }: (ServerPlan | AppPlan) & Pick<AppPlan, "grpcPort">,
  gate: Gate,
  options: TaskOptions,
): Promise<RunningOrigin> {
  const address = gate.inner;
  if (runs.kind === "command") {
    return startCommand({
      command: runs.command,
      cwd: plan.projectDir,
      address,
      port,
      grpcPort,
      environment: container.environment,
      secrets: container.secrets ?? [],
      secretValues: container.secretValues,
      stopSeconds: container.stopSeconds ?? stopSeconds,
      onLog: logger(options),
      onTrouble: (message) => {
        const at = `task ${options.name}, container ${container.name}`;
        options.onEvent({ kind: "trouble", at, message });
      },
    });
  }
  if (runs.kind !== "upstream") throw new Error(`nothing was given for ${container.name}`);
  const relay = await startRelay(address, port ?? runs.port, [runs]);
  const close = (): Promise<void> => relay.close();
  return { address, port: port ?? runs.port, quit: close, kill: close };
}

const logger =
  ({ name, onEvent }: TaskOptions) =>
  (line: string): void => {
    onEvent({ kind: "log", task: name, line });
  };

/** Tasks share this machine's loopback, so each task's app has its own address. */
function withApp(
  environment: Readonly<Record<string, string>>,
  address: string,
): Readonly<Record<string, string>> {
  const own = Object.entries(environment)
    .filter(([name, value]) => /^HOPWISE_(GRPC_)?APP$/.test(name) && value !== "")
    .map(([name, value]): [string, string] => [name, value.replace(/^.*(:\d+)$/, `${address}$1`)]);
  return { ...environment, ...Object.fromEntries(own) };
}
