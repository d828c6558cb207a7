/** What is started for a task: which server with which templates and environment. Pure but for a look at the folder. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Container, Service, ServiceTarget, Topology } from "../../../topology/types";

/** A container that takes requests from a load balancer. */
export interface ServerPlan {
  readonly container: Container;
  readonly port: number;
  /** The image's nginx templates; undefined where only the embedded origin can stand in. */
  readonly templatesDir?: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A container that another one of its task sends requests on to. */
export interface AppPlan {
  readonly name: string;
  readonly port: number;
}

/** A task. */
export interface TaskPlan {
  readonly service: Service;
  readonly servers: readonly ServerPlan[];
  readonly apps: readonly AppPlan[];
  readonly notes: readonly string[];
}

/** Addresses of load balancer nodes here, whose X-Forwarded-For nginx has to believe. */
const nodeRange = "127.0.2.0/24";

/** Plans the tasks of a service. `projectDir` is what image contexts are relative to. */
export function planTask(service: Service, topology: Topology, projectDir: string): TaskPlan {
  const notes: string[] = [];
  const names = [...new Set(service.targets.map((t) => t.containerName))];
  const servers = names.flatMap((name) => {
    const container = service.containers.find((c) => c.name === name);
    const target = service.targets.find((t) => t.containerName === name);
    if (!container || !target) return [];
    const templatesDir = templatesOf(container, projectDir);
    if (templatesDir === undefined) {
      notes.push(
        `The image ${container.image} of the container ${name} is not run here: a small server that speaks what its target group asks for stands in.`,
      );
    }
    return [
      {
        container,
        port: target.containerPort,
        templatesDir,
        environment: environmentOf(container, target, topology, templatesDir !== undefined),
      },
    ];
  });
  const apps = servers.flatMap((server) => {
    const port = Number(/:(\d+)$/.exec(server.environment.HOPWISE_APP ?? "")?.[1] ?? 0);
    if (port === 0) return [];
    const app = service.containers.find((c) => c.name !== server.container.name);
    const name = app?.name ?? "app";
    notes.push(
      `The image of the container ${name} is not run here: a small HTTP server stands in.`,
    );
    return [{ name, port }];
  });
  return { service, servers, apps, notes };
}

function templatesOf(container: Container, projectDir: string): string | undefined {
  if (container.context === undefined) return undefined;
  const folder = path.resolve(projectDir, container.context, "templates");
  return existsSync(folder) ? folder : undefined;
}

function environmentOf(
  container: Container,
  target: ServiceTarget,
  topology: Topology,
  own: boolean,
): Record<string, string> {
  const group = topology.targetGroups.get(target.targetGroupArn);
  // Of an image that is not ours nothing is known; its target group says what it should speak.
  const assumed: Record<string, string> =
    own || !group
      ? {}
      : {
          HOPWISE_HTTP2: group.protocolVersion === "HTTP1" ? "off" : "on",
          HOPWISE_TLS: group.protocol === "HTTPS" ? "on" : "off",
          HOPWISE_HEALTH_PATH: group.healthCheck.path,
        };
  const environment = {
    ...assumed,
    HOPWISE_PORT: String(target.containerPort),
    ...container.environment,
  };
  const trusted = (container.environment.HOPWISE_TRUSTED_CIDRS ?? "").split(",");
  return {
    ...environment,
    HOPWISE_TRUSTED_CIDRS: [...trusted, nodeRange].filter((c) => c !== "").join(","),
  };
}
