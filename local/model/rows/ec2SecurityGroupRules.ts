/** Rules of security groups: as resources, and written in the group. */
import { securityGroupRuleQuota } from "../../../path/cloudfront";
import { parseCidr } from "../../../path/networks";
import { quotaUse } from "../../../path/securityGroups";
import { groupRules, peerText, readGroupRule, singleRules } from "../../../topology/securityGroups";
import type { SecurityGroupRule } from "../../../topology/types";
import { LocalResource, Refusal } from "../types";
import { arn } from "../ids";
import { numberAt, textAt } from "../props";
import { isCloudfrontList, prefixListQuotaWeight } from "../prefixLists";
import { Candidate, ResourceModel, AccountView } from "../row";
import { exactlyOneOf, matchesPattern, maxLength, range, when } from "../rules";
import { token } from "../../../topology/tokens";
import { ec2Api } from "./ec2Parts";

const source =
  "https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html";

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

type Direction = "ingress" | "egress";

const rulesOf = (
  group: Parameters<typeof groupRules>[1],
  direction: Direction,
  account: AccountView,
) => groupRules({ of: (type) => account.all(type) }, group, direction);

/**
 * Refuses what CloudFront's list makes count for more than the quota. AWS raises the quota on
 * request; without that list, who needs more rules has written them one by one.
 */
function overQuota(
  added: readonly SecurityGroupRule[],
  present: readonly SecurityGroupRule[],
  property: string,
  account: AccountView,
): Refusal[] {
  const use = (rules: readonly SecurityGroupRule[], version: 4 | 6): number =>
    quotaUse(
      [...singleRules(rules).values()].map(({ peer }) => peer),
      version,
      ({ id }) => prefixListQuotaWeight(id, account),
    );
  const named = [...present, ...added].flatMap(({ peers }) => peers);
  if (!named.some((peer) => peer.kind === "prefix-list" && isCloudfrontList(peer.id, account)))
    return [];
  return ([4, 6] as const).flatMap((version): Refusal[] => {
    const own = use(added, version);
    const used = use([...present, ...added], version);
    if (own === 0 || used <= securityGroupRuleQuota) return [];
    const hasList = added.some(({ peers }) => peers.some(({ kind }) => kind === "prefix-list"));
    const message = `The maximum number of rules per security group has been reached: ${used} of ${securityGroupRuleQuota} for IPv${version}${hasList ? `; a prefix list counts with its weight, here ${own}` : ""}.`;
    return [{ code: "RulesPerSecurityGroupLimitExceeded", message, property, source }];
  });
}

/** Refuses a group with too many rules; separate rule resources count as well. */
export function refuseInline(candidate: Candidate, account: AccountView): Refusal[] {
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const rules = rulesOf({ ...candidate, id: candidate.id ?? "" }, direction, account);
    return overQuota(rules, [], direction, account);
  });
}

function refuseRule(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs } = candidate;
  const direction = candidate.type === token.securityGroupIngress ? "ingress" : "egress";
  const group = account.lookup(token.securityGroup, textAt(inputs, "securityGroupId"));
  const present = group
    ? rulesOf(group, direction, account).filter(({ id }) => id !== candidate.id)
    : [];
  const own = readGroupRule({ ...candidate, id: "", groupId: group?.id ?? "", props: inputs });
  const refusals = overQuota([own], present, "securityGroupId", account);
  const known = singleRules(present);
  for (const [key, { peer, protocol }] of singleRules([own])) {
    if (!known.has(key)) continue;
    const message = `the specified rule "peer: ${peerText(peer)}, ${protocol.toUpperCase()}, from port: ${String(inputs.fromPort)}, to port: ${String(inputs.toPort)}, ALLOW" already exists`;
    refusals.push({
      code: "InvalidPermission.Duplicate",
      message,
      source: `${ec2Api}/errors-overview.html`,
    });
  }
  const peer = account.lookup(token.securityGroup, textAt(inputs, "referencedSecurityGroupId"));
  const [home, other] = [
    textAt(group?.outputs ?? {}, "vpcId"),
    textAt(peer?.outputs ?? {}, "vpcId"),
  ];
  if (home !== undefined && other !== undefined && home !== other) {
    const message = `You have specified two resources that belong to different networks: ${group?.id ?? ""} and ${peer?.id ?? ""}.`;
    refusals.push({
      code: "InvalidGroup.NotFound",
      message,
      property: "referencedSecurityGroupId",
      source: `${ec2Api}/errors-overview.html`,
    });
  }
  return refusals;
}

const isRange = (version: 4 | 6) => (cidr: string) => parseCidr(cidr)?.ipVersion === version;
const malformed = (page: string) => ({
  code: "InvalidParameterValue",
  message: (cidr: string) => `CIDR block ${cidr} is malformed`,
  source: `${ec2Api}/${page}`,
});
const invalid = { code: "InvalidParameterValue", source: `${ec2Api}/API_IpPermission.html` };
const hasPorts = (inputs: LocalResource["inputs"]): boolean =>
  ["tcp", "udp"].includes(textAt(inputs, "ipProtocol") ?? "");

const ruleRow = (type: string): ResourceModel => ({
  type,
  required: ["securityGroupId", "ipProtocol"],
  rules: [
    exactlyOneOf(peers, { ...invalid, code: "InvalidParameterCombination" }),
    matchesPattern(
      "ipProtocol",
      /^(tcp|udp|icmp|icmpv6|-1|\d{1,3})$/,
      "tcp, udp, icmp, icmpv6, -1 or a protocol number",
      invalid,
    ),
    matchesPattern(
      "cidrIpv4",
      isRange(4),
      "an IPv4 range such as 10.0.0.0/16",
      malformed("API_IpRange.html"),
    ),
    matchesPattern(
      "cidrIpv6",
      isRange(6),
      "an IPv6 range such as ::/0",
      malformed("API_Ipv6Range.html"),
    ),
    range("fromPort", -1, 65535, invalid),
    range("toPort", -1, 65535, invalid),
    when(
      (inputs) => hasPorts(inputs) && (!("fromPort" in inputs) || !("toPort" in inputs)),
      "fromPort",
      {
        ...invalid,
        say: "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
      },
    ),
    when(
      (inputs) => {
        const [from, to] = [numberAt(inputs, "fromPort"), numberAt(inputs, "toPort")];
        return from !== undefined && to !== undefined && hasPorts(inputs) && from > to;
      },
      "toPort",
      { ...invalid, say: "The first port is higher than the last." },
    ),
    maxLength("description", 255, {
      code: "InvalidParameterValue",
      source: `${ec2Api}/API_IpRange.html`,
    }),
  ],
  references: [
    {
      property: "securityGroupId",
      type: token.securityGroup,
      code: "InvalidGroup.NotFound",
      message: (id) => `The security group '${id}' does not exist`,
    },
    {
      property: "referencedSecurityGroupId",
      type: token.securityGroup,
      code: "InvalidGroup.NotFound",
      message: (id) => `The security group '${id}' does not exist`,
    },
    {
      property: "prefixListId",
      type: token.prefixList,
      code: "InvalidPrefixListID.NotFound",
      message: (id) => `The prefix list ID '${id}' does not exist`,
    },
  ],
  refuse: refuseRule,
  replaceOn: ["securityGroupId", "region"],
  outputs: (candidate, account) => {
    const id = `sgr-0${candidate.hex(16)}`;
    return {
      id,
      securityGroupRuleId: id,
      arn: arn("ec2", candidate.region, account.accountId, `security-group-rule/${id}`),
    };
  },
});

/** aws.vpc.SecurityGroupIngressRule */
export const ingressRule = ruleRow(token.securityGroupIngress);
/** aws.vpc.SecurityGroupEgressRule */
export const egressRule = ruleRow(token.securityGroupEgress);
