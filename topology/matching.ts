/**
 * Which requests a listener rule's conditions, and a distribution's names and behaviours, match.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
import { withSlash } from "../path/pathPatterns";
import { cidrContains } from "../path/networks";
import { expressionOf, matchesWildcard } from "./patterns";
import type { Behaviour, Distribution, RuleCondition } from "./types";

/** What rules evaluate of a request. */
export interface RuleSubject {
  readonly method: string;
  readonly host: string;
  /** Without the query string. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The address of the connection, as AWS would see it. */
  readonly sourceIp: string;
}

/** True when one condition holds. */
export function holds(condition: RuleCondition, subject: RuleSubject): boolean {
  switch (condition.field) {
    case "host":
      // "Hostnames are not case-sensitive."
      return anyOf(condition, subject.host.replace(/:\d+$/, ""), true);
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

/** The distribution of a host name; aliases may have wildcards. */
export function distributionFor(
  distributions: readonly Distribution[],
  host: string,
): Distribution | undefined {
  const exact = distributions.find((d) => d.domainName === host || d.aliases.includes(host));
  return (
    exact ??
    distributions.find((d) =>
      d.aliases.some((a) => a.startsWith("*.") && matchesWildcard(a, host, true)),
    )
  );
}

/** The first behaviour whose pattern matches, case-sensitively; the last one matches everything. */
export function behaviourFor(distribution: Distribution, path: string): Behaviour {
  const plain = path.split("?")[0] ?? path;
  const found = distribution.behaviours.find((b) =>
    matchesWildcard(withSlash(b.pathPattern), plain),
  );
  if (!found) throw new Error(`distribution ${distribution.id} has no default behaviour`);
  return found;
}
