/** VPCs and what is in them: subnets, routes, gateways, endpoints. */
import {
  cidrContains,
  cidrsOverlap,
  parseNetwork,
  type AddressRange,
} from "../../../path/networks";
import { LocalResource, Props, Refusal } from "../types";
import { refusedVpcRange } from "../../../path/vpcs";
import { arn, idsOf } from "../ids";
import { textAt, textsAt } from "../props";
import { Candidate, others, InputReference, ResourceModel, AccountView } from "../row";
import { exactlyOneOf } from "../rules";
import { token } from "../../../topology/tokens";
import { zoneIdOfName, zoneOfId, zonesOf, zonesRegions } from "../zones";

export const ec2Api = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
export const ec2ErrorsPage = `${ec2Api}/errors-overview.html`;
const cidrPage = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const subnetPage = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";

export const ec2Arn = (candidate: Candidate, account: AccountView, resource: string): string =>
  arn("ec2", candidate.region, account.accountId, resource);

/** A property that names something of EC2 by id. */
export const names = (
  property: string,
  type: string,
  code: string,
  what: string,
): InputReference => ({
  property,
  type,
  code,
  source: ec2ErrorsPage,
  message: (id) => `The ${what} '${id}' does not exist`,
});

export const vpcReference = names("vpcId", token.vpc, "InvalidVpcID.NotFound", "vpc ID");

/** Resources that refer to one of these properties, by type. */
export function dependants(
  account: AccountView,
  id: string,
  where: Readonly<Record<string, readonly string[]>>,
): LocalResource[] {
  return Object.entries(where).flatMap(([type, paths]) =>
    account
      .all(type)
      .filter((r) => r.urn !== "" && paths.some((path) => textsAt(r.outputs, path).includes(id))),
  );
}

export const violation = (
  what: string,
  found: readonly LocalResource[],
  page: string,
): Refusal[] => {
  if (found.length === 0) return [];
  const by = found.map((r) => `${r.type} '${r.name}'`).join(", ");
  return [
    {
      code: "DependencyViolation",
      message: `The ${what} has dependencies and cannot be deleted: ${by}.`,
      source: `${ec2Api}/${page}`,
    },
  ];
};

/** The IPv4 range of a VPC or a subnet; undefined where there is none, or one with host bits. */
function blockOf(outputs: Props): AddressRange | undefined {
  const range = parseNetwork(textAt(outputs, "cidrBlock") ?? "");
  return range?.ipVersion === 4 ? range : undefined;
}

/** A range of so many bits, without host bits. */
function refuseRange(candidate: Candidate, code: string, source: string): Refusal[] {
  const cidr = textAt(candidate.inputs, "cidrBlock");
  if (cidr === undefined) return [];
  const range = blockOf(candidate.inputs);
  if (range && range.prefix >= 16 && range.prefix <= 28) return [];
  const message = `The CIDR '${cidr}' is invalid: it is written 10.0.0.0/16, without host bits, and has /16 to /28.`;
  return [{ code, message, property: "cidrBlock", source }];
}

function refuseReserved({ inputs }: Candidate): Refusal[] {
  const cidr = textAt(inputs, "cidrBlock") ?? "";
  const range = refusedVpcRange(cidr);
  if (range === undefined) return [];
  const message = `The CIDR '${cidr}' is invalid: AWS takes no range of ${range} for a VPC.`;
  return [{ code: "InvalidVpc.Range", message, property: "cidrBlock", source: cidrPage }];
}

const ipv6Page = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html";

/** The /56 that AWS gives a VPC; here of the range for documentation. */
function ipv6Of(candidate: Candidate): Props {
  if (candidate.inputs.assignGeneratedIpv6CidrBlock !== true) return {};
  return {
    ipv6CidrBlock: `2001:db8:${candidate.hex(4, "ipv6")}:${candidate.hex(2, "ipv6 56")}00::/56`,
    ipv6AssociationId: `vpc-cidr-assoc-0${candidate.hex(16, "ipv6")}`,
  };
}

/** AWS takes a range back only once nothing uses it. */
function refuseIpv6Loss({ id, inputs }: Candidate, account: AccountView): Refusal[] {
  if (id === undefined || inputs.assignGeneratedIpv6CidrBlock === true) return [];
  const users = dependants(account, id, { [token.subnet]: ["vpcId"] }).filter(
    ({ outputs }) => textAt(outputs, "ipv6CidrBlock") !== undefined,
  );
  if (users.length === 0) return [];
  return [
    {
      code: "DependencyViolation",
      message: `The IPv6 range of ${id} is used by ${users.map(({ name }) => name).join(", ")}.`,
      property: "assignGeneratedIpv6CidrBlock",
      source: `${ec2Api}/API_DisassociateVpcCidrBlock.html`,
    },
  ];
}

export const vpc: ResourceModel = {
  type: token.vpc,
  defaults: () => ({
    enableDnsSupport: true,
    enableDnsHostnames: false,
    instanceTenancy: "default",
    assignGeneratedIpv6CidrBlock: false,
  }),
  rules: [
    exactlyOneOf(["cidrBlock", "ipv4IpamPoolId"], { code: "MissingParameter", source: cidrPage }),
  ],
  refuse: (candidate, account) => [
    ...refuseRange(candidate, "InvalidVpc.Range", cidrPage),
    ...refuseReserved(candidate),
    ...refuseIpv6Loss(candidate, account),
  ],
  recomputed: ["ipv6CidrBlock", "ipv6AssociationId"],
  replaceOn: ["cidrBlock", "ipv4IpamPoolId", "region"],
  outputs: (candidate, account) => {
    const id = `vpc-0${candidate.hex(16)}`;
    return {
      id,
      arn: ec2Arn(candidate, account, `vpc/${id}`),
      ownerId: account.accountId,
      mainRouteTableId: `rtb-0${candidate.hex(16, "main")}`,
      defaultRouteTableId: `rtb-0${candidate.hex(16, "main")}`,
      defaultSecurityGroupId: `sg-0${candidate.hex(16, "default")}`,
      defaultNetworkAclId: `acl-0${candidate.hex(16, "acl")}`,
      ...ipv6Of(candidate),
    };
  },
  inUse: (resource, account) =>
    violation(
      `vpc '${resource.id}'`,
      dependants(account, resource.id, {
        [token.subnet]: ["vpcId"],
        [token.securityGroup]: ["vpcId"],
        [token.internetGateway]: ["vpcId"],
        [token.egressOnlyGateway]: ["vpcId"],
        [token.vpcEndpoint]: ["vpcId"],
        [token.routeTable]: ["vpcId"],
      }),
      "API_DeleteVpc.html",
    ),
  outside: {
    id: idsOf("vpc"),
    outputs: (id, account) => ({
      arn: arn("ec2", account.region, account.accountId, `vpc/${id}`),
      region: account.region,
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
    }),
    assumed: ["cidrBlock", "enableDnsSupport", "enableDnsHostnames"],
  },
};

/** True for a zone name of a region. Older accounts have zones, and letters, that new ones do not. */
const mayBeIn = (region: string, zone: string): boolean =>
  zone.startsWith(region) && /^(?:[a-f]|-.+)$/.test(zone.slice(region.length));

function refuseSubnet(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs, region } = candidate;
  const refusals = refuseRange(candidate, "InvalidSubnet.Range", subnetPage);
  const cidr = textAt(inputs, "cidrBlock") ?? "";
  const own = blockOf(inputs);
  const owner = account.lookup(token.vpc, textAt(inputs, "vpcId"));
  // The range of a VPC from outside the program is not known.
  const ofVpc = owner?.urn === "" ? {} : (owner?.outputs ?? {});
  const whole = blockOf(ofVpc);
  if (own && whole && !cidrContains(whole, own)) {
    const message = `The CIDR '${cidr}' is invalid: it is not within ${textAt(ofVpc, "cidrBlock") ?? ""} of the VPC.`;
    refusals.push({
      code: "InvalidSubnet.Range",
      message,
      property: "cidrBlock",
      source: subnetPage,
    });
  }
  const siblings = others(candidate, account).filter(({ urn }) => urn !== "");
  for (const sibling of siblings.filter((s) => s.outputs.vpcId === owner?.id)) {
    const range = blockOf(sibling.outputs);
    if (!own || !range || !cidrsOverlap(own, range)) continue;
    const message = `The CIDR '${cidr}' conflicts with another subnet: ${sibling.name} (${textAt(sibling.outputs, "cidrBlock") ?? ""})`;
    refusals.push({
      code: "InvalidSubnet.Conflict",
      message,
      property: "cidrBlock",
      source: subnetPage,
    });
  }
  refusals.push(...refuseSubnetIpv6(candidate, ofVpc, siblings));
  const zone = textAt(inputs, "availabilityZone");
  const offered = zonesOf(region).map((z) => z.name);
  // Where no region is set, or none whose zones are listed, any zone may be there.
  if (zone !== undefined && zonesRegions.includes(region) && !mayBeIn(region, zone)) {
    const message = `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${offered.join(", ")}.`;
    refusals.push({
      code: "InvalidParameterValue",
      message,
      property: "availabilityZone",
      source: `${ec2Api}/API_CreateSubnet.html`,
    });
  }
  return refusals;
}

/** An IPv6 range of a subnet: a /64 of the VPC's, and no other subnet's. */
function refuseSubnetIpv6(
  { inputs }: Candidate,
  ofVpc: Props,
  siblings: readonly LocalResource[],
): Refusal[] {
  const property = "ipv6CidrBlock";
  const text = textAt(inputs, property);
  const refusal = (code: string, message: string): Refusal[] => [
    { code, message, property, source: ipv6Page },
  ];
  if (text === undefined) {
    if (inputs.assignIpv6AddressOnCreation !== true) return [];
    return refusal(
      "InvalidParameterValue",
      "The subnet has no IPv6 range, from which interfaces could get addresses (assignIpv6AddressOnCreation).",
    );
  }
  const own = parseNetwork(text);
  if (own?.ipVersion !== 6 || own.prefix < 44 || own.prefix > 64 || own.prefix % 4 !== 0)
    return refusal("InvalidSubnet.Range", `The CIDR '${text}' is invalid: it has /44 to /64.`);
  const whole = parseNetwork(textAt(ofVpc, property) ?? "");
  if (ofVpc.cidrBlock !== undefined && (whole === undefined || !cidrContains(whole, own)))
    return refusal("InvalidSubnet.Range", `The CIDR '${text}' is not within the VPC's IPv6 range.`);
  const other = siblings.find(({ outputs }) => {
    const range = parseNetwork(textAt(outputs, property) ?? "");
    return range !== undefined && cidrsOverlap(own, range);
  });
  if (other === undefined) return [];
  return refusal(
    "InvalidSubnet.Conflict",
    `The CIDR '${text}' conflicts with another subnet: ${other.name}`,
  );
}

export const subnet: ResourceModel = {
  type: token.subnet,
  required: ["vpcId"],
  defaults: () => ({ mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false }),
  references: [vpcReference],
  refuse: refuseSubnet,
  replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "region"],
  outputs: (candidate, account) => {
    const id = `subnet-0${candidate.hex(16)}`;
    return {
      id,
      arn: ec2Arn(candidate, account, `subnet/${id}`),
      ownerId: account.accountId,
      ...zoneOf(candidate, account),
    };
  },
  inUse: (resource, account) =>
    violation(
      `subnet '${resource.id}'`,
      dependants(account, resource.id, {
        [token.loadBalancer]: ["subnets[]"],
        [token.natGateway]: ["subnetId"],
        [token.service]: ["networkConfiguration.subnets[]"],
        [token.vpcEndpoint]: ["subnetIds[]"],
      }),
      "API_DeleteSubnet.html",
    ),
  outside: {
    id: idsOf("subnet"),
    outputs: (id, account) => outsideSubnet(id, account),
    assumed: ["availabilityZone", "availabilityZoneId", "vpcId", "cidrBlock"],
  },
};

/** The zone that the program names, by name or by id, or else one that AWS chooses. */
function zoneOf({ inputs, region }: Candidate, account: AccountView): Props {
  const [name, id] = [textAt(inputs, "availabilityZone"), textAt(inputs, "availabilityZoneId")];
  if (id !== undefined)
    return { availabilityZone: name ?? zoneOfId(id, region), availabilityZoneId: id };
  if (name !== undefined) return { availabilityZone: name, availabilityZoneId: zoneIdOfName(name) };
  const zones = zonesOf(region);
  const siblings = account.all(token.subnet).filter((s) => s.outputs.vpcId === inputs.vpcId);
  const chosen = zones[siblings.length % zones.length];
  return { availabilityZone: chosen?.name, availabilityZoneId: chosen?.id };
}

/**
 * Given subnets have separate ranges, in the order in which they are first named. Their zones
 * are only assumed, so that nothing is refused because of them.
 */
function outsideSubnet(id: string, account: AccountView): Props {
  const rank = account.all(token.subnet).filter((s) => s.urn === "").length;
  const zones = zonesOf(account.region);
  const zone = zones[rank % zones.length]?.name ?? "";
  const owner = account.all(token.vpc).find((v) => v.urn === "");
  return {
    arn: arn("ec2", account.region, account.accountId, `subnet/${id}`),
    region: account.region,
    availabilityZone: zone,
    availabilityZoneId: zoneIdOfName(zone),
    vpcId: owner?.id,
    cidrBlock: `10.0.${rank % 256}.0/24`,
  };
}
