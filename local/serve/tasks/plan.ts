/** The servers, files and environment of a task. Pure, except that it looks at folders. */
import { existsSync } from "node:fs";
import path from "node:path";
import { isPlaceholder } from "../../model/placeholders";
import { folderDigest } from "../../model/folderDigest";
import { portOf } from "../../../topology/containerSocket";
import type { Container, Service, ServiceTarget, Topology } from "../../../topology/types";
import type { ServeOptions, Upstream } from "../types";
import { secretPlaceholder } from "./command";
import { givenFor } from "./containerNames";
import { type ContextImage, nginxImageOf } from "./nginxImage";

/** What runs in a container's place. */
type Runs =
  /** Real nginx with the templates of an image built from hopwise's `nginx/`. */
  | { readonly kind: "templates"; readonly folder: string; readonly digest: string }
  /** Real nginx with the configuration of the program's own image based on nginx. */
  | { readonly kind: "nginx"; readonly image: ContextImage; readonly digest: string }
  /** A server that already runs. */
  | ({ readonly kind: "upstream" } & Upstream)
  /** A shell command of this machine. */
  | { readonly kind: "command"; readonly command: string }
  /** A small server that speaks the required protocol. */
  | { readonly kind: "placeholder" };

/** A container that gets requests from a load balancer. */
export interface ServerPlan {
  readonly container: Container;
  readonly port: number;
  readonly runs: Runs;
  readonly environment: Readonly<Record<string, string>>;
  /** The environment of the small server that may replace it: what the target group needs. */
  readonly assumed: Readonly<Record<string, string>>;
}

/** Another container of the task: one to which a server forwards requests, or that just runs. */
export interface AppPlan {
  readonly container: Container;
  /** Port on which it listens; undefined if it does not. */
  readonly port?: number;
  /** True if nginx passes gRPC to that port. */
  readonly grpc?: true;
  /** Port of a command to which nginx passes gRPC. */
  readonly grpcPort?: number;
  readonly runs: Runs;
  /** Set if another container waits until it has ended; with `SUCCESS`, with 0. */
  readonly awaited?: "COMPLETE" | "SUCCESS";
}

/** A task. */
export interface TaskPlan {
  readonly service: Service;
  readonly servers: readonly ServerPlan[];
  readonly apps: readonly AppPlan[];
  /** Working directory of commands. */
  readonly projectDir: string;
  readonly notes: readonly string[];
}

/** What a plan depends on in addition to the topology. */
export type TaskPlanOptions = Pick<ServeOptions, "projectDir" | "upstreams" | "commands">;

/** Addresses of load balancer nodes here, whose X-Forwarded-For nginx must trust. */
const nodeRange = "127.0.2.0/24";

/** Plans the tasks of a service. Image contexts are relative to the options' `projectDir`. */
export function planTask(service: Service, topology: Topology, options: TaskPlanOptions): TaskPlan {
  const notes: string[] = [];
  const names = [...new Set(service.targets.map((t) => t.containerName))];
  const servers = names.flatMap((name): ServerPlan[] => {
    const container = service.containers.find((c) => c.name === name);
    const target = service.targets.find((t) => t.containerName === name);
    if (!container || !target) return [];
    const runs = runsOf(service, container, target.containerPort, options);
    if (runs.kind === "placeholder") {
      notes.push(
        `The image ${container.image} of the container ${name} is not run here: a small server that speaks the target group's protocol replaces it. To use your own server, pass --run or --upstream.`,
      );
    }
    const assumed = assumedOf(target, topology);
    const environment = environmentOf(container, target, assumed, runs);
    return [{ container, port: target.containerPort, runs, environment, assumed }];
  });
  const apps = inStartOrder(service.containers).flatMap((container): AppPlan[] => {
    if (names.includes(container.name)) return [];
    return appsOf(service, container, servers, options);
  });
  for (const { container, grpc, runs } of apps) {
    if (runs.kind !== "placeholder") continue;
    const server = grpc ? "server for HTTP and gRPC's health check" : "HTTP server";
    notes.push(
      `The image of the container ${container.name} is not run here: a small ${server} replaces it. To use your own server, pass --run or --upstream.`,
    );
  }
  for (const { container, runs } of [...servers, ...apps]) {
    const { name, secrets = [], secretValues = {}, unknown = [] } = container;
    if (unknown.length > 0 && ["templates", "nginx", "command"].includes(runs.kind))
      notes.push(
        `Not known before the deployment, and not set for the container ${name}: ${unknown.join(", ")}.`,
      );
    const values = { ...secretValues };
    for (const secret of secrets) values[secret] ??= secretPlaceholder(secret);
    const unread = secrets.filter((secret) => isPlaceholder(values[secret] ?? ""));
    if (runs.kind !== "command" || unread.length === 0) continue;
    const given = unread.map((secret) => `${secret}=${values[secret] ?? ""}`).join(", ");
    notes.push(`Secrets of the container ${name} are not known here: its command gets ${given}.`);
  }
  return { service, servers, apps, projectDir: options.projectDir, notes };
}

function runsOf(
  service: Service,
  container: Container,
  port: number | undefined,
  { projectDir, upstreams, commands }: TaskPlanOptions,
): Runs {
  const upstream = givenFor(upstreams, service, container.name);
  if (upstream) return { kind: "upstream", ...upstream };
  const command = givenFor(commands, service, container.name);
  if (command !== undefined) return { kind: "command", command };
  if (container.context === undefined) return { kind: "placeholder" };
  const context = path.resolve(projectDir, container.context);
  const folder = path.join(context, "templates");
  const own = path.join(context, "docker-entrypoint.d", "15-hopwise-settings.envsh");
  // Files may change although the task definition does not.
  if (existsSync(folder) && existsSync(own))
    return { kind: "templates", folder, digest: folderDigest(context) };
  const image = nginxImageOf(context);
  // A stock nginx that listens elsewhere than where it is called is not started to no avail.
  const called = image?.stockPort === undefined || image.stockPort === port;
  return image && called
    ? { kind: "nginx", image, digest: folderDigest(context) }
    : { kind: "placeholder" };
}

/** Containers after those that they wait for; ECS refuses circles. */
function inStartOrder(containers: readonly Container[]): readonly Container[] {
  const ordered = new Set<Container>();
  const add = (container: Container, waiting: readonly Container[]): void => {
    if (waiting.includes(container)) return;
    for (const name of Object.keys(container.dependsOn ?? {})) {
      const other = containers.find((one) => one.name === name);
      if (other) add(other, [...waiting, container]);
    }
    ordered.add(container);
  };
  for (const container of containers) add(container, []);
  return [...ordered];
}

/** Whether another container waits until this one has ended. */
function awaitedBy(containers: readonly Container[], name: string): Pick<AppPlan, "awaited"> {
  const conditions = containers.flatMap(({ dependsOn = {} }) => dependsOn[name] ?? []);
  if (conditions.includes("SUCCESS")) return { awaited: "SUCCESS" };
  return conditions.includes("COMPLETE") ? { awaited: "COMPLETE" } : {};
}

/**
 * A container in addition to the servers: one behind nginx, or one with a command. Two ports where
 * nginx passes gRPC to another one.
 */
function appsOf(
  service: Service,
  container: Container,
  servers: readonly ServerPlan[],
  options: TaskPlanOptions,
): AppPlan[] {
  const runs = runsOf(service, container, container.ports[0], options);
  const passedTo = (variable: string): number | undefined =>
    servers.map((s) => portOf(s.environment[variable])).find((port) => port !== undefined);
  const [asked, calls] = [passedTo("HOPWISE_APP"), passedTo("HOPWISE_GRPC_APP")];
  const port = asked ?? calls ?? container.ports[0];
  if (runs.kind === "command")
    return [
      { container, port, grpcPort: calls, runs, ...awaitedBy(service.containers, container.name) },
    ];
  // Other images are only replaced if nginx waits for their responses.
  const wanted =
    runs.kind === "upstream" ||
    (port !== undefined && (asked !== undefined || servers.some((s) => s.runs.kind === "nginx")));
  if (!wanted) return [];
  return [...new Set([port, calls ?? port])].map((one) => {
    const given = givenFor(options.upstreams, service, `${container.name}:${one}`);
    const own: Runs = given ? { kind: "upstream", ...given } : runs;
    return {
      container,
      port: one,
      runs: own.kind === "upstream" ? own : { kind: "placeholder" },
      ...(one !== undefined && one === calls && { grpc: true as const }),
    };
  });
}

/**
 * Nothing is known about images of others; the target group says which protocol they should speak.
 */
function assumedOf(
  { targetGroupArn, containerPort }: ServiceTarget,
  topology: Topology,
): Record<string, string> {
  const group = topology.targetGroups.get(targetGroupArn);
  const port = { HOPWISE_PORT: String(containerPort) };
  if (!group) return port;
  return {
    ...port,
    HOPWISE_HTTP2: group.protocolVersion === "HTTP1" ? "off" : "on",
    HOPWISE_GRPC: group.protocolVersion === "HTTP1" ? "" : "*",
    HOPWISE_TLS: group.protocol === "HTTPS" ? "on" : "off",
    HOPWISE_HEALTH_PATH: group.healthCheck.path,
  };
}

function environmentOf(
  { environment }: Container,
  { containerPort }: ServiceTarget,
  assumed: Readonly<Record<string, string>>,
  runs: Runs,
): Record<string, string> {
  // A server of the program gets only its task definition's environment.
  if (runs.kind !== "templates" && runs.kind !== "placeholder") return { ...environment };
  const trusted = (environment.HOPWISE_TRUSTED_CIDRS ?? "").split(",");
  return {
    ...(runs.kind === "placeholder" ? assumed : { HOPWISE_PORT: String(containerPort) }),
    ...environment,
    HOPWISE_TRUSTED_CIDRS: [...trusted, nodeRange].filter((c) => c !== "").join(","),
  };
}
