/**
 * Which rule of a listener a request matches. Pure.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
import { splitHost } from "../http/headers";
import { holds, type RuleSubject } from "../../../topology/matching";
import type {
  ListenerAction,
  Listener,
  ListenerRule,
  WeightedGroup,
} from "../../../topology/types";

/**
 * The rule with the lowest priority number whose conditions all hold; undefined is the default
 * action.
 */
function matchRule(listener: Listener, subject: RuleSubject): ListenerRule | undefined {
  return listener.rules.find((rule) => rule.conditions.every((c) => holds(c, subject)));
}

/** The action, its rule, and the priority in access logs: 0 for the default action. */
export function decide(
  listener: Listener,
  subject: RuleSubject,
): { readonly action: ListenerAction; readonly priority: number; readonly rule?: ListenerRule } {
  const rule = matchRule(listener, subject);
  return rule
    ? { action: rule.action, priority: rule.priority, rule }
    : { action: listener.defaultAction, priority: 0 };
}

/**
 * The target group that a forward action picks by weight, with a random number in [0, 1).
 * Undefined when every weight is 0.
 */
export function pickGroup(groups: readonly WeightedGroup[], draw: number): string | undefined {
  const total = groups.reduce((sum, g) => sum + g.weight, 0);
  let left = draw * total;
  for (const group of groups) {
    left -= group.weight;
    if (left < 0) return group.arn;
  }
  return undefined;
}

/**
 * The target of a redirect action. Placeholders are replaced by parts of the request.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 */
export function redirectLocation(
  action: Extract<ListenerAction, { type: "redirect" }>,
  subject: RuleSubject,
  own: { readonly protocol: string; readonly port: number },
): { protocol: string; host: string; port: number; path: string } {
  const fill = (text: string): string =>
    text
      .replaceAll("#{protocol}", own.protocol)
      .replaceAll("#{host}", splitHost(subject.host).name)
      .replaceAll("#{port}", String(own.port))
      .replaceAll("#{path}", subject.path.replace(/^\//, ""))
      .replaceAll("#{query}", subject.query);
  const query = fill(action.query);
  return {
    protocol: fill(action.protocol).toLowerCase(),
    host: fill(action.host),
    port: Number(fill(action.port)),
    path: fill(action.path) + (query === "" ? "" : `?${query}`),
  };
}
