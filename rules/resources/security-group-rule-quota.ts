import { securityGroupRuleQuota as quota } from "../../path/cloudfront";
import { ingressOverQuota } from "../../path/rules";
import { sources } from "../../path/sources";
import { overQuota } from "../../topology/stack/securityGroupWeight";
import { token } from "../../topology/tokens";
import { type Fault, type StackFault, stackRule } from "../rule";

const refused = `unless AWS has raised the quota of ${quota} for this account, it refuses those beyond it with RulesPerSecurityGroupLimitExceeded.`;
const raise = "Ask AWS for a higher quota of rules per security group (L-0EA8095F)";

const settings = {
  ingress: `${raise}, or admit fewer ranges, or larger ones, in viewers.allowedCidrs.`,
  egress: `${raise}, or put some of the services at another load balancer.`,
};

/** Before there are resources: the rules by which the load balancer may call each service's tasks. */
export function tooManyEgressRules(used: number): Fault | undefined {
  if (used <= quota) return undefined;
  return {
    message: `The load balancer's security group gets ${used} egress rules, one for the tasks of each service: ${refused}`,
    settings: settings.egress,
  };
}

export const securityGroupRuleQuota = stackRule({
  code: "security-group-rule-quota",
  severity: "warning",
  holds: `A security group has at most ${quota} rules in each direction, as long as AWS has not raised the quota.`,
  fix: "Ask AWS for a higher quota of rules per security group, write fewer rules with larger ranges, or split them between two security groups.",
  source: sources.vpcQuotas,
  subjects: (stack) => stack.of(token.securityGroup),
  // What CloudFront's list weighs is what prefix-list-quota says.
  check: (group, stack) =>
    overQuota(stack, group, false).map(({ direction, used }): StackFault => ({
      urn: group.urn,
      message: `The security group ${group.name} holds ${used} ${direction} rules: ${refused}`,
      fix: `${raise}, write fewer rules for the aws.ec2.SecurityGroup ${group.name}, with larger ranges, or split them between two security groups.`,
      settings: settings[direction],
    })),
  planned: (spec) =>
    ingressOverQuota(spec, false).map(({ ipVersion, used }): Fault => ({
      message: `The load balancer's security group gets ${used} IPv${ipVersion} ingress rules: ${refused}`,
      settings: settings.ingress,
    })),
});
