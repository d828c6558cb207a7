import * as aws from "@pulumi/aws";
import type * as Awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import type { SecretStore } from "../../path/secrets";
import { planNetwork, type NetworkEgress } from "./networkPlan";
import type { PlacementArgs } from "./placement";
import { awsxEc2 } from "../shared/awsx";
import { withName } from "../shared/tags";
import { Ipv6Routes } from "./ipv6Routes";
import { VpcEndpoints } from "./vpcEndpoints";

/** A VPC for the path. */
export interface NetworkArgs {
  /** IPv4 range of the VPC. @default "10.0.0.0/16" */
  cidr?: string;
  /** Availability zones, 2 to 6; an ALB needs two. @default 2 */
  availabilityZones?: number;
  /**
   * Names of the zones, in place of their number, e.g. to leave one out that VPC origins do not
   * support. A change replaces the subnets. @default the region's first ones
   */
  availabilityZoneNames?: string[];
  /**
   * How tasks reach the registry and the log service: `nat-single` through one NAT gateway,
   * `nat-per-az` through one in each zone, `endpoints` through interface endpoints without any
   * internet access, `public-ip` with a public address per task, which costs least.
   * @default "nat-single"
   */
  egress?: NetworkEgress;
  /**
   * `dualstack`: AWS gives the VPC an IPv6 range, for the public subnets and, with a NAT gateway, for
   * the tasks' (which an egress-only internet gateway lets out, and nobody in). Needs awsx 3.3. AWS
   * does not take the range back while a subnet uses it. @default "ipv4"
   */
  ipAddressType?: "ipv4" | "dualstack";
  /** With `egress: "endpoints"`: an endpoint for GuardDuty's agent as well. @default false */
  guardDutyEndpoint?: boolean;
  /**
   * With `egress: "endpoints"`: stores from which the tasks' secrets are read; an endpoint for each.
   * @default none
   */
  secretStores?: SecretStore[];
  /**
   * With `egress: "endpoints"`: further AWS services that tasks call, by the end of the endpoint's
   * name (`ssmmessages`); an endpoint for each. @default none
   */
  endpointServices?: string[];
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * A VPC with the subnets that every variant needs, so that a stack can change its variant without a
 * new VPC.
 */
export class Network extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  /** IPv4 range of the VPC: nginx trusts the forwarding headers of peers in it. */
  public readonly vpcCidr: pulumi.Output<string>;
  /** Subnets for an internet-facing load balancer. */
  public readonly publicSubnetIds: pulumi.Output<string[]>;
  /** Subnets for an internal load balancer. */
  public readonly internalSubnetIds: pulumi.Output<string[]>;
  public readonly taskSubnetIds: pulumi.Output<string[]>;
  /** True when tasks need a public address to reach the registry. */
  public readonly assignPublicIp: boolean;
  /** The VPC itself, created by awsx. */
  public readonly vpc: Awsx.ec2.Vpc;
  /** The VPC's default security group, without rules. */
  public readonly defaultSecurityGroup: aws.ec2.DefaultSecurityGroup;
  /** With `ipAddressType: "dualstack"` only: the routes of IPv6, which awsx does not make. */
  public readonly ipv6: Ipv6Routes | undefined;
  /** With `egress: "endpoints"` only. */
  public readonly endpoints: VpcEndpoints | undefined;

  /** The network as a path's `placement`, with a public load balancer. */
  public readonly placement: PlacementArgs;

  constructor(name: string, args: NetworkArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const plan = planNetwork(args);
    super("hopwise:index:Network", name, {}, opts);
    const parent = { parent: this };

    const { Vpc } = awsxEc2();
    this.vpc = new Vpc(
      name,
      {
        cidrBlock: plan.cidr,
        ...(plan.availabilityZoneNames === undefined
          ? { numberOfAvailabilityZones: plan.availabilityZones }
          : { availabilityZoneNames: plan.availabilityZoneNames }),
        enableDnsHostnames: true,
        enableDnsSupport: true,
        natGateways: { strategy: plan.natGateways },
        subnetStrategy: "Auto",
        subnetSpecs: [
          { type: "Public" },
          {
            type: plan.innerSubnets,
            ...(plan.ipv6 === "public" && { assignIpv6AddressOnCreation: false }),
          },
        ],
        ...(plan.ipv6 !== "none" && { assignGeneratedIpv6CidrBlock: true }),
        tags: withName(name, args.tags),
      },
      parent,
    );
    this.vpcId = this.vpc.vpcId;
    this.vpcCidr = pulumi.output(plan.cidr);
    // AWS gives every VPC this group, which admits its members and allows all outbound traffic.
    // Without rules, a resource that is in it by accident is closed:
    // https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    this.defaultSecurityGroup = new aws.ec2.DefaultSecurityGroup(
      name,
      { vpcId: this.vpcId, tags: withName(`${name}-default`, args.tags) },
      parent,
    );
    this.publicSubnetIds = this.vpc.publicSubnetIds;
    this.internalSubnetIds =
      plan.innerSubnets === "Private" ? this.vpc.privateSubnetIds : this.vpc.isolatedSubnetIds;
    this.taskSubnetIds = plan.tasks === "public" ? this.publicSubnetIds : this.internalSubnetIds;
    this.assignPublicIp = plan.tasks === "public";
    this.ipv6 =
      plan.ipv6 === "none"
        ? undefined
        : new Ipv6Routes(
            name,
            {
              vpc: this.vpc,
              zones: plan.availabilityZones,
              publicSubnetIds: this.publicSubnetIds,
              outOnlySubnetIds: plan.ipv6 === "all" ? this.internalSubnetIds : undefined,
              tags: args.tags,
            },
            parent,
          );
    this.endpoints = plan.endpoints
      ? new VpcEndpoints(
          name,
          {
            vpcId: this.vpcId,
            subnetIds: this.taskSubnetIds,
            routeTableIds: this.routeTableIds(),
            secretStores: args.secretStores,
            services: args.endpointServices,
            guardDuty: args.guardDutyEndpoint,
            tags: args.tags,
          },
          parent,
        )
      : undefined;

    this.placement = {
      vpcId: this.vpcId,
      vpcCidr: this.vpcCidr,
      loadBalancerSubnetIds: this.publicSubnetIds,
      taskSubnetIds: this.taskSubnetIds,
      assignPublicIp: this.assignPublicIp,
      ipAddressType: args.ipAddressType,
      endpointSecurityGroupId: this.endpoints?.readySecurityGroupId,
      s3PrefixListId: this.endpoints?.s3.prefixListId,
    };
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnetIds: this.publicSubnetIds,
      internalSubnetIds: this.internalSubnetIds,
      taskSubnetIds: this.taskSubnetIds,
    });
  }

  /** What awsx makes last; to depend on the VPC is not to depend on these. */
  get last(): pulumi.Output<pulumi.Resource[]> {
    const { routes, routeTableAssociations } = this.vpc;
    return pulumi
      .all([routes, routeTableAssociations])
      .apply((lists) => (lists as (pulumi.Resource[] | undefined)[]).flatMap((list) => list ?? []));
  }

  private routeTableIds(): pulumi.Output<pulumi.Output<string>[]> {
    return this.vpc.routeTables.apply((tables) =>
      // The mocks of a program's own unit tests answer without tables.
      ((tables as typeof tables | undefined) ?? []).map((table) => table.id),
    );
  }
}
