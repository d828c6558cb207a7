/** VPCs and what is in them: subnets, routes, gateways, endpoints. */
import { LocalResource, Props, Refusal } from "../../types";
import { contains, overlaps, parseCidr } from "../cidr";
import { arn } from "../ids";
import { text, texts } from "../props";
import { managedPrefixLists } from "../prefix-lists";
import { Candidate, others, Reference, Row, World } from "../row";
import { exactlyOneOf, matches, oneOf } from "../rules";
import * as t from "../tokens";
import { zoneIdOf, zonesOf } from "../zones";

const api = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const errors = `${api}/errors-overview.html`;
const cidrPage = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const subnetPage = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";

const ec2Arn = (candidate: Candidate, world: World, resource: string): string =>
  arn("ec2", candidate.region, world.accountId, resource);

/** A property that names something of EC2 by id. */
const names = (property: string, type: string, code: string, what: string): Reference => ({
  ...{ property, type, code, source: errors },
  message: (id) => `The ${what} '${id}' does not exist`,
});

export const vpcReference = names("vpcId", t.VPC, "InvalidVpcID.NotFound", "vpc ID");

/** What in the account names a thing in one of these properties, by type. */
function dependants(
  world: World,
  id: string,
  where: Readonly<Record<string, readonly string[]>>,
): LocalResource[] {
  return Object.entries(where).flatMap(([type, paths]) =>
    world
      .all(type)
      .filter((r) => r.urn !== "" && paths.some((path) => texts(r.outputs, path).includes(id))),
  );
}

const violation = (what: string, found: readonly LocalResource[], page: string): Refusal[] => {
  if (found.length === 0) return [];
  const by = found.map((r) => `${r.type} '${r.name}'`).join(", ");
  return [
    {
      code: "DependencyViolation",
      message: `The ${what} has dependencies and cannot be deleted: ${by}.`,
      source: `${api}/${page}`,
    },
  ];
};

/** A range of so many bits, without host bits. */
function refuseRange(candidate: Candidate, code: string, source: string): Refusal[] {
  const cidr = text(candidate.inputs, "cidrBlock");
  if (cidr === undefined) return [];
  const range = parseCidr(cidr);
  if (range && range.bits >= 16 && range.bits <= 28) return [];
  const message = `The CIDR '${cidr}' is invalid: it is written 10.0.0.0/16, without host bits, and has /16 to /28.`;
  return [{ code, message, property: "cidrBlock", source }];
}

export const vpc: Row = {
  type: t.VPC,
  defaults: () => ({
    enableDnsSupport: true,
    enableDnsHostnames: false,
    instanceTenancy: "default",
  }),
  rules: [
    exactlyOneOf(["cidrBlock", "ipv4IpamPoolId"], { code: "MissingParameter", source: cidrPage }),
  ],
  refuse: (candidate) => refuseRange(candidate, "InvalidVpc.Range", cidrPage),
  replaceOn: ["cidrBlock", "ipv4IpamPoolId", "region"],
  outputs: (candidate, world) => {
    const id = `vpc-0${candidate.hex(16)}`;
    return {
      ...{ id, arn: ec2Arn(candidate, world, `vpc/${id}`), ownerId: world.accountId },
      mainRouteTableId: `rtb-0${candidate.hex(16, "main")}`,
      defaultRouteTableId: `rtb-0${candidate.hex(16, "main")}`,
      defaultSecurityGroupId: `sg-0${candidate.hex(16, "default")}`,
      defaultNetworkAclId: `acl-0${candidate.hex(16, "acl")}`,
    };
  },
  inUse: (resource, world) =>
    violation(
      `vpc '${resource.id}'`,
      dependants(world, resource.id, {
        [t.SUBNET]: ["vpcId"],
        [t.SECURITY_GROUP]: ["vpcId"],
        [t.INTERNET_GATEWAY]: ["vpcId"],
        [t.VPC_ENDPOINT]: ["vpcId"],
        [t.ROUTE_TABLE]: ["vpcId"],
      }),
      "API_DeleteVpc.html",
    ),
  outside: {
    id: /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/,
    outputs: (id, world) => ({
      ...{ arn: arn("ec2", world.region, world.accountId, `vpc/${id}`), region: world.region },
      ...{ cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true },
    }),
  },
};

function refuseSubnet(candidate: Candidate, world: World): Refusal[] {
  const { inputs, region } = candidate;
  const refusals = refuseRange(candidate, "InvalidSubnet.Range", subnetPage);
  const cidr = text(inputs, "cidrBlock") ?? "";
  const own = parseCidr(cidr);
  const owner = world.lookup(t.VPC, text(inputs, "vpcId"));
  const whole = parseCidr(text(owner?.outputs ?? {}, "cidrBlock") ?? "");
  if (own && whole && owner?.urn !== "" && !contains(whole, own)) {
    const message = `The CIDR '${cidr}' is invalid: it is not within ${text(owner?.outputs ?? {}, "cidrBlock") ?? ""} of the VPC.`;
    refusals.push({
      code: "InvalidSubnet.Range",
      message,
      property: "cidrBlock",
      source: subnetPage,
    });
  }
  for (const sibling of others(candidate, world).filter((s) => s.outputs.vpcId === owner?.id)) {
    const range = parseCidr(text(sibling.outputs, "cidrBlock") ?? "");
    if (!own || !range || !overlaps(own, range)) continue;
    const message = `The CIDR '${cidr}' conflicts with another subnet: ${sibling.name} (${text(sibling.outputs, "cidrBlock") ?? ""})`;
    refusals.push({
      code: "InvalidSubnet.Conflict",
      message,
      property: "cidrBlock",
      source: subnetPage,
    });
  }
  const zone = text(inputs, "availabilityZone");
  const offered = zonesOf(region).map((z) => z.name);
  if (zone !== undefined && !offered.includes(zone)) {
    const message = `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${offered.join(", ")}.`;
    refusals.push({
      code: "InvalidParameterValue",
      message,
      property: "availabilityZone",
      source: `${api}/API_CreateSubnet.html`,
    });
  }
  return refusals;
}

export const subnet: Row = {
  type: t.SUBNET,
  required: ["vpcId"],
  defaults: () => ({ mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false }),
  references: [vpcReference],
  refuse: refuseSubnet,
  replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "region"],
  outputs: (candidate, world) => {
    const id = `subnet-0${candidate.hex(16)}`;
    const zone =
      text(candidate.inputs, "availabilityZone") ?? zonesOf(candidate.region)[0]?.name ?? "";
    return {
      ...{ id, arn: ec2Arn(candidate, world, `subnet/${id}`), ownerId: world.accountId },
      ...{ availabilityZone: zone, availabilityZoneId: zoneIdOf(zone) },
    };
  },
  inUse: (resource, world) =>
    violation(
      `subnet '${resource.id}'`,
      dependants(world, resource.id, {
        [t.LOAD_BALANCER]: ["subnets[]"],
        [t.NAT_GATEWAY]: ["subnetId"],
        [t.SERVICE]: ["networkConfiguration.subnets[]"],
        [t.VPC_ENDPOINT]: ["subnetIds[]"],
      }),
      "API_DeleteSubnet.html",
    ),
  outside: {
    id: /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/,
    outputs: (id, world) => outsideSubnet(id, world),
  },
};

/** Given subnets lie in zones and ranges of their own, in the order in which they are first named. */
function outsideSubnet(id: string, world: World): Props {
  const rank = world.all(t.SUBNET).filter((s) => s.urn === "").length;
  const zones = zonesOf(world.region).slice(0, 2);
  const zone = zones[rank % zones.length]?.name ?? "";
  const owner = world.all(t.VPC).find((v) => v.urn === "");
  return {
    ...{ arn: arn("ec2", world.region, world.accountId, `subnet/${id}`), region: world.region },
    ...{ availabilityZone: zone, availabilityZoneId: zoneIdOf(zone), vpcId: owner?.id },
    ...{ cidrBlock: `10.0.${rank % 256}.0/24` },
  };
}

export const internetGateway: Row = {
  type: t.INTERNET_GATEWAY,
  references: [vpcReference],
  refuse: (candidate, world) =>
    others(candidate, world)
      .filter((g) => g.outputs.vpcId !== undefined && g.outputs.vpcId === candidate.inputs.vpcId)
      .map((g) => ({
        code: "Resource.AlreadyAssociated",
        message: `resource ${String(g.outputs.vpcId)} is already attached to network gateway ${g.id}`,
        property: "vpcId",
        source: errors,
      })),
  replaceOn: ["region"],
  outputs: (candidate, world) => {
    const id = `igw-0${candidate.hex(16)}`;
    return {
      id,
      arn: ec2Arn(candidate, world, `internet-gateway/${id}`),
      ownerId: world.accountId,
    };
  },
};

export const eip: Row = {
  type: t.EIP,
  defaults: () => ({ domain: "vpc" }),
  replaceOn: ["domain", "region", "publicIpv4Pool", "networkBorderGroup"],
  outputs: (candidate, world) => {
    const id = `eipalloc-0${candidate.hex(16)}`;
    const publicIp = `203.0.113.${(parseInt(candidate.hex(2), 16) % 254) + 1}`;
    return { id, allocationId: id, publicIp, arn: ec2Arn(candidate, world, `elastic-ip/${id}`) };
  },
  inUse: (resource, world) => {
    const users = dependants(world, resource.id, { [t.NAT_GATEWAY]: ["allocationId"] });
    if (users.length === 0) return [];
    const message = `You do not have permission to access the specified resource: the address ${resource.id} is in use by ${users.map((u) => u.name).join(", ")}.`;
    return [{ code: "AuthFailure", message, source: `${api}/API_ReleaseAddress.html` }];
  },
  outside: {
    id: /^eipalloc-([0-9a-f]{8}|[0-9a-f]{17})$/,
    outputs: (id) => ({ allocationId: id, publicIp: "203.0.113.1" }),
  },
};

export const natGateway: Row = {
  type: t.NAT_GATEWAY,
  defaults: () => ({ connectivityType: "public" }),
  rules: [
    oneOf("connectivityType", ["public", "private"], {
      source: `${api}/API_CreateNatGateway.html`,
    }),
  ],
  references: [
    names("subnetId", t.SUBNET, "InvalidSubnetID.NotFound", "subnet ID"),
    names("allocationId", t.EIP, "InvalidAllocationID.NotFound", "allocation ID"),
  ],
  replaceOn: ["subnetId", "allocationId", "connectivityType", "privateIp", "vpcId", "region"],
  outputs: (candidate, world) => {
    const address = world.lookup(t.EIP, text(candidate.inputs, "allocationId"));
    return {
      id: `nat-0${candidate.hex(16)}`,
      networkInterfaceId: `eni-0${candidate.hex(16, "eni")}`,
      publicIp: text(address?.outputs ?? {}, "publicIp"),
    };
  },
};

export const routeTable: Row = {
  type: t.ROUTE_TABLE,
  required: ["vpcId"],
  references: [vpcReference],
  replaceOn: ["vpcId", "region"],
  outputs: (candidate, world) => {
    const id = `rtb-0${candidate.hex(16)}`;
    return { id, arn: ec2Arn(candidate, world, `route-table/${id}`), ownerId: world.accountId };
  },
  inUse: (resource, world) =>
    violation(
      `routeTable '${resource.id}'`,
      dependants(world, resource.id, { [t.ROUTE_TABLE_ASSOCIATION]: ["routeTableId"] }),
      "API_DeleteRouteTable.html",
    ),
  outside: { id: /^rtb-([0-9a-f]{8}|[0-9a-f]{17})$/, outputs: () => ({}) },
};

export const routeTableAssociation: Row = {
  type: t.ROUTE_TABLE_ASSOCIATION,
  required: ["routeTableId"],
  rules: [
    exactlyOneOf(["subnetId", "gatewayId"], { source: `${api}/API_AssociateRouteTable.html` }),
  ],
  references: [
    names("routeTableId", t.ROUTE_TABLE, "InvalidRouteTableID.NotFound", "routeTable ID"),
    names("subnetId", t.SUBNET, "InvalidSubnetID.NotFound", "subnet ID"),
  ],
  refuse: (candidate, world) =>
    others(candidate, world)
      .filter(
        (a) => a.outputs.subnetId !== undefined && a.outputs.subnetId === candidate.inputs.subnetId,
      )
      .map((a) => ({
        code: "Resource.AlreadyAssociated",
        message: `the specified association for route table ${String(candidate.inputs.routeTableId)} conflicts with an existing association: ${a.id}`,
        property: "subnetId",
        source: errors,
      })),
  replaceOn: ["subnetId", "gatewayId", "region"],
  outputs: (candidate) => ({ id: `rtbassoc-0${candidate.hex(16)}` }),
};

const destinations = [
  "destinationCidrBlock",
  "destinationIpv6CidrBlock",
  "destinationPrefixListId",
];

export const route: Row = {
  type: t.ROUTE,
  required: ["routeTableId"],
  rules: [
    exactlyOneOf(destinations, { source: `${api}/API_CreateRoute.html` }),
    exactlyOneOf(
      [
        "gatewayId",
        "natGatewayId",
        "vpcEndpointId",
        "transitGatewayId",
        "vpcPeeringConnectionId",
        "egressOnlyGatewayId",
        "networkInterfaceId",
        "localGatewayId",
        "carrierGatewayId",
        "coreNetworkArn",
      ],
      { source: `${api}/API_CreateRoute.html` },
    ),
    matches(
      "destinationCidrBlock",
      /^\d+\.\d+\.\d+\.\d+\/\d+$/,
      "an IPv4 range such as 0.0.0.0/0",
      { source: `${api}/API_CreateRoute.html` },
    ),
  ],
  references: [
    names("routeTableId", t.ROUTE_TABLE, "InvalidRouteTableID.NotFound", "routeTable ID"),
    names("natGatewayId", t.NAT_GATEWAY, "InvalidNatGatewayID.NotFound", "NAT gateway"),
  ],
  refuse: (candidate, world) =>
    others(candidate, world)
      .filter((r) => r.outputs.routeTableId === candidate.inputs.routeTableId)
      .filter((r) =>
        destinations.some(
          (d) =>
            text(r.outputs, d) !== undefined && text(r.outputs, d) === text(candidate.inputs, d),
        ),
      )
      .map(() => ({
        code: "RouteAlreadyExists",
        message: "The route identified by its destination already exists.",
        source: errors,
      })),
  replaceOn: ["routeTableId", ...destinations, "region"],
  outputs: (candidate) => {
    const to = destinations.map((d) => text(candidate.inputs, d)).find((d) => d !== undefined);
    return {
      id: `r-${text(candidate.inputs, "routeTableId") ?? ""}${parseInt(candidate.hex(8), 16)}`,
      origin: "CreateRoute",
      state: "active",
      destination: to,
    };
  },
};

const endpointPage =
  "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html";

export const vpcEndpoint: Row = {
  type: t.VPC_ENDPOINT,
  required: ["vpcId"],
  defaults: () => ({ vpcEndpointType: "Gateway", privateDnsEnabled: false }),
  rules: [
    oneOf(
      "vpcEndpointType",
      ["Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"],
      { source: endpointPage },
    ),
  ],
  references: [
    vpcReference,
    names("subnetIds[]", t.SUBNET, "InvalidSubnetId.NotFound", "subnet ID"),
    names(
      "securityGroupIds[]",
      t.SECURITY_GROUP,
      "InvalidSecurityGroupId.NotFound",
      "security group ID",
    ),
    names("routeTableIds[]", t.ROUTE_TABLE, "InvalidRouteTableId.NotFound", "route table ID"),
  ],
  refuse: (candidate, world) => {
    const owner = world.lookup(t.VPC, text(candidate.inputs, "vpcId"));
    const { enableDnsSupport, enableDnsHostnames } = owner?.outputs ?? {};
    const resolves = enableDnsSupport !== false && enableDnsHostnames !== false;
    if (candidate.inputs.privateDnsEnabled !== true || resolves) return [];
    const message = `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${String(candidate.inputs.vpcId)}`;
    return [
      { code: "InvalidParameter", message, property: "privateDnsEnabled", source: endpointPage },
    ];
  },
  replaceOn: ["vpcId", "serviceName", "vpcEndpointType", "serviceRegion", "region"],
  outputs: (candidate, world) => {
    const id = `vpce-0${candidate.hex(16)}`;
    const service = text(candidate.inputs, "serviceName") ?? "";
    return {
      ...{
        id,
        arn: ec2Arn(candidate, world, `vpc-endpoint/${id}`),
        ownerId: world.accountId,
        state: "available",
      },
      networkInterfaceIds: texts(candidate.inputs, "subnetIds[]").map(
        (s) => `eni-0${candidate.hex(16, s)}`,
      ),
      prefixListId: managedPrefixLists(candidate.region).find((list) => list.name === service)?.id,
      dnsEntries: [
        {
          dnsName: `${id}.${service.split(".").slice(3).join(".")}.${candidate.region}.vpce.amazonaws.com`,
        },
      ],
    };
  },
};
