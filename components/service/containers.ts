/** The containers of a task: environment and permissions. Plain values to plain values. */
import { defaults, keepAliveMarginSeconds } from "../../path/defaults";
import type { AppArgs } from "./appArgs";
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
    vpcCidr: string;
    healthCheckPath: string;
  },
): Record<string, string> {
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

/** A container, its values known. */
interface ContainerArgs {
  name: string;
  image: string;
  /** `uid[:gid]`; never root. */
  user: string;
  environment: readonly { readonly name: string; readonly value: string }[];
  /** Variables whose values ECS reads from a store. @default none */
  secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  /** Only for the container that the load balancer calls. */
  port?: number;
  /** MiB of /tmp, the only writable folder; in the task's memory. */
  tmpMiB: number;
  stopTimeoutSeconds: number;
  /** The container that is up before this one starts; with `healthy` it also passes its check. */
  dependsOn?: { readonly containerName: string; readonly healthy: boolean };
  command?: readonly string[];
  entryPoint?: readonly string[];
  workingDirectory?: string;
  /** @default true */
  readOnlyRoot?: boolean;
  healthCheck?: object;
  logGroup: string;
  region: string;
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
    healthCheck: containerHealthCheck(app.healthCheck ?? {}),
  });
}

/** A container, with the permissions that every one has. */
export function containerDefinition(container: ContainerArgs): object {
  return {
    name: container.name,
    image: container.image,
    essential: true,
    user: container.user,
    readonlyRootFilesystem: container.readOnlyRoot ?? true,
    ...pickDefined(container, ["command", "entryPoint", "workingDirectory", "healthCheck"]),
    mountPoints: [],
    volumesFrom: [],
    linuxParameters: {
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
    ...(container.secrets !== undefined &&
      container.secrets.length > 0 && { secrets: sorted(container.secrets) }),
    ...(container.dependsOn !== undefined && {
      dependsOn: [
        {
          containerName: container.dependsOn.containerName,
          condition: container.dependsOn.healthy ? "HEALTHY" : "START",
        },
      ],
    }),
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
