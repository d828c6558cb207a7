/** VPCs, subnets, routes and security groups. */
import * as t from "../../../../local/model/tokens";
import { make, type Scene } from "../scene";
import type { Case } from "./case";

function associated(s: Scene): string {
  const inputs = { routeTableId: s.ids.table, subnetId: s.ids.subnetB };
  make(s.account, t.ROUTE_TABLE_ASSOCIATION, "first", inputs);
  return s.ids.subnetB ?? "";
}

function managed(s: Scene): string {
  const vpcId = s.ids.otherVpc ?? "";
  make(s.account, t.DEFAULT_SECURITY_GROUP, "first", { vpcId });
  return vpcId;
}

export const networks: readonly Case[] = [
  {
    what: "the same rule twice",
    type: t.INGRESS_RULE,
    wrong: () => ({ cidrIpv4: "192.0.2.0/24" }),
    code: "InvalidPermission.Duplicate",
    says: /from port: 443, to port: 443, ALLOW/,
  },
  {
    what: "two peers",
    type: t.INGRESS_RULE,
    wrong: () => ({ cidrIpv6: "::/0" }),
    code: "InvalidParameterCombination",
  },
  {
    what: "no peer",
    type: t.INGRESS_RULE,
    wrong: () => ({ cidrIpv4: undefined }),
    code: "InvalidParameterCombination",
  },
  {
    what: "a malformed range",
    type: t.INGRESS_RULE,
    wrong: () => ({ cidrIpv4: "10.0.0.0/33" }),
    code: "InvalidParameterValue",
    says: /malformed/,
  },
  {
    what: "TCP without ports",
    type: t.INGRESS_RULE,
    wrong: () => ({ toPort: undefined }),
    code: "InvalidParameterValue",
    says: /from and to ports/,
  },
  {
    what: "a peer in another VPC",
    type: t.EGRESS_RULE,
    wrong: (s) => ({ referencedSecurityGroupId: s.ids.otherGroup }),
    code: "InvalidGroup.NotFound",
    says: /different networks/,
  },
  {
    what: "a prefix list that does not exist",
    type: t.INGRESS_RULE,
    wrong: () => ({ cidrIpv4: undefined, prefixListId: "cloudfront" }),
    code: "InvalidPrefixListID.NotFound",
  },
  {
    what: "a description with a quote",
    type: t.SECURITY_GROUP,
    wrong: () => ({ description: "it's" }),
    code: "InvalidParameterValue",
  },
  {
    what: "host bits in a VPC's range",
    type: t.VPC,
    wrong: () => ({ cidrBlock: "10.0.0.1/16" }),
    code: "InvalidVpc.Range",
  },
  {
    what: "a /8",
    type: t.VPC,
    wrong: () => ({ cidrBlock: "10.0.0.0/8" }),
    code: "InvalidVpc.Range",
  },
  {
    what: "a subnet outside of its VPC",
    type: t.SUBNET,
    wrong: () => ({ cidrBlock: "10.1.0.0/24" }),
    code: "InvalidSubnet.Range",
  },
  {
    what: "overlapping subnets",
    type: t.SUBNET,
    wrong: () => ({ cidrBlock: "10.0.1.128/25" }),
    code: "InvalidSubnet.Conflict",
  },
  {
    what: "a zone of another region",
    type: t.SUBNET,
    wrong: () => ({ availabilityZone: "us-east-1a" }),
    code: "InvalidParameterValue",
  },
  {
    what: "a second internet gateway",
    type: t.INTERNET_GATEWAY,
    wrong: (s) => ({ vpcId: s.ids.vpc }),
    code: "Resource.AlreadyAssociated",
  },
  {
    what: "a VPC's default group for a second time",
    type: t.DEFAULT_SECURITY_GROUP,
    wrong: (s) => ({ vpcId: managed(s) }),
    code: "DuplicateDefaultSecurityGroup",
  },
  {
    what: "a second route table for a subnet",
    type: t.ROUTE_TABLE_ASSOCIATION,
    wrong: (s) => ({ subnetId: associated(s) }),
    code: "Resource.AlreadyAssociated",
  },
  {
    what: "two destinations",
    type: t.ROUTE,
    wrong: () => ({ destinationIpv6CidrBlock: "::/0" }),
    code: "ValidationError",
  },
  {
    what: "a route with two ways",
    type: t.ROUTE,
    wrong: () => ({ natGatewayId: "nat-0" }),
    code: "ValidationError",
  },
  {
    what: "a NAT gateway without a subnet",
    type: t.NAT_GATEWAY,
    wrong: () => ({ subnetId: "subnet-nowhere" }),
    code: "InvalidSubnetID.NotFound",
  },
  {
    what: "private names where the VPC has none",
    type: t.VPC_ENDPOINT,
    wrong: (s) => ({ vpcId: s.ids.otherVpc, subnetIds: [s.ids.otherSubnet] }),
    code: "InvalidParameter",
  },
];
