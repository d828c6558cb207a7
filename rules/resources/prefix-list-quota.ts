import { prefixListWeight, securityGroupRuleQuota } from "../../path/cloudfront";
import { ingressOverQuota } from "../../path/rules";
import { sources } from "../../path/sources";
import { overQuota } from "../../topology/stack/securityGroupWeight";
import { token } from "../../topology/tokens";
import { type Fault, type StackFault, stackRule } from "../rule";

const code = "RulesPerSecurityGroupLimitExceeded";
const counts = `CloudFront's prefix list counts ${prefixListWeight} on each port.`;

export const prefixListQuota = stackRule({
  code: "prefix-list-quota",
  severity: "error",
  holds: `A security group with CloudFront's prefix list, which counts ${prefixListWeight} on each port, stays within its quota of ${securityGroupRuleQuota} rules.`,
  fix: "Admit CloudFront's prefix list on one port only, or give the load balancer a second security group.",
  source: sources.prefixLists,
  refusedAs: { code, message: /^The maximum number of rules/ },
  subjects: (stack) => stack.of(token.securityGroup),
  check: (group, stack) =>
    overQuota(stack, group, true).map(({ direction, used }): StackFault => ({
      urn: group.urn,
      message: `The security group ${group.name} holds ${used} ${direction} rules, over its quota of ${securityGroupRuleQuota}: AWS refuses with ${code}. ${counts}`,
      fix: `Admit CloudFront's prefix list on one port of the aws.ec2.SecurityGroup ${group.name} only, or give the load balancer a second security group.`,
    })),
  planned: (spec) =>
    ingressOverQuota(spec, true).map(({ ipVersion, used }): Fault => ({
      message: `The load balancer's security group would hold ${used} IPv${ipVersion} ingress rules, over its quota of ${securityGroupRuleQuota}: AWS refuses with ${code}. ${counts}`,
      settings: spec.listener.redirectsHttp
        ? `Open one port, not ${spec.listener.port} and 80: leave the redirect listener out (viewers.redirectHttp: false).`
        : "Admit fewer ranges, or larger ones, in viewers.allowedCidrs.",
    })),
});
