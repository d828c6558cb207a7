/** Which of the requests that reach a listener rule, from CloudFront or viewers, it takes. */
import { withSlash } from "../path/pathPatterns";
import { matchesEveryPath, patternCovers, patternsMeet } from "./patterns";
import type { Behaviour, RuleCondition, Distribution, Origin, ListenerRule } from "./types";

/** A behaviour of a distribution, with the origin that it sends requests to. */
export interface EdgeRoute {
  readonly distribution: Distribution;
  readonly behaviour: Behaviour;
  readonly origin: Origin;
}

type Share = "none" | "some" | "all";

/** Which of the requests that come this way a rule takes. */
export function takesRequests(rule: ListenerRule, edge: EdgeRoute | undefined): Share {
  const shares = rule.conditions.map((condition) => share(condition, edge));
  if (shares.includes("none")) return "none";
  return shares.every((s) => s === "all") ? "all" : "some";
}

function share(condition: RuleCondition, edge: EdgeRoute | undefined): Share {
  // A value that is not known yet is an empty list.
  if ("regex" in condition || condition.values.length === 0) return "some";
  switch (condition.field) {
    case "path":
      return pathShare(condition.values, edge);
    case "host":
      return edge ? hostShare(condition.values, edge) : "some";
    case "header":
      // One that CloudFront does not send can still come from a viewer.
      return edge && sendsHeader(edge.origin, condition) ? "all" : "some";
    default:
      return "some";
  }
}

function pathShare(patterns: readonly string[], edge: EdgeRoute | undefined): Share {
  if (patterns.some(matchesEveryPath)) return "all";
  if (!edge) return "some";
  const { behaviour, distribution, origin } = edge;
  const called = (pattern: string): string => origin.path + withSlash(pattern);
  const own = called(behaviour.pathPattern);
  if (patterns.includes(own)) return "all";
  const earlier = distribution.behaviours
    .slice(0, distribution.behaviours.indexOf(behaviour))
    .map(({ pathPattern }) => called(pathPattern));
  const left = patterns.filter((pattern) => !earlier.some((one) => patternCovers(one, pattern)));
  return left.some((pattern) => patternsMeet(pattern, own)) ? "some" : "none";
}

/** Values of the Host header that CloudFront sends. */
export function hostsSent({ behaviour, distribution, origin }: EdgeRoute): readonly string[] {
  return forwardsHost(behaviour) ? viewerNames(distribution) : [origin.domainName];
}

function hostShare(patterns: readonly string[], edge: EdgeRoute): Share {
  const names = hostsSent(edge);
  if (names.includes("")) return "some";
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const taken = names.filter((name) => lower.some((pattern) => patternsMeet(pattern, name)));
  if (taken.length === 0) return "none";
  return taken.length === names.length ? "all" : "some";
}

/** True when CloudFront adds the header that a condition asks for, with a value that it takes. */
export function sendsHeader(
  origin: Origin,
  condition: RuleCondition & { field: "header" },
): boolean {
  return origin.customHeaders.some(
    ([name, value]) =>
      name.toLowerCase() === condition.name.toLowerCase() &&
      // What is not known yet, on either side, is taken to fit.
      (value === "" ||
        condition.values.length === 0 ||
        condition.regex === true ||
        condition.values.some((pattern) => patternsMeet(pattern, value))),
  );
}

/** True when the viewer's Host header reaches the origin. */
export function forwardsHost({ forwards: { headers } }: Behaviour): boolean {
  if (headers.kind === "only") return headers.names.includes("host");
  if (headers.kind === "except") return !headers.names.includes("host");
  return headers.kind === "all";
}

/** Names that viewers call a distribution by. */
export function viewerNames({ aliases, domainName }: Distribution): readonly string[] {
  return aliases.length > 0 ? aliases : [domainName];
}

/** Ports of the origin that CloudFront connects to. */
export function portsCalled({ behaviour, origin }: Omit<EdgeRoute, "distribution">): number[] {
  if (origin.unconfigured) return [origin.httpsPort, origin.httpPort];
  switch (origin.protocolPolicy) {
    case "http-only":
      return [origin.httpPort];
    case "https-only":
      return [origin.httpsPort];
    case "match-viewer":
      return behaviour.viewerProtocolPolicy === "allow-all"
        ? [origin.httpsPort, origin.httpPort]
        : [origin.httpsPort];
  }
}
