/** The listener rules whose weights ECS changes in a deployment. */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TrafficArgs } from "./deployment";

/**
 * The condition of a rule for every request. It takes the place of a default action: ECS changes rules, and the provider does not give the
 * ARN of the one that a listener's default action is.
 * https://github.com/hashicorp/terraform-provider-aws/issues/43932
 */
export const everyPath = { pathPattern: { values: ["/*"] } };

/**
 * The actions of such a rule before the first deployment, and what of it the program then leaves to
 * ECS. With one target group it is an ordinary rule.
 */
export function shiftedRule(
  first: aws.lb.TargetGroup,
  second: aws.lb.TargetGroup | undefined,
): { actions: aws.types.input.lb.ListenerRuleAction[]; ignoreChanges?: string[] } {
  if (second === undefined) return { actions: [{ type: "forward", targetGroupArn: first.arn }] };
  const targetGroups = [
    { arn: first.arn, weight: 100 },
    { arn: second.arn, weight: 0 },
  ];
  return {
    actions: [{ type: "forward", forward: { targetGroups } }],
    ignoreChanges: ["actions"],
  };
}

/** What a service needs; undefined with one target group. ECS refuses a group without a listener. */
export function trafficOf(
  second: aws.lb.TargetGroup | undefined,
  rule: aws.lb.ListenerRule | undefined,
  testRule?: aws.lb.ListenerRule,
): TrafficArgs | undefined {
  if (second === undefined || rule === undefined) return undefined;
  return {
    alternateTargetGroupArn: pulumi.all([second.arn, rule.arn]).apply(([arn]) => arn),
    productionRuleArn: rule.arn,
    testRuleArn: testRule?.arn,
  };
}
