import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import type { TargetProtocolVersion } from "../../path/types";
import { targetHealthCheck, type AppHealthCheckArgs } from "./healthChecks";
import { withName } from "../shared/tags";

/** How the load balancer calls the tasks. */
export interface TargetArgs {
  /** Port on which the tasks take requests and health checks. @default 8080 */
  port?: number;
  /** @default "HTTP" */
  protocol?: "HTTP" | "HTTPS";
  /**
   * What the tasks are spoken to in: requests in another version get 464.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
   * @default "HTTP1"
   */
  protocolVersion?: TargetProtocolVersion;
}

/** What the target groups of one load balancer have in common. */
export interface TaskGroupArgs {
  /** Id of the VPC in which the tasks run. */
  vpcId: pulumi.Input<string>;
  /** Path of the tasks' health check, which nginx answers. Not with an app. @default "/healthz" */
  healthCheckPath?: string;
  /** How the app behind nginx is checked; `{}` for all defaults. @default no app: nginx is checked */
  appHealthCheck?: AppHealthCheckArgs;
  /** Method of the health check of a group for gRPC. @default "/grpc.health.v1.Health/Check" */
  grpcHealthCheckPath?: string;
  /** Seconds a stopping task may finish its requests. @default 30 */
  drainSeconds?: number;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** A target group of the tasks. */
export function taskGroup(
  name: string,
  target: TargetArgs,
  args: TaskGroupArgs,
  opts: pulumi.ComponentResourceOptions,
): aws.lb.TargetGroup {
  const { port = defaults.service.port, protocol = "HTTP", protocolVersion = "HTTP1" } = target;
  return new aws.lb.TargetGroup(
    name,
    {
      vpcId: args.vpcId,
      // Each Fargate task has its own address; there is no instance to register.
      targetType: "ip",
      port,
      protocol,
      protocolVersion,
      deregistrationDelay: args.drainSeconds ?? defaults.origin.timeouts.drain,
      // Checks speak the group's own protocol version.
      healthCheck: {
        enabled: true,
        protocol,
        port: "traffic-port",
        ...targetHealthCheck(args.healthCheckPath, args.appHealthCheck),
        ...(protocolVersion === "GRPC" && grpcHealthCheck(args.grpcHealthCheckPath)),
      },
      tags: withName(name, args.tags),
    },
    opts,
  );
}

/**
 * AWS's own method of a gRPC health check. An app answers it with 12 (UNIMPLEMENTED).
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
const awsHealthCheckPath = "/AWS.ALB/healthcheck";

function grpcHealthCheck(path: string = defaults.grpc.healthCheckPath) {
  return { path, matcher: path === awsHealthCheckPath ? "0-99" : "0" };
}
