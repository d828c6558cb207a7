import { block, blocks, number, text } from "../../topology/props";
import { conditionsCover } from "../../topology/covering";
import { readCondition } from "../../topology/rules";
import type { StackResource } from "../../topology/stack/stack";
import type { RuleCondition } from "../../topology/types";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const listenerRuleNeverReached = stackRule({
  code: "listener-rule-never-reached",
  severity: "warning",
  holds: "No listener rule asks only for what one before it answers.",
  fix: "Change the conditions of the aws.lb.ListenerRule, or give it a lower priority number, or leave it out.",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
  subjects: (stack) => stack.of(token.listenerRule),
  check: (rule, stack) => {
    const { urn, name, props } = rule;
    const listener = text(props, "listenerArn");
    // One without a priority gets its place when it is made.
    const priority = number(props, "priority");
    if (listener === undefined || priority === undefined) return undefined;
    let own: RuleCondition[] | undefined;
    const before = stack
      .of(token.listenerRule)
      .filter((other) => other.urn !== urn && text(other.props, "listenerArn") === listener)
      .filter((other) => (number(other.props, "priority") ?? priority) < priority)
      .filter((other) => !isMaintenancePage(other))
      .find((other) => conditionsCover(conditionsOf(other), (own ??= conditionsOf(rule))));
    if (before === undefined) return undefined;
    return {
      urn,
      message: `The listener rule ${name} is never reached: ${before.name} comes first and answers every request that it asks for.`,
      fix: `Change the conditions of the aws.lb.ListenerRule ${name}, or give it a lower priority number than ${before.name}, or leave one of the two out.`,
    };
  },
});

/** A maintenance page is meant to be answered in place of what comes after it. */
const isMaintenancePage = ({ props }: StackResource): boolean =>
  blocks(props, "actions").some(
    (action) => number(block(action, "fixedResponse") ?? {}, "statusCode") === 503,
  );

const conditionsOf = ({ props }: StackResource): RuleCondition[] =>
  blocks(props, "conditions").flatMap(readCondition);
