/** VPCs and what is in them: subnets, routes, gateways, endpoints. */
import {
  cidrContains,
  cidrsOverlap,
  parseNetwork,
  type AddressRange,
} from "../../../path/networks";
import { Props, Refusal } from "../types";
import { refusedVpcRange } from "../../../path/vpcs";
import { arn, idsOf } from "../ids";
import { textAt } from "../props";
import { Candidate, others, ResourceModel, AccountView } from "../row";
import { exactlyOneOf } from "../rules";
import { token } from "../../../topology/tokens";
import { dependants, ec2Api, ec2Arn, violation, vpcReference } from "./ec2Parts";
import { ipv6Of, refuseIpv6Loss, refuseSubnetIpv6 } from "./ec2Ipv6";
import { zoneIdOfName, zoneOfId, zonesOf, zonesRegions } from "../zones";

const cidrPage = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const subnetPage = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";

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
    availabilityZone: zone,
    availabilityZoneId: zoneIdOfName(zone),
    vpcId: owner?.id,
    cidrBlock: `10.0.${rank % 256}.0/24`,
  };
}
