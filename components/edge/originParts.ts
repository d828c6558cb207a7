import type * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import type { MinimumTls } from "../../path/tlsPolicies";
import type { PathArgs } from "../variants/pathArgs";
import type { PathPlan } from "../variants/pathPlan";
import { PathLoadBalancer, type AcceptedHeader } from "../service/pathLoadBalancer";
import { PathSecurityGroups } from "../security/pathSecurityGroups";
import { taskEgress, vpcCidr } from "../network/placement";
import { WebService } from "../service/webService";

/** The part that all variants share: security groups, load balancer and tasks. */
export interface OriginParts {
  readonly securityGroups: PathSecurityGroups;
  readonly loadBalancer: PathLoadBalancer;
  readonly service: WebService;
}

/**
 * Creates that part as children of the variant's component. The children's names do not depend on
 * the variant, so a stack keeps them when its variant changes.
 */
export function createOriginParts(
  component: pulumi.ComponentResource,
  name: string,
  { variant, spec, grpcSpec }: PathPlan,
  args: PathArgs,
  entry: {
    certificateArn?: pulumi.Input<string>;
    secretHeader?: AcceptedHeader;
    minimumTls?: MinimumTls;
  },
): OriginParts {
  const { placement, tags } = args;
  const parent = { parent: component };
  const drainSeconds = args.origin?.timeouts?.drain ?? defaults.origin.timeouts.drain;
  const securityGroups = new PathSecurityGroups(
    name,
    { spec, vpcId: placement.vpcId, taskEgress: taskEgress(placement, args.service.egress), tags },
    parent,
  );
  const loadBalancer = new PathLoadBalancer(
    name,
    {
      spec,
      ...entry,
      vpcId: placement.vpcId,
      subnetIds: placement.loadBalancerSubnetIds,
      ipAddressType: placement.ipAddressType,
      securityGroupId: securityGroups.loadBalancer.id,
      // A group of HTTP/2 takes gRPC as well.
      grpcSpec: grpcSpec?.target.protocolVersion === "GRPC" ? grpcSpec : undefined,
      healthCheckPath: args.service.healthCheckPath,
      appHealthCheck: args.service.app && (args.service.app.healthCheck ?? {}),
      grpcHealthCheckPath: args.grpc?.healthCheckPath,
      drainSeconds,
      logs: args.logs,
      deletionProtection: args.deletionProtection,
      tags,
    },
    parent,
  );
  const service = new WebService(
    name,
    {
      ...args.service,
      spec,
      subnetIds: placement.taskSubnetIds,
      securityGroupId: securityGroups.tasks.id,
      targetGroupArn: loadBalancer.attachedTargetGroupArn,
      grpcTargetGroupArn: loadBalancer.attachedGrpcTargetGroupArn,
      grpcHealthCheckPath: args.grpc?.healthCheckPath,
      variant,
      assignPublicIp: placement.assignPublicIp ?? false,
      vpcCidr: vpcCidr(placement, component),
      runtimeMonitoring: args.runtimeMonitoring,
      drainSeconds,
      tags,
    },
    // Tasks that start before their rules reach neither the registry nor the log service, and the
    // deployment may be rolled back.
    { ...parent, dependsOn: [...securityGroups.ingressRules, ...securityGroups.egressRules] },
  );
  return { securityGroups, loadBalancer, service };
}
