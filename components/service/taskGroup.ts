import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import type { TargetSpec } from "../../path/types";
import { withName } from "../shared/tags";

/** What the target groups of one load balancer have in common. */
export interface TaskGroupArgs {
  vpcId: pulumi.Input<string>;
  /** Path of the tasks' health check. @default "/healthz" */
  healthCheckPath?: string;
  /** Method of the health check of a group for gRPC. @default "/grpc.health.v1.Health/Check" */
  grpcHealthCheckPath?: string;
  /** Seconds a stopping task may finish its requests. */
  drainSeconds: number;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** A target group of the tasks. */
export function taskGroup(
  name: string,
  target: TargetSpec,
  args: TaskGroupArgs,
  opts: pulumi.ComponentResourceOptions,
): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(
    name,
    {
      vpcId: args.vpcId,
      // Each Fargate task has its own address; there is no instance to register.
      targetType: "ip",
      port: target.port,
      protocol: target.protocol,
      protocolVersion: target.protocolVersion,
      deregistrationDelay: args.drainSeconds,
      // Checks speak the group's own protocol version; every field is set because AWS's pages
      // disagree on the defaults.
      healthCheck: {
        enabled: true,
        protocol: target.protocol,
        port: "traffic-port",
        ...(target.protocolVersion === "GRPC"
          ? grpcHealthCheck(args.grpcHealthCheckPath)
          : { path: args.healthCheckPath ?? defaults.service.healthCheckPath, matcher: "200" }),
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
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
