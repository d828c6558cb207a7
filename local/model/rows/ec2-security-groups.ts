/** Security groups and their rules. */
import { securityGroupRuleQuota } from "../../../path/cloudfront";
import { parseCidr } from "../../../path/networks";
import { LocalResource, Refusal } from "../../types";
import { arn } from "../ids";
import { number, text, texts } from "../props";
import { prefixListWeight } from "../prefix-lists";
import { Candidate, others, Row, World } from "../row";
import { exactlyOneOf, matches, maxLength, range, when } from "../rules";
import { token } from "../../../topology/tokens";
import { vpcReference } from "./ec2";

const api = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const quotaPage = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const prefixListPage =
  "https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html";

function users(group: LocalResource, world: World): LocalResource[] {
  const named = (type: string, path: string): LocalResource[] =>
    world.all(type).filter((r) => r.id !== group.id && texts(r.outputs, path).includes(group.id));
  const rules = [token.securityGroupIngress, token.securityGroupEgress].flatMap((type) =>
    named(type, "referencedSecurityGroupId"),
  );
  return [
    ...named(token.loadBalancer, "securityGroups[]"),
    ...named(token.service, "networkConfiguration.securityGroups[]"),
    ...named(token.vpcEndpoint, "securityGroupIds[]"),
    ...rules.filter((rule) => rule.outputs.securityGroupId !== group.id),
  ];
}

export const securityGroup: Row = {
  type: token.securityGroup,
  autoName: { property: "name", maxLength: 255 },
  defaults: () => ({ description: "Managed by Pulumi" }),
  rules: [
    maxLength("name", 255, { source: `${api}/API_CreateSecurityGroup.html` }),
    matches("name", /^(?!sg-)/, "a name", {
      code: "InvalidParameterValue",
      message: (n) => `Security group names can't begin with "sg-": ${n}`,
      source: `${api}/API_CreateSecurityGroup.html`,
    }),
    matches(
      "description",
      /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
      "a description of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
      { code: "InvalidParameterValue", source: `${api}/API_CreateSecurityGroup.html` },
    ),
  ],
  references: [vpcReference],
  refuse: (candidate, world) =>
    others(candidate, world)
      .filter(
        (g) =>
          g.outputs.name === candidate.inputs.name && g.outputs.vpcId === candidate.inputs.vpcId,
      )
      .map((g) => ({
        code: "InvalidGroup.Duplicate",
        message: `The security group '${String(g.outputs.name)}' already exists for VPC '${String(g.outputs.vpcId)}'`,
        property: "name",
        source: `${api}/API_CreateSecurityGroup.html`,
      })),
  replaceOn: ["name", "namePrefix", "description", "vpcId", "region"],
  outputs: (candidate, world) => {
    const id = `sg-0${candidate.hex(16)}`;
    return {
      id,
      arn: arn("ec2", candidate.region, world.accountId, `security-group/${id}`),
      ownerId: world.accountId,
    };
  },
  inUse: (group, world) => {
    const found = users(group, world);
    if (found.length === 0) return [];
    const message = `resource ${group.id} has a dependent object: ${found.map((r) => `${r.type} '${r.name}'`).join(", ")}`;
    return [
      { code: "DependencyViolation", message, source: `${api}/API_DeleteSecurityGroup.html` },
    ];
  },
  outside: { id: /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/, outputs: () => ({}) },
};

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

const identity = (inputs: LocalResource["outputs"]): string =>
  JSON.stringify([
    ...["securityGroupId", "ipProtocol", ...peers].map((key) => text(inputs, key)),
    ...["fromPort", "toPort"].map((key) => number(inputs, key)),
  ]);

/** What a rule takes of the quota: one, or the weight of its prefix list; per IP version. */
function weight(inputs: LocalResource["outputs"], version: 4 | 6, world: World): number {
  const list = text(inputs, "prefixListId");
  if (list !== undefined) return prefixListWeight(list, version, world);
  if (text(inputs, "cidrIpv4") !== undefined) return version === 4 ? 1 : 0;
  if (text(inputs, "cidrIpv6") !== undefined) return version === 6 ? 1 : 0;
  return 1; // A referenced security group counts once in both.
}

function refuse(candidate: Candidate, world: World): Refusal[] {
  const { inputs } = candidate;
  const siblings = others(candidate, world).filter(
    (r) => r.outputs.securityGroupId === inputs.securityGroupId,
  );
  const refusals: Refusal[] = [];
  if (siblings.some((rule) => identity(rule.outputs) === identity(inputs))) {
    const peer = peers.map((key) => text(inputs, key)).find((value) => value !== undefined);
    const message = `the specified rule "peer: ${peer ?? ""}, ${String(inputs.ipProtocol).toUpperCase()}, from port: ${String(inputs.fromPort)}, to port: ${String(inputs.toPort)}, ALLOW" already exists`;
    refusals.push({
      code: "InvalidPermission.Duplicate",
      message,
      source: `${api}/errors-overview.html`,
    });
  }
  for (const version of [4, 6] as const) {
    const own = weight(inputs, version, world);
    const used = siblings.reduce((sum, rule) => sum + weight(rule.outputs, version, world), own);
    if (own === 0 || used <= securityGroupRuleQuota) continue;
    const message = `The maximum number of rules per security group has been reached: ${used} of ${securityGroupRuleQuota} for IPv${version}${own > 1 ? `; a prefix list counts with its weight, here ${own}` : ""}.`;
    refusals.push({
      code: "RulesPerSecurityGroupLimitExceeded",
      message,
      property: "securityGroupId",
      source: own > 1 ? prefixListPage : quotaPage,
    });
  }
  const group = world.lookup(token.securityGroup, text(inputs, "securityGroupId"));
  const peer = world.lookup(token.securityGroup, text(inputs, "referencedSecurityGroupId"));
  const [own, other] = [text(group?.outputs ?? {}, "vpcId"), text(peer?.outputs ?? {}, "vpcId")];
  if (own !== undefined && other !== undefined && own !== other) {
    const message = `You have specified two resources that belong to different networks: ${group?.id ?? ""} and ${peer?.id ?? ""}.`;
    refusals.push({
      code: "InvalidGroup.NotFound",
      message,
      property: "referencedSecurityGroupId",
      source: `${api}/errors-overview.html`,
    });
  }
  return refusals;
}

const isRange = (version: 4 | 6) => (cidr: string) => parseCidr(cidr)?.ipVersion === version;

const ruleRow = (type: string): Row => ({
  type,
  required: ["securityGroupId", "ipProtocol"],
  rules: [
    exactlyOneOf(peers, {
      code: "InvalidParameterCombination",
      source: `${api}/API_IpPermission.html`,
    }),
    matches(
      "ipProtocol",
      /^(tcp|udp|icmp|icmpv6|-1|\d{1,3})$/,
      "tcp, udp, icmp, icmpv6, -1 or a protocol number",
      { code: "InvalidParameterValue", source: `${api}/API_IpPermission.html` },
    ),
    matches("cidrIpv4", isRange(4), "an IPv4 range such as 10.0.0.0/16", {
      code: "InvalidParameterValue",
      message: (v) => `CIDR block ${v} is malformed`,
      source: `${api}/API_IpRange.html`,
    }),
    matches("cidrIpv6", isRange(6), "an IPv6 range such as ::/0", {
      code: "InvalidParameterValue",
      message: (v) => `CIDR block ${v} is malformed`,
      source: `${api}/API_Ipv6Range.html`,
    }),
    range("fromPort", -1, 65535, {
      code: "InvalidParameterValue",
      source: `${api}/API_IpPermission.html`,
    }),
    range("toPort", -1, 65535, {
      code: "InvalidParameterValue",
      source: `${api}/API_IpPermission.html`,
    }),
    when(
      (inputs) =>
        ["tcp", "udp"].includes(text(inputs, "ipProtocol") ?? "") &&
        (!("fromPort" in inputs) || !("toPort" in inputs)),
      "fromPort",
      {
        code: "InvalidParameterValue",
        say: "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
        source: `${api}/API_IpPermission.html`,
      },
    ),
    when(
      (inputs) => {
        const [from, to] = [number(inputs, "fromPort"), number(inputs, "toPort")];
        return (
          from !== undefined &&
          to !== undefined &&
          ["tcp", "udp"].includes(text(inputs, "ipProtocol") ?? "") &&
          from > to
        );
      },
      "toPort",
      {
        code: "InvalidParameterValue",
        say: "The first port is higher than the last.",
        source: `${api}/API_IpPermission.html`,
      },
    ),
    maxLength("description", 255, {
      code: "InvalidParameterValue",
      source: `${api}/API_IpRange.html`,
    }),
  ],
  references: [
    {
      ...{ property: "securityGroupId", type: token.securityGroup, code: "InvalidGroup.NotFound" },
      message: (id) => `The security group '${id}' does not exist`,
    },
    {
      ...{
        property: "referencedSecurityGroupId",
        type: token.securityGroup,
        code: "InvalidGroup.NotFound",
      },
      message: (id) => `The security group '${id}' does not exist`,
    },
    {
      ...{ property: "prefixListId", type: token.prefixList, code: "InvalidPrefixListID.NotFound" },
      message: (id) => `The prefix list ID '${id}' does not exist`,
    },
  ],
  refuse,
  replaceOn: ["securityGroupId", "region"],
  outputs: (candidate, world) => {
    const id = `sgr-0${candidate.hex(16)}`;
    return {
      id,
      securityGroupRuleId: id,
      arn: arn("ec2", candidate.region, world.accountId, `security-group-rule/${id}`),
    };
  },
});

export const ingressRule = ruleRow(token.securityGroupIngress);
export const egressRule = ruleRow(token.securityGroupEgress);
