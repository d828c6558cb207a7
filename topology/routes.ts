/**
 * The routes of requests: from a distribution's behaviours, or directly from viewers, through a
 * listener's rules to target groups. Routes that no request can take are left out.
 */
import { opensPort } from "../path/securityGroups";
import { originLoadBalancer } from ".";
import { matchesEveryPath, patternsMeet } from "./patterns";
import type {
  Action,
  Behaviour,
  Condition,
  Distribution,
  Listener,
  LoadBalancer,
  Origin,
  Rule,
  Topology,
} from "./types";

/** A behaviour of a distribution, with its origin. */
export interface EdgeRoute {
  readonly distribution: Distribution;
  readonly behaviour: Behaviour;
  readonly origin: Origin;
}

/** One route to a target group. */
export interface Route {
  /** Absent: viewers call the load balancer themselves. */
  readonly edge?: EdgeRoute;
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  /** Absent: the listener's default action. */
  readonly rule?: Rule;
  readonly targetGroupArn: string;
}

/** Every route, those of the first distribution's default behaviour first. */
export function routesOf(topology: Topology): Route[] {
  const viaEdge = topology.distributions.flatMap((distribution) =>
    edgesOf(distribution).flatMap((edge) => edgeRoutes(topology, edge)),
  );
  const taken = new Set(viaEdge.map((route) => route.listener.arn));
  const behindEdge = new Set(viaEdge.map((route) => route.loadBalancer.arn));
  // Viewers are assumed to call an internal load balancer only if there is no other.
  const direct = [...topology.loadBalancers]
    .sort((a, b) => Number(a.internal) - Number(b.internal))
    .flatMap((loadBalancer) =>
      byUse(loadBalancer)
        .filter((listener) => !taken.has(listener.arn))
        .filter(
          (listener) =>
            !behindEdge.has(loadBalancer.arn) || admitsAddresses(topology, loadBalancer, listener),
        )
        .flatMap((listener) => listenerRoutes({ loadBalancer, listener })),
    );
  return [...viaEdge, ...direct];
}

/** The default behaviour first: it handles `/`. */
function edgesOf(distribution: Distribution): EdgeRoute[] {
  const last = distribution.behaviours.length - 1;
  const ordered = [
    ...distribution.behaviours.slice(last),
    ...distribution.behaviours.slice(0, last),
  ];
  return ordered.flatMap((behaviour) => {
    const origin = distribution.origins.get(behaviour.originId);
    return origin ? [{ distribution, behaviour, origin }] : [];
  });
}

/**
 * Routes through the listeners that CloudFront calls. If none of them forwards, any listener that
 * does: it was probably meant, and the findings then say what does not fit.
 */
function edgeRoutes(topology: Topology, edge: EdgeRoute): Route[] {
  const loadBalancer = originLoadBalancer(topology, edge.origin);
  if (!loadBalancer) return [];
  const ports = portsCalled(edge);
  const over = (listeners: readonly Listener[]): Route[] =>
    listeners.flatMap((listener) => listenerRoutes({ edge, loadBalancer, listener }));
  const listeners = byUse(loadBalancer);
  const called = over(listeners.filter((listener) => ports.includes(listener.port)));
  return called.length > 0 ? called : over(listeners);
}

/** Ports of the origin that CloudFront connects to. */
function portsCalled({ behaviour, origin }: EdgeRoute): number[] {
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

/** Listeners with TLS before those without. */
function byUse(loadBalancer: LoadBalancer): Listener[] {
  return [...loadBalancer.listeners].sort(
    (a, b) => Number(b.protocol === "HTTPS") - Number(a.protocol === "HTTPS"),
  );
}

/** True when callers other than CloudFront may connect to the listener. */
function admitsAddresses(
  topology: Topology,
  loadBalancer: LoadBalancer,
  { port }: Listener,
): boolean {
  return loadBalancer.securityGroupIds
    .flatMap((id) => topology.securityGroups.get(id)?.ingress ?? [])
    .some((rule) => opensPort(rule, port) && rule.peers.some(({ kind }) => kind === "cidr"));
}

/**
 * The default action's route first, then the rules' in their order, up to one that takes every
 * request.
 */
function listenerRoutes(part: Omit<Route, "rule" | "targetGroupArn">): Route[] {
  const routes: Route[] = [];
  for (const rule of part.listener.rules) {
    const takes = takesRequests(rule, part.edge);
    if (takes !== "none")
      routes.push(
        ...forwardsTo(rule.action).map((arn) => ({ ...part, rule, targetGroupArn: arn })),
      );
    if (takes === "all") return routes;
  }
  const byDefault = forwardsTo(part.listener.defaultAction);
  return [...byDefault.map((targetGroupArn) => ({ ...part, targetGroupArn })), ...routes];
}

/** Target groups that an action sends requests to. */
function forwardsTo(action: Action): string[] {
  if (action.type !== "forward") return [];
  const weighted = action.groups.filter((group) => group.weight > 0);
  return (weighted.length > 0 ? weighted : action.groups).map((group) => group.arn);
}

type Share = "none" | "some" | "all";

/** Which of a route's requests a rule takes. */
function takesRequests(rule: Rule, edge: EdgeRoute | undefined): Share {
  const shares = rule.conditions.map((condition) => share(condition, edge));
  if (shares.includes("none")) return "none";
  return shares.every((s) => s === "all") ? "all" : "some";
}

function share(condition: Condition, edge: EdgeRoute | undefined): Share {
  // An unknown value is an empty list.
  if ("regex" in condition || condition.values.length === 0) return "some";
  switch (condition.field) {
    case "path":
      return pathShare(condition.values, edge);
    case "host":
      return edge ? hostShare(condition.values, edge) : "some";
    case "header":
      // A header that CloudFront does not send can still come from a viewer.
      return edge && sendsHeader(edge.origin, condition) ? "all" : "some";
    default:
      return "some";
  }
}

function pathShare(patterns: readonly string[], edge: EdgeRoute | undefined): Share {
  if (patterns.some(matchesEveryPath)) return "all";
  if (!edge) return "some";
  const { behaviour, origin } = edge;
  const own = /^[/*]/.test(behaviour.pathPattern)
    ? behaviour.pathPattern
    : `/${behaviour.pathPattern}`;
  const called = origin.path + own;
  if (patterns.includes(called)) return "all";
  return patterns.some((pattern) => patternsMeet(pattern, called)) ? "some" : "none";
}

function hostShare(patterns: readonly string[], edge: EdgeRoute): Share {
  const names = forwardsHost(edge.behaviour)
    ? viewerNames(edge.distribution)
    : [edge.origin.domainName];
  if (names.includes("")) return "some";
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const taken = names.filter((name) => lower.some((pattern) => patternsMeet(pattern, name)));
  if (taken.length === 0) return "none";
  return taken.length === names.length ? "all" : "some";
}

/** True when CloudFront adds the header of a condition, with a matching value. */
export function sendsHeader(origin: Origin, condition: Condition & { field: "header" }): boolean {
  return origin.customHeaders.some(
    ([name, value]) =>
      name.toLowerCase() === condition.name.toLowerCase() &&
      // An unknown value, on either side, counts as matching.
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

/** A distribution's names for viewers. */
export function viewerNames({ aliases, domainName }: Distribution): readonly string[] {
  return aliases.length > 0 ? aliases : [domainName];
}
