/** Ways in and out of a VPC: gateways, routes, endpoints. */
import { idsOf } from "../ids";
import { textAt, textsAt } from "../props";
import { managedPrefixLists } from "../prefixLists";
import { others, ResourceModel } from "../row";
import { exactlyOneOf, matchesPattern, oneOf } from "../rules";
import { token } from "../../../topology/tokens";
import {
  ec2Api,
  dependants,
  ec2Arn,
  ec2ErrorsPage,
  names,
  violation,
  vpcReference,
} from "./ec2Parts";

export const internetGateway: ResourceModel = {
  type: token.internetGateway,
  references: [vpcReference],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((g) => g.outputs.vpcId !== undefined && g.outputs.vpcId === candidate.inputs.vpcId)
      .map((g) => ({
        code: "Resource.AlreadyAssociated",
        message: `resource ${String(g.outputs.vpcId)} is already attached to network gateway ${g.id}`,
        property: "vpcId",
        source: ec2ErrorsPage,
      })),
  replaceOn: ["region"],
  outputs: (candidate, account) => {
    const id = `igw-0${candidate.hex(16)}`;
    return {
      id,
      arn: ec2Arn(candidate, account, `internet-gateway/${id}`),
      ownerId: account.accountId,
    };
  },
};

export const egressOnlyGateway: ResourceModel = {
  type: token.egressOnlyGateway,
  required: ["vpcId"],
  references: [vpcReference],
  replaceOn: ["vpcId", "region"],
  outputs: (candidate) => ({ id: `eigw-0${candidate.hex(16)}` }),
};

export const eip: ResourceModel = {
  type: token.eip,
  defaults: () => ({ domain: "vpc" }),
  replaceOn: ["domain", "region", "publicIpv4Pool", "networkBorderGroup"],
  outputs: (candidate, account) => {
    const id = `eipalloc-0${candidate.hex(16)}`;
    const publicIp = `203.0.113.${(parseInt(candidate.hex(2), 16) % 254) + 1}`;
    return { id, allocationId: id, publicIp, arn: ec2Arn(candidate, account, `elastic-ip/${id}`) };
  },
  inUse: (resource, account) => {
    const users = dependants(account, resource.id, { [token.natGateway]: ["allocationId"] });
    if (users.length === 0) return [];
    const message = `You do not have permission to access the specified resource: the address ${resource.id} is in use by ${users.map((u) => u.name).join(", ")}.`;
    return [{ code: "AuthFailure", message, source: `${ec2Api}/API_ReleaseAddress.html` }];
  },
  outside: {
    id: idsOf("eipalloc"),
    outputs: (id) => ({ allocationId: id, publicIp: "203.0.113.1" }),
    assumed: ["publicIp"],
  },
};

export const natGateway: ResourceModel = {
  type: token.natGateway,
  defaults: () => ({ connectivityType: "public" }),
  rules: [
    oneOf("connectivityType", ["public", "private"], {
      source: `${ec2Api}/API_CreateNatGateway.html`,
    }),
  ],
  references: [
    names("subnetId", token.subnet, "InvalidSubnetID.NotFound", "subnet ID"),
    names("allocationId", token.eip, "InvalidAllocationID.NotFound", "allocation ID"),
  ],
  replaceOn: ["subnetId", "allocationId", "connectivityType", "privateIp", "vpcId", "region"],
  outputs: (candidate, account) => {
    const address = account.lookup(token.eip, textAt(candidate.inputs, "allocationId"));
    return {
      id: `nat-0${candidate.hex(16)}`,
      networkInterfaceId: `eni-0${candidate.hex(16, "eni")}`,
      publicIp: textAt(address?.outputs ?? {}, "publicIp"),
    };
  },
};

export const routeTable: ResourceModel = {
  type: token.routeTable,
  required: ["vpcId"],
  references: [vpcReference],
  replaceOn: ["vpcId", "region"],
  outputs: (candidate, account) => {
    const id = `rtb-0${candidate.hex(16)}`;
    return { id, arn: ec2Arn(candidate, account, `route-table/${id}`), ownerId: account.accountId };
  },
  inUse: (resource, account) =>
    violation(
      `routeTable '${resource.id}'`,
      dependants(account, resource.id, { [token.routeTableAssociation]: ["routeTableId"] }),
      "API_DeleteRouteTable.html",
    ),
  outside: { id: idsOf("rtb"), outputs: () => ({}) },
};

export const routeTableAssociation: ResourceModel = {
  type: token.routeTableAssociation,
  required: ["routeTableId"],
  rules: [
    exactlyOneOf(["subnetId", "gatewayId"], { source: `${ec2Api}/API_AssociateRouteTable.html` }),
  ],
  references: [
    names("routeTableId", token.routeTable, "InvalidRouteTableID.NotFound", "routeTable ID"),
    names("subnetId", token.subnet, "InvalidSubnetID.NotFound", "subnet ID"),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter(
        (a) => a.outputs.subnetId !== undefined && a.outputs.subnetId === candidate.inputs.subnetId,
      )
      .map((a) => ({
        code: "Resource.AlreadyAssociated",
        message: `the specified association for route table ${String(candidate.inputs.routeTableId)} conflicts with an existing association: ${a.id}`,
        property: "subnetId",
        source: ec2ErrorsPage,
      })),
  replaceOn: ["subnetId", "gatewayId", "region"],
  outputs: (candidate) => ({ id: `rtbassoc-0${candidate.hex(16)}` }),
};

const destinations = [
  "destinationCidrBlock",
  "destinationIpv6CidrBlock",
  "destinationPrefixListId",
];

export const route: ResourceModel = {
  type: token.route,
  required: ["routeTableId"],
  rules: [
    exactlyOneOf(destinations, { source: `${ec2Api}/API_CreateRoute.html` }),
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
      { source: `${ec2Api}/API_CreateRoute.html` },
    ),
    matchesPattern(
      "destinationCidrBlock",
      /^\d+\.\d+\.\d+\.\d+\/\d+$/,
      "an IPv4 range such as 0.0.0.0/0",
      { source: `${ec2Api}/API_CreateRoute.html` },
    ),
  ],
  references: [
    names("routeTableId", token.routeTable, "InvalidRouteTableID.NotFound", "routeTable ID"),
    names("natGatewayId", token.natGateway, "InvalidNatGatewayID.NotFound", "NAT gateway"),
    names(
      "egressOnlyGatewayId",
      token.egressOnlyGateway,
      "InvalidGatewayID.NotFound",
      "egress-only internet gateway",
    ),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((r) => r.outputs.routeTableId === candidate.inputs.routeTableId)
      .filter((r) =>
        destinations.some(
          (d) =>
            textAt(r.outputs, d) !== undefined &&
            textAt(r.outputs, d) === textAt(candidate.inputs, d),
        ),
      )
      .map(() => ({
        code: "RouteAlreadyExists",
        message: "The route identified by its destination already exists.",
        source: ec2ErrorsPage,
      })),
  replaceOn: ["routeTableId", ...destinations, "region"],
  outputs: (candidate) => {
    const to = destinations.map((d) => textAt(candidate.inputs, d)).find((d) => d !== undefined);
    return {
      id: `r-${textAt(candidate.inputs, "routeTableId") ?? ""}${parseInt(candidate.hex(8), 16)}`,
      origin: "CreateRoute",
      state: "active",
      destination: to,
    };
  },
};

const endpointPage =
  "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html";

export const vpcEndpoint: ResourceModel = {
  type: token.vpcEndpoint,
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
    names("subnetIds[]", token.subnet, "InvalidSubnetId.NotFound", "subnet ID"),
    names(
      "securityGroupIds[]",
      token.securityGroup,
      "InvalidSecurityGroupId.NotFound",
      "security group ID",
    ),
    names("routeTableIds[]", token.routeTable, "InvalidRouteTableId.NotFound", "route table ID"),
  ],
  refuse: (candidate, account) => {
    const owner = account.lookup(token.vpc, textAt(candidate.inputs, "vpcId"));
    const { enableDnsSupport, enableDnsHostnames } = owner?.outputs ?? {};
    const resolves = enableDnsSupport !== false && enableDnsHostnames !== false;
    if (candidate.inputs.privateDnsEnabled !== true || resolves) return [];
    const message = `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${String(candidate.inputs.vpcId)}`;
    return [
      { code: "InvalidParameter", message, property: "privateDnsEnabled", source: endpointPage },
    ];
  },
  replaceOn: ["vpcId", "serviceName", "vpcEndpointType", "serviceRegion", "region"],
  outputs: (candidate, account) => {
    const id = `vpce-0${candidate.hex(16)}`;
    const service = textAt(candidate.inputs, "serviceName") ?? "";
    return {
      id,
      arn: ec2Arn(candidate, account, `vpc-endpoint/${id}`),
      ownerId: account.accountId,
      state: "available",
      networkInterfaceIds: textsAt(candidate.inputs, "subnetIds[]").map(
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
