import * as aws from "@pulumi/aws";
import type * as Awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

interface Ipv6RoutesArgs {
  vpc: Awsx.ec2.Vpc;
  /** Number of subnets of each kind. */
  zones: number;
  /** Subnets that the internet reaches over IPv6, and that reach it. */
  publicSubnetIds: pulumi.Output<string[]>;
  /** Subnets that only reach it. */
  outOnlySubnetIds: pulumi.Output<string[]> | undefined;
  tags: Record<string, pulumi.Input<string>> | undefined;
}

const everywhere = "::/0";

/**
 * The ways of IPv6 out of a VPC of awsx, whose subnets have IPv6 ranges, but routes of IPv4 only.
 * https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
 */
export class Ipv6Routes extends pulumi.ComponentResource {
  /** Lets connections out, and none in. */
  public readonly gateway: aws.ec2.EgressOnlyInternetGateway | undefined;
  public readonly routes: readonly aws.ec2.Route[];

  constructor(name: string, args: Ipv6RoutesArgs, opts: pulumi.ComponentResourceOptions) {
    super("hopwise:index:Ipv6Routes", name, {}, opts);
    const { vpc, publicSubnetIds, outOnlySubnetIds } = args;
    const internet = vpc.internetGateway.apply(({ id }) => id);
    const inAndOut = this.routesOf(`${name}-public`, args, publicSubnetIds, {
      gatewayId: internet,
    });
    if (outOnlySubnetIds === undefined) {
      this.routes = inAndOut;
    } else {
      this.gateway = new aws.ec2.EgressOnlyInternetGateway(
        name,
        { vpcId: vpc.vpcId, tags: withName(name, args.tags) },
        { parent: this },
      );
      const out = { egressOnlyGatewayId: this.gateway.id };
      this.routes = [...inAndOut, ...this.routesOf(`${name}-private`, args, outOnlySubnetIds, out)];
    }
    this.registerOutputs({});
  }

  /** A route in the table of each subnet. */
  private routesOf(
    name: string,
    { vpc, zones }: Ipv6RoutesArgs,
    subnetIds: pulumi.Output<string[]>,
    target: Pick<aws.ec2.RouteArgs, "gatewayId" | "egressOnlyGatewayId">,
  ): aws.ec2.Route[] {
    const tables = vpc.routeTableAssociations.apply((associations) =>
      pulumi.all(
        // The mocks of a program's own unit tests answer without associations.
        ((associations as typeof associations | undefined) ?? []).map(
          ({ subnetId, routeTableId }) => pulumi.all([subnetId, routeTableId]),
        ),
      ),
    );
    return Array.from({ length: zones }, (_, zone) => {
      const routeTableId = pulumi
        .all([tables, subnetIds])
        .apply(([pairs, ids]) => pairs.find(([subnet]) => subnet === ids[zone])?.[1] ?? "");
      return new aws.ec2.Route(
        `${name}-ipv6-${zone + 1}`,
        { routeTableId, destinationIpv6CidrBlock: everywhere, ...target },
        { parent: this },
      );
    });
  }
}
