import type * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { hasSecondGroup } from "../../path/deployments";
import type { PathSpec, Source } from "../../path/types";
import type { MinimumTls } from "../../path/tlsPolicies";
import type { PathArgs } from "../variants/pathArgs";
import { providerPorts } from "../variants/signInPlan";
import type { PathPlan } from "../variants/pathPlan";
import { PathLoadBalancer, type AcceptedHeader } from "../service/pathLoadBalancer";
import type { TrustedCertificatesArgs } from "../security/clientCertificates";
import { PathSecurityGroups, type PathSecurityGroupsArgs } from "../security/pathSecurityGroups";
import { serviceEgress, vpcCidr } from "../network/placement";
import type { NginxArgs } from "../service/nginxArgs";
import { usesSpot } from "../service/spot";
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
    clientCertificates?: TrustedCertificatesArgs;
  },
): OriginParts {
  const { placement, tags } = args;
  const parent = { parent: component };
  const drainSeconds = args.origin?.timeouts?.drain ?? defaults.origin.timeouts.drain;
  const { listener, target } = spec;
  const securityGroups = new PathSecurityGroups(
    name,
    {
      vpcId: placement.vpcId,
      ...clientsOf(listener.admits),
      listenerProtocol: listener.protocol,
      listenerPort: listener.port,
      redirectHttp: listener.redirectsHttp,
      test: listener.test && {
        port: listener.test.port,
        cidrs: cidrsOf(listener.test.admits),
      },
      taskPort: target.port,
      identityProviderPorts: args.signIn && providerPorts(args.signIn),
      taskEgress: serviceEgress(placement, args.service, component),
      tags,
    },
    parent,
  );
  // A group of HTTP/2 takes gRPC as well.
  const grpcTarget = grpcSpec?.target.protocolVersion === "GRPC" ? grpcSpec.target : undefined;
  const loadBalancer = new PathLoadBalancer(
    name,
    {
      ...entry,
      vpcId: placement.vpcId,
      subnetIds: placement.loadBalancerSubnetIds,
      ipAddressType: placement.ipAddressType,
      securityGroupId: securityGroups.loadBalancer.id,
      internal: listener.scheme === "internal",
      port: listener.port,
      redirectHttp: listener.redirectsHttp,
      idleTimeout: listener.idleSeconds,
      secondGroup: hasSecondGroup(args.service.deployment),
      testPort: listener.test?.port,
      target,
      grpcTarget,
      signIn: args.signIn,
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
  const grpcHealthCheckPath =
    grpcTarget && (args.grpc?.healthCheckPath ?? defaults.grpc.healthCheckPath);
  const service = new WebService(
    name,
    {
      ...args.service,
      subnetIds: placement.taskSubnetIds,
      securityGroupId: securityGroups.tasks.id,
      targetGroupArn: loadBalancer.attachedTargetGroupArn,
      grpcTargetGroupArn: loadBalancer.attachedGrpcTargetGroupArn,
      traffic: loadBalancer.traffic,
      listenerArn: loadBalancer.listener.arn,
      sharesSpot: usesSpot(args.services),
      nginx: nginxOf(spec, variant, grpcHealthCheckPath),
      assignPublicIp: placement.assignPublicIp,
      vpcCidr: vpcCidr(placement, component),
      runtimeMonitoring: args.runtimeMonitoring,
      drainSeconds,
      deletionProtection: args.deletionProtection,
      tags,
    },
    // Tasks that start before their rules reach neither the registry nor the log service, and the
    // deployment may be rolled back.
    { ...parent, dependsOn: [...securityGroups.ingressRules, ...securityGroups.egressRules] },
  );
  return { securityGroups, loadBalancer, service };
}

/** How nginx takes the requests of a path. */
export function nginxOf(
  { container, edge, grpc }: PathSpec,
  variant: string,
  grpcHealthCheckPath?: string,
): NginxArgs {
  return {
    http2: container.accepts.includes("HTTP/2"),
    tls: container.tls,
    keepAliveSeconds: container.keepAliveSeconds,
    trustedHops: edge === undefined ? 1 : 2,
    originHttp2: edge?.originHttpVersion === "http2",
    grpc: grpc && { ...grpc, healthCheckPath: grpcHealthCheckPath },
    variant,
  };
}

/** Who calls the listener: CloudFront, or address ranges. */
function clientsOf(
  admits: readonly Source[],
): Pick<PathSecurityGroupsArgs, "clients" | "ipAddressType"> {
  const lists = admits.filter((source) => source.kind === "cloudfront");
  if (lists.length === 0) {
    return { clients: cidrsOf(admits) };
  }
  const ipv6 = lists.some(({ ipVersion }) => ipVersion === 6);
  return { clients: "cloudfront", ipAddressType: ipv6 ? "dualstack" : "ipv4" };
}

const cidrsOf = (admits: readonly Source[]): string[] =>
  admits.flatMap((source) => (source.kind === "cidr" ? [source.cidr] : []));
