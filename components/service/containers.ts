/** The containers of a task: what they are told, what they may do. Plain values to plain values. */
import type { PathSpec } from "../../path/types";

/** Most seconds that Fargate lets a container stop in. */
const maxStopTimeoutSeconds = 120;

/** Seconds between the end of nginx's drain and the kill. */
const stopMarginSeconds = 5;

/** The environment that nginx's templates obey; one variable per decision. */
export function nginxEnvironment(
  spec: PathSpec,
  choices: { drainSeconds: number; vpcCidr: string; healthCheckPath: string },
): Record<string, string> {
  return {
    HOPWISE_PORT: String(spec.container.port),
    HOPWISE_HTTP2: onOff(spec.container.accepts.includes("HTTP/2")),
    HOPWISE_TLS: onOff(spec.container.tls),
    HOPWISE_KEEPALIVE_SECONDS: String(spec.container.keepAliveSeconds),
    HOPWISE_DRAIN_SECONDS: String(choices.drainSeconds),
    HOPWISE_TRUSTED_CIDRS: choices.vpcCidr,
    // CloudFront and the load balancer each append the address they saw.
    HOPWISE_TRUSTED_HOPS: spec.edge === undefined ? "1" : "2",
    HOPWISE_HEALTH_PATH: choices.healthCheckPath,
    // Containers of one awsvpc task share the loopback interface.
    ...(spec.appPort !== undefined && { HOPWISE_APP: `127.0.0.1:${spec.appPort}` }),
  };
}

/** Seconds from SIGQUIT to SIGKILL: longer than nginx's drain, within what Fargate allows. */
export function stopTimeoutSeconds(drainSeconds: number): number {
  return Math.min(drainSeconds + stopMarginSeconds, maxStopTimeoutSeconds);
}

/** What every container of the task may do, and what it may not. */
export function containerDefinition(container: {
  name: string;
  image: string;
  /** `uid[:gid]`; never root. */
  user: string;
  environment: readonly { readonly name: string; readonly value: string }[];
  /** Only the container that the load balancer calls has one. */
  port?: number;
  /** Name of the volume mounted at /tmp, the only place that can be written. */
  volume: string;
  stopTimeoutSeconds: number;
  dependsOn?: string;
  logGroup: string;
  region: string;
}): object {
  return {
    name: container.name,
    image: container.image,
    essential: true,
    user: container.user,
    readonlyRootFilesystem: true,
    mountPoints: [{ sourceVolume: container.volume, containerPath: "/tmp", readOnly: false }],
    volumesFrom: [],
    linuxParameters: { capabilities: { drop: ["ALL"] } },
    portMappings:
      container.port === undefined
        ? []
        : // `hostPort` is what ECS would fill in: unset, every preview would show a change.
          [{ containerPort: container.port, hostPort: container.port, protocol: "tcp" }],
    environment: [...container.environment].sort((a, b) => a.name.localeCompare(b.name)),
    ...(container.dependsOn !== undefined && {
      dependsOn: [{ containerName: container.dependsOn, condition: "START" }],
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

function onOff(value: boolean): "on" | "off" {
  return value ? "on" : "off";
}
