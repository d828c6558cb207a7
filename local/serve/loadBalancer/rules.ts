/**
 * Which rule of a listener a request matches. Pure.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
import { type Header, splitHost } from "../http/headers";
import { matchesWildcard } from "../../../topology/patterns";
import { expressionOf } from "../patterns";
import { cidrContains } from "../../../path/networks";
import type {
  ListenerAction,
  RuleCondition,
  Listener,
  ListenerRule,
  WeightedGroup,
} from "../../../topology/types";

/** What rules evaluate of a request. */
export interface RuleSubject {
  readonly method: string;
  readonly host: string;
  /** Without the query string. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: readonly Header[];
  /** The address of the connection, as AWS would see it. */
  readonly sourceIp: string;
}

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

/** True when one condition holds. */
export function holds(condition: RuleCondition, subject: RuleSubject): boolean {
  switch (condition.field) {
    case "host":
      // "Hostnames are not case-sensitive."
      return anyOf(condition, splitHost(subject.host).name, true);
    case "path":
      // "Path patterns are case-sensitive" and only match the path.
      return anyOf(condition, subject.path, false);
    case "header": {
      const name = condition.name.toLowerCase();
      // The comparison of names and values ignores case; a header sent twice has two values.
      return subject.headers.some(
        ([n, value]) => n.toLowerCase() === name && anyOf(condition, value, true),
      );
    }
    case "method":
      return condition.values.includes(subject.method);
    case "query":
      return condition.values.some(({ key, value }) =>
        queryPairs(subject.query).some(
          ([k, v]) =>
            (key === undefined || matchesWildcard(key, k, true)) && matchesWildcard(value, v, true),
        ),
      );
    case "source-ip":
      return condition.values.some((cidr) => cidrContains(cidr, subject.sourceIp));
  }
}

function anyOf(
  condition: { readonly values: readonly string[]; readonly regex?: boolean },
  text: string,
  ignoreCase: boolean,
): boolean {
  return condition.values.some((pattern) =>
    condition.regex === true
      ? expressionOf(pattern, ignoreCase).test(text)
      : matchesWildcard(pattern, text, ignoreCase),
  );
}

function queryPairs(query: string): [string, string][] {
  return query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    });
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
