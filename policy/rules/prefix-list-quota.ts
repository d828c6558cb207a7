import { prefixListWeight, securityGroupRuleQuota } from "../../path/cloudfront";
import { sources } from "../../path/sources";
import { stackRule } from "../rule";
import { cloudfrontLists, quotaUsed, ruleEntries } from "../securityGroupWeight";
import { token } from "../../topology/tokens";

export const prefixListQuota = stackRule({
  name: "prefix-list-quota",
  description: `The rules of a security group stay within its quota of ${securityGroupRuleQuota}; CloudFront's prefix list counts ${prefixListWeight} on each port.`,
  severity: "critical",
  level: "mandatory",
  remediation:
    "Admit CloudFront's prefix list on one port only, or give the load balancer a second security group.",
  source: sources.prefixLists,
  subjects: (stack) => stack.of(token.securityGroup),
  check: (group, stack) =>
    (["ingress", "egress"] as const).flatMap((direction) => {
      const entries = ruleEntries(stack, group, direction);
      const weight = quotaUsed(entries, cloudfrontLists(stack, group, entries), stack);
      if (weight <= securityGroupRuleQuota) return [];
      const message = `The security group ${group.name} holds ${weight} ${direction} rules of its quota of ${securityGroupRuleQuota} (each port with CloudFront's prefix list counts ${prefixListWeight}): AWS refuses with RulesPerSecurityGroupLimitExceeded.`;
      return [{ urn: group.urn, message }];
    }),
});
