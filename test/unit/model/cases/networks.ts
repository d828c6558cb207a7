/** VPCs, subnets, routes and security groups. */
import { token } from "../../../../topology/tokens";
import { make, type Scene } from "../scene";
import type { Case } from "./case";

function associated(s: Scene): string {
  const inputs = { routeTableId: s.ids.table, subnetId: s.ids.subnetB };
  make(s.account, token.routeTableAssociation, "first", inputs);
  return s.ids.subnetB ?? "";
}

function managed(s: Scene): string {
  const vpcId = s.ids.otherVpc ?? "";
  make(s.account, token.defaultSecurityGroup, "first", { vpcId });
  return vpcId;
}

export const networks: readonly Case[] = [
  {
    what: "the same rule twice",
    type: token.securityGroupIngress,
    wrong: () => ({ cidrIpv4: "192.0.2.0/24" }),
    code: "InvalidPermission.Duplicate",
    says: /from port: 443, to port: 443, ALLOW/,
  },
  {
    what: "two peers",
    type: token.securityGroupIngress,
    wrong: () => ({ cidrIpv6: "::/0" }),
    code: "InvalidParameterCombination",
  },
  {
    what: "no peer",
    type: token.securityGroupIngress,
    wrong: () => ({ cidrIpv4: undefined }),
    code: "InvalidParameterCombination",
  },
  {
    what: "a malformed range",
    type: token.securityGroupIngress,
    wrong: () => ({ cidrIpv4: "10.0.0.0/33" }),
    code: "InvalidParameterValue",
    says: /malformed/,
  },
  {
    what: "TCP without ports",
    type: token.securityGroupIngress,
    wrong: () => ({ toPort: undefined }),
    code: "InvalidParameterValue",
    says: /from and to ports/,
  },
  {
    what: "a peer in another VPC",
    type: token.securityGroupEgress,
    wrong: (s) => ({ referencedSecurityGroupId: s.ids.otherGroup }),
    code: "InvalidGroup.NotFound",
    says: /different networks/,
  },
  {
    what: "a prefix list that does not exist",
    type: token.securityGroupIngress,
    wrong: () => ({ cidrIpv4: undefined, prefixListId: "cloudfront" }),
    code: "InvalidPrefixListID.NotFound",
  },
  {
    what: "a description with a quote",
    type: token.securityGroup,
    wrong: () => ({ description: "it's" }),
    code: "InvalidParameterValue",
  },
  {
    what: "host bits in a VPC's range",
    type: token.vpc,
    wrong: () => ({ cidrBlock: "10.0.0.1/16" }),
    code: "InvalidVpc.Range",
  },
  {
    what: "a /8",
    type: token.vpc,
    wrong: () => ({ cidrBlock: "10.0.0.0/8" }),
    code: "InvalidVpc.Range",
  },
  ...["0.0.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "230.0.0.0/16"].map((cidrBlock) => ({
    what: `a VPC of ${cidrBlock}`,
    type: token.vpc,
    wrong: () => ({ cidrBlock }),
    code: "InvalidVpc.Range",
    says: /takes no range of/,
  })),
  {
    what: "a subnet outside of its VPC",
    type: token.subnet,
    wrong: () => ({ cidrBlock: "10.1.0.0/24" }),
    code: "InvalidSubnet.Range",
  },
  {
    what: "overlapping subnets",
    type: token.subnet,
    wrong: () => ({ cidrBlock: "10.0.1.128/25" }),
    code: "InvalidSubnet.Conflict",
  },
  {
    what: "a zone of another region",
    type: token.subnet,
    wrong: () => ({ availabilityZone: "us-east-1a" }),
    code: "InvalidParameterValue",
  },
  {
    what: "a second internet gateway",
    type: token.internetGateway,
    wrong: (s) => ({ vpcId: s.ids.vpc }),
    code: "Resource.AlreadyAssociated",
  },
  {
    what: "an egress-only gateway outside of a VPC",
    type: token.egressOnlyGateway,
    wrong: (s) => ({ vpcId: s.ids.subnetA }),
    code: "InvalidVpcID.NotFound",
  },
  {
    what: "a VPC's default group for a second time",
    type: token.defaultSecurityGroup,
    wrong: (s) => ({ vpcId: managed(s) }),
    code: "DuplicateDefaultSecurityGroup",
  },
  {
    what: "a second route table for a subnet",
    type: token.routeTableAssociation,
    wrong: (s) => ({ subnetId: associated(s) }),
    code: "Resource.AlreadyAssociated",
  },
  {
    what: "two destinations",
    type: token.route,
    wrong: () => ({ destinationIpv6CidrBlock: "::/0" }),
    code: "ValidationError",
  },
  {
    what: "a route with two ways",
    type: token.route,
    wrong: () => ({ natGatewayId: "nat-0" }),
    code: "ValidationError",
  },
  {
    what: "an id of something else for a subnet",
    type: token.natGateway,
    wrong: () => ({ subnetId: "vpc-0123456789abcdef0" }),
    code: "InvalidSubnetID.NotFound",
  },
  {
    what: "private names where the VPC has none",
    type: token.vpcEndpoint,
    wrong: (s) => ({ vpcId: s.ids.otherVpc, subnetIds: [s.ids.otherSubnet] }),
    code: "InvalidParameter",
  },
];
