/** What other stacks and commands need of this one, as outputs: docs/outputs.md. */
import type * as aws from "@pulumi/aws";
import type { pathComponents, WebService } from "../components";
import type { PlacementArgs } from "../components/network/placement";
import { ViaCloudfront } from "../components/variants/viaCloudfront";

type Path = InstanceType<(typeof pathComponents)[keyof typeof pathComponents]>;

/** The load balancer that further stacks can add services to, its VPC, and what calls it. */
export function originOutputs(path: Path, { vpcId, taskSubnetIds }: PlacementArgs) {
  const { loadBalancer, securityGroups, originSecret } = path;
  return {
    loadBalancerDnsName: loadBalancer.loadBalancer.dnsName,
    listenerArn: loadBalancer.listener.arn,
    loadBalancerSecurityGroupId: securityGroups.loadBalancer.id,
    secretHeaderValues: originSecret?.accepted,
    distributionId: path instanceof ViaCloudfront ? path.distribution.distribution.id : undefined,
    vpcId,
    taskSubnetIds,
  };
}

/** A service with its tasks' security group. */
interface Deployed {
  readonly service: WebService;
  readonly securityGroup: aws.ec2.SecurityGroup;
}

/** Where the tasks are, by the names of the services' resources, which `plan` shows. */
export function serviceOutputs(
  name: string,
  services: Readonly<Record<string, Deployed>>,
  own?: Deployed,
) {
  const all = [
    ...(own ? [[name, own] as const] : []),
    ...Object.entries(services).map(([key, one]) => [`${name}-${key}`, one] as const),
  ];
  const each = <Value>(of: (one: Deployed) => Value) =>
    Object.fromEntries(all.map(([key, one]) => [key, of(one)]));
  return {
    clusterArn: all[0]?.[1].service.clusterArn,
    serviceNames: each(({ service }) => service.service.name),
    taskSecurityGroupIds: each(({ securityGroup }) => securityGroup.id),
  };
}
