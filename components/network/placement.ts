import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { httpsToInternet, httpsToInternet6 } from "../../path/egress";
import { ipVersionOf } from "../../path/networks";
import type { TaskEgressArgs } from "../security/groupRules";
import { volumeEgress } from "../service/volumes";
import type { ServiceArgs } from "../service/webService";

/** A range of addresses, and the one TCP port that tasks may call there. */
export interface EgressArgs {
  /** IPv4 or IPv6 range, e.g. `10.20.0.0/16`. */
  cidr: string;
  /** 1 to 65535. */
  port: number;
}

/** Where a path is placed: an existing VPC, or one created by `Network`. */
export interface PlacementArgs {
  /** Id of the VPC. */
  vpcId: pulumi.Input<string>;
  /** IPv4 range of the VPC: nginx trusts forwarding headers from it. @default looked up */
  vpcCidr?: pulumi.Input<string>;
  /**
   * Subnets of the load balancer in at least two availability zones. They are public, or with a VPC
   * origin need no route to the internet.
   */
  loadBalancerSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Subnets of the tasks; private ones reach the registry through a NAT gateway or endpoints. */
  taskSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** True if tasks need public addresses to reach the registry. @default false */
  assignPublicIp?: boolean;
  /** `dualstack` needs subnets with an IPv6 range. @default "ipv4" */
  ipAddressType?: "ipv4" | "dualstack";
  /** Security group of the interface endpoints, where tasks reach the registry through them. */
  endpointSecurityGroupId?: pulumi.Input<string>;
  /** Prefix list of the S3 gateway endpoint that goes with them. */
  s3PrefixListId?: pulumi.Input<string>;
}

/**
 * What the tasks may call: the endpoints, if there are any, then the entries of the app's own list.
 * Without endpoints and without a list they may call any HTTPS address, because the public
 * addresses of the registry and the log service change.
 */
export function taskEgress(
  placement: Pick<PlacementArgs, "endpointSecurityGroupId" | "s3PrefixListId" | "ipAddressType">,
  egress?: readonly EgressArgs[],
): TaskEgressArgs[] {
  const { endpointSecurityGroupId, s3PrefixListId, ipAddressType } = placement;
  const anyHttps =
    ipAddressType === "dualstack" ? [httpsToInternet, httpsToInternet6] : [httpsToInternet];
  const endpoints = endpointSecurityGroupId !== undefined;
  return [
    ...(endpoints
      ? [{ name: "https-to-endpoints", securityGroupId: endpointSecurityGroupId }]
      : []),
    ...(endpoints && s3PrefixListId !== undefined
      ? [{ name: "https-to-s3", prefixListId: s3PrefixListId }]
      : []),
    ...(egress ?? (endpoints ? [] : anyHttps)).map(ownEgress),
  ];
}

/** What the tasks of a service may call, its volumes included. */
export function serviceEgress(
  placement: Pick<
    PlacementArgs,
    "vpcId" | "vpcCidr" | "endpointSecurityGroupId" | "s3PrefixListId" | "ipAddressType"
  >,
  { egress, volumes }: Pick<ServiceArgs, "egress" | "volumes">,
  parent: pulumi.Resource,
): TaskEgressArgs[] {
  const toVolumes = volumeEgress(volumes, egress, () => vpcCidr(placement, parent));
  return [...taskEgress(placement, egress), ...toVolumes];
}

/** One entry of the list, as a rule. */
function ownEgress({ cidr, port }: EgressArgs): TaskEgressArgs {
  // An entry equal to the default has the default's name, so that the rule stays the same.
  if (cidr === httpsToInternet.cidr && port === httpsToInternet.port) {
    return { name: "https-to-internet", cidrIpv4: cidr };
  }
  if (cidr === httpsToInternet6.cidr && port === httpsToInternet6.port) {
    return { name: "https-to-internet-ipv6", cidrIpv6: cidr };
  }
  return {
    name: `to-${cidr.replace(/[/:]/g, "-")}-${port}`,
    ...(ipVersionOf(cidr) === 6 ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
    port,
    description: `TCP ${port} from the tasks to ${cidr}`,
  };
}

/** The VPC's range, given or looked up. */
export function vpcCidr(
  placement: Pick<PlacementArgs, "vpcId" | "vpcCidr">,
  parent: pulumi.Resource,
): pulumi.Input<string> {
  return placement.vpcCidr ?? aws.ec2.getVpcOutput({ id: placement.vpcId }, { parent }).cidrBlock;
}
