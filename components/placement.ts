import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TaskEgressArgs } from "./pathSecurityGroups";

/** Where a path lives: an existing VPC, or one that `Network` made. */
export interface PlacementArgs {
  vpcId: pulumi.Input<string>;
  /** IPv4 range of the VPC: the peers whose forwarding headers nginx believes. @default looked up */
  vpcCidr?: pulumi.Input<string>;
  /**
   * Subnets of the load balancer in at least two availability zones: public ones, or with a VPC
   * origin ones that need no way to the internet.
   */
  loadBalancerSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  taskSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** True when the task subnets reach the registry by public addresses. @default false */
  assignPublicIp?: boolean;
  /** `dualstack` needs subnets with an IPv6 range. @default "ipv4" */
  ipAddressType?: "ipv4" | "dualstack";
  /** Security group of the interface endpoints, where tasks reach the registry through them. */
  endpointSecurityGroupId?: pulumi.Input<string>;
  /** Prefix list of the S3 gateway endpoint that goes with them. */
  s3PrefixListId?: pulumi.Input<string>;
}

/** Where the tasks may go: through the endpoints where there are some, else to any HTTPS address. */
export function taskEgress(placement: PlacementArgs): TaskEgressArgs[] {
  const { endpointSecurityGroupId, s3PrefixListId } = placement;
  if (endpointSecurityGroupId === undefined) {
    return [{ name: "https-to-internet", cidrIpv4: "0.0.0.0/0" }];
  }
  return [
    { name: "https-to-endpoints", securityGroupId: endpointSecurityGroupId },
    ...(s3PrefixListId === undefined
      ? []
      : [{ name: "https-to-s3", prefixListId: s3PrefixListId }]),
  ];
}

/** The VPC's range, given or looked up. */
export function vpcCidr(placement: PlacementArgs, parent: pulumi.Resource): pulumi.Input<string> {
  return placement.vpcCidr ?? aws.ec2.getVpcOutput({ id: placement.vpcId }, { parent }).cidrBlock;
}
