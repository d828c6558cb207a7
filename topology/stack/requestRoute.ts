/** Where one request goes in a stack: which behaviour, listener and rule take it. */
import { edgeSpeaksTls } from "../../path/edgeToOrigin";
import { callerOf } from "../../path/securityGroups";
import { originLoadBalancer } from "..";
import { edgeSpec } from "../hopSpecs";
import { behaviourFor, holds, type RuleSubject } from "../matching";
import { type EdgeRoute, sendsHeader } from "../shares";
import { token } from "../tokens";
import type {
  Distribution,
  Listener,
  ListenerAction,
  ListenerRule,
  LoadBalancer,
  RuleCondition,
} from "../types";
import { kindHeaders, notKnown, type StackRequest, undecidedAtEdge, viaEdge } from "./edgeRequest";
import { pathsIn } from "./paths";
import type { Stack } from "./stack";
import { touches, type Unknown } from "./unknown";

/** Where a request ends, as far as its content decides it. */
export type RequestRoute =
  /** At an origin that is no load balancer of the stack. */
  | { readonly kind: "origin"; readonly edge: EdgeRoute }
  /** At a port of the load balancer on which nothing listens. */
  | {
      readonly kind: "no-listener";
      readonly edge?: EdgeRoute;
      readonly loadBalancer: LoadBalancer;
      readonly port: number;
    }
  | ({ readonly kind: "action" } & ListenerRoute)
  /** Something that is not known, or not modelled, decides it. */
  | { readonly kind: "unknown"; readonly edge?: EdgeRoute; readonly why: string };

/** The action of a listener that takes a request. */
export interface ListenerRoute {
  readonly edge?: EdgeRoute;
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  /** Absent: the default action. */
  readonly rule?: ListenerRule;
  readonly action: ListenerAction;
}

/** Follows a request from the distribution or load balancer that it calls. */
export function requestRoute(
  stack: Stack,
  entry: Distribution | LoadBalancer,
  request: StackRequest,
): RequestRoute {
  if (!("domainName" in entry)) return atLoadBalancer(stack, entry, request.port, direct(request));
  const behaviour = behaviourFor(entry, request.path);
  const origin = entry.origins.get(behaviour.originId);
  const why = undecidedAtEdge(stack, entry, behaviour);
  if (origin === undefined || why !== undefined)
    return { kind: "unknown", why: why ?? `the behaviour ${behaviour.pathPattern} has no origin` };
  const edge = { distribution: entry, behaviour, origin };
  const loadBalancer = origin.bucket
    ? undefined
    : originLoadBalancer(pathsIn(stack).topology, origin);
  if (loadBalancer === undefined) return { kind: "origin", edge };
  const port = edgeSpeaksTls(edgeSpec(edge, {}), request.tls) ? origin.httpsPort : origin.httpPort;
  return atLoadBalancer(stack, loadBalancer, port, viaEdge(edge, request), edge);
}

function atLoadBalancer(
  stack: Stack,
  loadBalancer: LoadBalancer,
  port: number,
  subject: RuleSubject,
  edge?: EdgeRoute,
): RequestRoute {
  const lost = lostBefore(stack, edge);
  if (lost !== undefined) return { kind: "unknown", edge, why: notKnown(stack, lost) };
  const listener = loadBalancer.listeners.find((one) => one.port === port);
  if (!listener) return { kind: "no-listener", edge, loadBalancer, port };
  for (const rule of listener.rules) {
    const declared = stack.find(token.listenerRule, rule.arn)?.unknown ?? [];
    const unknown = declared.filter(({ path: [property = ""] }) => deciding.includes(property));
    const takes = ruleTakes(rule, subject, edge, unknown);
    if (takes === false) continue;
    if (takes === true)
      return { kind: "action", edge, loadBalancer, listener, rule, action: rule.action };
    const [first] = unknown;
    const what = first ? notKnown(stack, first) : "the address of CloudFront's server decides it";
    const why = `whether listener rule ${rule.priority} takes the request: ${what}`;
    return { kind: "unknown", edge, why };
  }
  const own = stack.find(token.listener, listener.arn)?.unknown ?? [];
  const undecided = own.find((one) => touches(one, "defaultActions"));
  if (undecided) return { kind: "unknown", edge, why: notKnown(stack, undecided) };
  return { kind: "action", edge, loadBalancer, listener, action: listener.defaultAction };
}

/** A reference that is not known, and may lead to another rule, listener or load balancer. */
function lostBefore(stack: Stack, edge: EdgeRoute | undefined): Unknown | undefined {
  const ofEdge: readonly string[] = [token.vpcOrigin, token.record];
  const distribution = stack.find(token.distribution, edge?.distribution.id)?.urn;
  return pathsIn(stack).lost.find(({ urn }) => {
    const type = stack.get(urn)?.type ?? "";
    if (type === token.listener || type === token.listenerRule) return true;
    return edge !== undefined && (ofEdge.includes(type) || urn === distribution);
  });
}

/** Properties of a rule that decide which requests it takes, and what it does with them. */
const deciding: readonly string[] = ["priority", "listenerArn", "actions", "conditions"];

/** Properties of a rule's conditions, by the field that is read from them. */
const properties: Readonly<Record<RuleCondition["field"], string>> = {
  host: "hostHeader",
  path: "pathPattern",
  header: "httpHeader",
  method: "httpRequestMethod",
  query: "queryStrings",
  "source-ip": "sourceIp",
};

/** Whether a rule takes a request; undefined where that is not known. */
function ruleTakes(
  rule: ListenerRule,
  subject: RuleSubject,
  edge: EdgeRoute | undefined,
  unknown: readonly Unknown[],
): boolean | undefined {
  const results = rule.conditions.map((condition) => {
    if (condition.field === "header" && edge && sendsHeader(edge.origin, condition)) return true;
    if (condition.field === "source-ip" && edge)
      return condition.values.some((cidr) => cidr.endsWith("/0")) ? true : undefined;
    if (holds(condition, subject)) return true;
    const property = `conditions[].${properties[condition.field]}`;
    const open = condition.values.length === 0 || unknown.some((one) => touches(one, property));
    return open ? undefined : false;
  });
  if (results.includes(false)) return false;
  // A whole condition that is not known is not among those that were read.
  const uncertain = unknown.some(
    ({ path: [property = ""], path }) =>
      ["priority", "listenerArn", "actions"].includes(property) ||
      (property === "conditions" && path.length <= 2),
  );
  return results.includes(undefined) || uncertain ? undefined : true;
}

function direct(request: StackRequest): RuleSubject {
  const { method, host, path, query, headers } = request;
  const caller = callerOf(request.from);
  return {
    ...{ method, host, path, query },
    headers: [...kindHeaders(request), ...headers],
    sourceIp: caller.kind === "address" ? caller.address : "",
  };
}
