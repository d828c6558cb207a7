/** The containers of a task: environment and permissions. */
import { defaults, keepAliveMarginSeconds } from "../../path/defaults";
import type { DependencyCondition } from "../../path/containers";
import type * as pulumi from "@pulumi/pulumi";
import type { AppArgs } from "./appArgs";
import type { AppSecret } from "./appSecrets";
import type { NginxArgs, NginxGrpcArgs } from "./nginxArgs";
import { containerHealthCheck } from "./healthChecks";

/** The maximum number of seconds that Fargate gives a container to stop. */
const maxStopTimeoutSeconds = 120;

/** Seconds between the end of nginx's drain and the kill. */
const stopMarginSeconds = 5;

/** The environment variables that nginx's templates read; one per decision. */
export function nginxEnvironment(
  nginx: NginxArgs,
  known: {
    port: number;
    /** Absent: nginx answers by itself. */
    appPort?: number;
    drainSeconds: number;
    vpcCidr: pulumi.Input<string>;
    healthCheckPath: string;
  },
): Record<string, pulumi.Input<string>> {
  const { variant, grpc } = nginx;
  const grpcPort = grpc?.port ?? known.appPort;
  return {
    ...(variant !== undefined && { HOPWISE_VARIANT: variant }),
    HOPWISE_PORT: String(known.port),
    HOPWISE_HTTP2: onOff(nginx.http2 ?? false),
    HOPWISE_TLS: onOff(nginx.tls ?? false),
    HOPWISE_KEEPALIVE_SECONDS: String(nginx.keepAliveSeconds ?? usualKeepAliveSeconds),
    HOPWISE_DRAIN_SECONDS: String(known.drainSeconds),
    HOPWISE_TRUSTED_CIDRS: known.vpcCidr,
    HOPWISE_TRUSTED_HOPS: String(nginx.trustedHops ?? 1),
    ...(nginx.originHttp2 && { HOPWISE_ORIGIN_HTTP2: "on" }),
    ...(known.appPort === undefined
      ? { HOPWISE_HEALTH_PATH: known.healthCheckPath }
      : // Containers of one awsvpc task share the loopback interface.
        { HOPWISE_APP: `127.0.0.1:${known.appPort}` }),
    ...(grpc && {
      HOPWISE_GRPC: calledServices(grpc).join(","),
      ...(grpcPort !== undefined && { HOPWISE_GRPC_APP: `127.0.0.1:${grpcPort}` }),
    }),
  };
}

/** Longer than the load balancer's usual idle timeout. */
const usualKeepAliveSeconds = defaults.origin.timeouts.idle + keepAliveMarginSeconds;

/** The services that nginx passes on as gRPC, with that of the health check; `*` for all. */
function calledServices({ services, healthCheckPath }: NginxGrpcArgs): string[] {
  if (services === undefined) return ["*"];
  const checked = healthCheckPath?.split("/")[1];
  return [...new Set([...services, ...(checked === undefined ? [] : [checked])])];
}

/** Seconds from SIGQUIT to SIGKILL: longer than nginx's drain, within what Fargate allows. */
export function stopTimeoutSeconds(drainSeconds: number): number {
  return Math.min(drainSeconds + stopMarginSeconds, maxStopTimeoutSeconds);
}

/** What all containers of a task have in common. */
export interface SharedContainerArgs {
  /** MiB of /tmp, the only writable folder; in the task's memory. */
  tmpMiB: number;
  stopTimeoutSeconds: number;
  /** True if commands may run in it (ECS Exec), which its root file system decides. */
  exec?: boolean;
  /** Mount points by the container's name. @default none */
  mounts?: Readonly<Record<string, readonly object[]>>;
  logGroup: pulumi.Input<string>;
  region: pulumi.Input<string>;
}

/** A container. What may be known only later is an input. */
interface ContainerArgs extends SharedContainerArgs {
  name: string;
  image: pulumi.Input<string>;
  /** False if the task goes on without it. @default true */
  essential?: boolean;
  /** `uid[:gid]`; never root. */
  user: string;
  environment: readonly { readonly name: string; readonly value: pulumi.Input<string> }[];
  /** Variables whose values ECS reads from a store. @default none */
  secrets?: pulumi.Output<readonly AppSecret[]>;
  /** The port that it listens on, where others call it. */
  port?: number;
  /** What it waits for: conditions by the container's name. */
  dependsOn?: Readonly<Record<string, DependencyCondition>>;
  /** CPU units of the task that are kept for it. */
  cpu?: number;
  /** MiB after which it is killed. */
  memory?: number;
  command?: readonly string[];
  entryPoint?: readonly string[];
  workingDirectory?: string;
  /** @default true */
  readOnlyRoot?: boolean;
  healthCheck?: object;
}

/** The app's container. */
export function appContainer(app: AppArgs, known: Omit<ContainerArgs, "name" | "user">): object {
  return containerDefinition({
    ...known,
    name: "app",
    user: app.user ?? defaults.service.appUser,
    command: app.command,
    entryPoint: app.entryPoint,
    workingDirectory: app.workingDirectory,
    readOnlyRoot: app.readOnlyRoot,
    dependsOn: app.dependsOn,
    healthCheck: containerHealthCheck(app.healthCheck ?? {}),
  });
}

/** A container, with the permissions that every one has. */
export function containerDefinition(container: ContainerArgs): object {
  const dependsOn = Object.entries(container.dependsOn ?? {})
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([containerName, condition]) => ({ containerName, condition }));
  return {
    name: container.name,
    image: container.image,
    essential: container.essential ?? true,
    user: container.user,
    readonlyRootFilesystem: container.readOnlyRoot ?? true,
    ...pickDefined(container, [
      "command",
      "entryPoint",
      "workingDirectory",
      "healthCheck",
      "cpu",
      "memory",
    ]),
    mountPoints: container.mounts?.[container.name] ?? [],
    volumesFrom: [],
    linuxParameters: {
      // Ends the processes that commands leave behind.
      ...(container.exec === true &&
        container.readOnlyRoot === false && { initProcessEnabled: true }),
      capabilities: { drop: ["ALL"] },
      // An empty volume would belong to root, and only root could write to it.
      // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html
      tmpfs: [{ containerPath: "/tmp", size: container.tmpMiB, mountOptions: ["mode=1777"] }],
    },
    portMappings:
      container.port === undefined
        ? []
        : // ECS would fill in `hostPort`. If it were unset, every preview would show a change.
          [{ containerPort: container.port, hostPort: container.port, protocol: "tcp" }],
    environment: sorted(container.environment),
    // Without any the list is left out.
    secrets: container.secrets?.apply((list) => (list.length > 0 ? sorted(list) : undefined)),
    ...(dependsOn.length > 0 && { dependsOn }),
    stopTimeout: container.stopTimeoutSeconds,
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": container.logGroup,
        "awslogs-region": container.region,
        "awslogs-stream-prefix": container.name,
        // A slow log service must not stop the server: lines beyond the buffer are dropped.
        mode: "non-blocking",
        "max-buffer-size": "4m",
      },
    },
  };
}

/** The fields that have a value: ECS takes an absent one for the image's own. */
function pickDefined<Of extends object, Key extends keyof Of>(
  from: Of,
  keys: readonly Key[],
): Partial<Pick<Of, Key>> {
  const entries = keys.map((key) => [key, from[key]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Partial<
    Pick<Of, Key>
  >;
}

/** In the order of their names, so that another order in a program is no change. */
function sorted<One extends { readonly name: string }>(list: readonly One[]): One[] {
  return [...list].sort((a, b) => a.name.localeCompare(b.name));
}

function onOff(value: boolean): "on" | "off" {
  return value ? "on" : "off";
}
