import { blocks, number, text } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const listenerRuleNeverReached = stackRule({
  code: "listener-rule-never-reached",
  severity: "warning",
  holds: "No listener rule has the conditions of one that comes before it.",
  fix: "Change the conditions of the aws.lb.ListenerRule, or give it a lower priority number, or leave it out.",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
  subjects: (stack) => stack.of(token.listenerRule),
  check: ({ urn, name, props }, stack) => {
    const listener = text(props, "listenerArn");
    // One without a priority gets its place when it is made.
    const priority = number(props, "priority");
    if (listener === undefined || priority === undefined) return undefined;
    const before = stack
      .of(token.listenerRule)
      .filter((other) => other.urn !== urn && text(other.props, "listenerArn") === listener)
      .filter((other) => (number(other.props, "priority") ?? priority) < priority)
      .find((other) => conditionsOf(other.props) === conditionsOf(props));
    if (before === undefined) return undefined;
    return {
      urn,
      message: `The listener rule ${name} is never reached: ${before.name} has the same conditions and comes first.`,
      fix: `Change the conditions of the aws.lb.ListenerRule ${name}, or give it a lower priority number than ${before.name}, or leave one of the two out.`,
    };
  },
});

/** The conditions as one text: rules of the same text match the same requests. */
const conditionsOf = (rule: Props): string => canonical(blocks(rule, "conditions"));

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, inner]) => (inner ?? undefined) !== undefined);
  return `{${entries
    .map(([key, inner]) => `${key}:${canonical(inner)}`)
    .sort()
    .join()}}`;
}
