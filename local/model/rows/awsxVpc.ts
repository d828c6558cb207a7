/** awsx.ec2.Vpc: what it would create, and what it returns. */
import { Props, UNKNOWN } from "../types";
import { Derived, Planned, Ref } from "../planned";
import { bagAt, bagsAt, numberAt, textAt } from "../props";
import { planSubnets, SubnetSpec } from "../subnetLayout";
import { token } from "../../../topology/tokens";
import { zonesOf } from "../zones";

const defaultSpecs: readonly SubnetSpec[] = [{ type: "Public" }, { type: "Private" }];

function specsOf(args: Props): SubnetSpec[] {
  const given = bagsAt(args, "subnetSpecs") as unknown as SubnetSpec[];
  return given.length === 0 ? [...defaultSpecs] : given;
}

/**
 * What `awsx.ec2.Vpc` creates: the VPC, its internet gateway, subnets per zone and type, each with a
 * route table, and NAT gateways by strategy. Pure: the same arguments give the same list.
 * https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/vpc/
 * @throws Error when the arguments contradict each other, as awsx does
 */
export function expandVpc(name: string, args: Props, region = "us-east-1"): Planned[] {
  const { zones, strategy, subnets } = shapeOf(args, region);
  const tags = (own: string, more: Props = {}): Props => ({
    tags: { ...bagAt(args, "tags"), Name: own, ...more },
  });
  const planned: Planned[] = [];
  const plan = (type: string, own: string, inputs: Props, parent?: string): string => {
    const key = `${type}#${own}`;
    planned.push({ key, type, name: own, parent, inputs });
    return key;
  };

  const vpc = plan(token.vpc, name, {
    cidrBlock: textAt(args, "cidrBlock") ?? "10.0.0.0/16",
    enableDnsHostnames: args.enableDnsHostnames ?? true,
    enableDnsSupport: args.enableDnsSupport ?? true,
    instanceTenancy: args.instanceTenancy,
    assignGeneratedIpv6CidrBlock: args.assignGeneratedIpv6CidrBlock,
    ...tags(name),
  });
  const vpcId = new Ref(vpc);
  const gateway = plan(token.internetGateway, name, { vpcId, ...tags(name) }, vpc);

  const nat: string[] = [];
  // awsx counts by zone, then by subnet of the zone.
  const inZone = zones.map(() => 0);
  for (const { spec, zone, cidrBlock } of subnets) {
    const rank = zone + (inZone[zone] ?? 0) * zones.length;
    inZone[zone] = (inZone[zone] ?? 0) + 1;
    const ipv6 = spec.assignIpv6AddressOnCreation ?? args.assignGeneratedIpv6CidrBlock === true;
    const kind = (spec.name ?? spec.type).toLowerCase();
    const own = `${name}-${kind}-${zone + 1}`;
    const shared = tags(own, { SubnetType: spec.type, ...(spec.tags ?? {}) });
    const subnet = plan(
      token.subnet,
      own,
      {
        vpcId,
        cidrBlock,
        availabilityZone: zones[zone],
        mapPublicIpOnLaunch: spec.type === "Public",
        ...(ipv6 && {
          assignIpv6AddressOnCreation: true,
          ipv6CidrBlock: new Derived(new Ref(vpc, "ipv6CidrBlock"), (range) =>
            typeof range === "string" ? ipv6Subnet(range, rank) : UNKNOWN,
          ),
        }),
        ...shared,
      },
      vpc,
    );
    const table = plan(token.routeTable, own, { vpcId, ...shared }, subnet);
    plan(
      token.routeTableAssociation,
      own,
      { routeTableId: new Ref(table), subnetId: new Ref(subnet) },
      table,
    );
    if (spec.type !== "Public") continue;
    plan(
      token.route,
      own,
      {
        routeTableId: new Ref(table),
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: new Ref(gateway),
      },
      table,
    );
    const wanted = strategy === "OnePerAz" || (strategy === "Single" && zone === 0);
    if (!wanted || nat[zone] !== undefined) continue;
    nat[zone] = planNat(args, `${name}-${zone + 1}`, zone, subnet, tags, plan);
  }
  for (const { spec, zone } of subnets.filter((s) => s.spec.type === "Private")) {
    const through = strategy === "Single" ? nat[0] : nat[zone];
    if (through === undefined) continue;
    const own = `${name}-${(spec.name ?? spec.type).toLowerCase()}-${zone + 1}`;
    const table = `${token.routeTable}#${own}`;
    plan(
      token.route,
      own,
      {
        routeTableId: new Ref(table),
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: new Ref(through),
      },
      table,
    );
  }
  for (const spec of bagsAt(args, "vpcEndpointSpecs")) {
    const service = textAt(spec, "serviceName") ?? "";
    plan(
      token.vpcEndpoint,
      `${name}-${service.split(".").pop() ?? ""}`,
      { ...spec, vpcId, ...tags(name) },
      vpc,
    );
  }
  return planned;
}

/** The /64 of a subnet in a VPC's /56. */
function ipv6Subnet(range: string, rank: number): string {
  const [a = "", b = "", c = "", d = ""] = range.split(":");
  const fourth = (parseInt(d, 16) & 0xff00) | rank;
  return `${a}:${b}:${c}:${fourth.toString(16)}::/64`;
}

function planNat(
  args: Props,
  own: string,
  zone: number,
  subnet: string,
  tags: (own: string) => Props,
  plan: (type: string, own: string, inputs: Props, parent?: string) => string,
): string {
  const given = bagAt(args, "natGateways").elasticIpAllocationIds;
  const address: unknown = Array.isArray(given) ? given[zone] : undefined;
  const allocationId = address ?? new Ref(plan(token.eip, own, tags(own), subnet));
  return plan(
    token.natGateway,
    own,
    { subnetId: new Ref(subnet), allocationId, ...tags(own) },
    subnet,
  );
}

/** Zones, NAT strategy and subnets, with awsx's own errors. */
function shapeOf(
  args: Props,
  region: string,
): { zones: string[]; strategy: string; subnets: ReturnType<typeof planSubnets> } {
  const named = args.availabilityZoneNames;
  const count = numberAt(args, "numberOfAvailabilityZones") ?? 3;
  const zones = Array.isArray(named)
    ? (named as string[])
    : zonesOf(region)
        .slice(0, count)
        .map((z) => z.name);
  if (zones.length < count && !Array.isArray(named)) {
    throw new Error(
      `The region ${region} has ${zones.length} availability zones, and the VPC wants ${count}.`,
    );
  }
  const specs = specsOf(args);
  const has = (type: string): boolean => specs.some((spec) => spec.type === type);
  const asked = textAt(args, "natGateways.strategy");
  const strategy = asked ?? (has("Public") && has("Private") ? "OnePerAz" : "None");
  if (strategy !== "None" && !(has("Public") && has("Private"))) {
    throw new Error(
      "If NAT Gateway strategy is 'OnePerAz' or 'Single', both private and public subnets must be declared. The private subnet creates the need for a NAT Gateway, and the public subnet is required to host the NAT Gateway resource.",
    );
  }
  const cidr = textAt(args, "cidrBlock") ?? "10.0.0.0/16";
  const layout = textAt(args, "subnetStrategy") ?? "Legacy";
  const mask = numberAt(args, "availabilityZoneCidrMask");
  return {
    zones,
    strategy,
    subnets: planSubnets(cidr, zones.length, specs, layout, mask).filter(
      (s) => s.spec.type !== "Unused",
    ),
  };
}

/** References to an output of every planned resource of a type. */
export const each = (planned: readonly Planned[], type: string, output = "*"): Ref[] =>
  planned.filter((p) => p.type === type).map((p) => new Ref(p.key, output));

const subnetsOf = (planned: readonly Planned[], type: string): Planned[] =>
  planned.filter((p) => p.type === token.subnet && textAt(p.inputs, "tags.SubnetType") === type);

/** Outputs of the VPC component. The output `*` is the resource itself. */
export function vpcOutputs(planned: readonly Planned[], args: Props): Props {
  const ofType = (type: string): Props => {
    const found = subnetsOf(planned, type);
    const key = type.toLowerCase();
    return {
      [`${key}Subnets`]: found.map((p) => new Ref(p.key, "*")),
      [`${key}SubnetIds`]: found.map((p) => new Ref(p.key)),
    };
  };
  return {
    vpc: each(planned, token.vpc)[0],
    vpcId: each(planned, token.vpc, "id")[0],
    internetGateway: each(planned, token.internetGateway)[0],
    ...ofType("Public"),
    ...ofType("Private"),
    ...ofType("Isolated"),
    subnets: each(planned, token.subnet),
    routeTables: each(planned, token.routeTable),
    routeTableAssociations: each(planned, token.routeTableAssociation),
    routes: each(planned, token.route),
    eips: each(planned, token.eip),
    natGateways: each(planned, token.natGateway),
    vpcEndpoints: each(planned, token.vpcEndpoint),
    subnetLayout: specsOf(args),
  };
}
