/** What a request gets from the action of a listener, and from the targets behind it. */
import { asStopped } from "../cli/evaluation/stopped";
import { undecidedBy } from "../cli/plan/partial";
import { answer } from "../path/answer";
import { certificateCovers } from "../path/certificates";
import type { PathAnswer, PathRequest, PathSpec, TargetSpec } from "../path/types";
import { edgeSpec, listenerSpec } from "../topology/hopSpecs";
import { type FoundPath, pathsOfRoute } from "../topology/pathOf";
import type { Route } from "../topology/routes";
import { notKnown } from "../topology/stack/edgeRequest";
import { pathsIn, type StackPath } from "../topology/stack/paths";
import { decisive } from "../topology/stack/provenance";
import type { ListenerRoute, RequestRoute } from "../topology/stack/requestRoute";
import { touches, type Unknown } from "../topology/stack/unknown";
import { token } from "../topology/tokens";
import type { ListenerAction } from "../topology/types";
import { nameOf, type View } from "./view";

/** An answer, and who gives it. */
export interface Said {
  readonly got: PathAnswer;
  readonly by: string;
  readonly assumed?: readonly string[];
}

/** An answer that is not known. */
export function unknown(by: string, why: string): Said {
  const got = {
    reaches: false,
    outcome: "unknown",
    at: "load-balancer",
    travelled: [],
    why,
  } as const;
  return { got, by };
}

/** What the listener's action answers, unless something before it does. */
export function actionAnswer(
  view: View,
  route: ListenerRoute,
  request: PathRequest,
  host: string,
): Said {
  const { action, loadBalancer, edge } = route;
  const assumed = loadBalancer.webAcl === true ? ["The web ACL lets the request pass."] : [];
  const all =
    action.type === "forward"
      ? forwardAnswers(view, route, action, request, host)
      : [ownAnswer(view, route, action, request)];
  const [first] = all;
  const by = nameOf(view, loadBalancer);
  if (first === undefined) return unknown(by, "no target group gets requests of the action");
  const statuses = new Set(all.map(({ got }) => `${got.outcome} ${got.status ?? ""}`));
  if (statuses.size > 1) {
    const list = all.map(({ got, by: who }) => `${got.status ?? got.outcome} (${who})`);
    return unknown(by, `the targets of the action answer differently: ${list.join(" or ")}`);
  }
  const direct = edge === undefined ? assumed : [];
  return { ...first, assumed: [...(first.assumed ?? []), ...direct] };
}

/** Of a port without a listener: security groups come first, and then nothing accepts the connection. */
export function noListenerAnswer(
  view: View,
  { edge, loadBalancer, port }: Extract<RequestRoute, { kind: "no-listener" }>,
  request: PathRequest,
): Said {
  const [example] = loadBalancer.listeners;
  const why = `the load balancer has no listener on port ${port}`;
  if (example === undefined) return unknown(nameOf(view, loadBalancer), why);
  const { tls } = request;
  const listener = { ...example, port, protocol: tls ? "HTTPS" : "HTTP", rules: [] } as const;
  const passed = beforeAction(view, { edge, loadBalancer, listener }, request);
  if (passed.stops) return passed.stops;
  const got = { reaches: false, travelled: passed.travelled.slice(0, edge ? 1 : 0), why };
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html
  return edge
    ? {
        got: { ...got, status: 502, outcome: "answered", at: "cloudfront" },
        by: nameOf(view, edge.distribution),
      }
    : { got: { ...got, outcome: "refused", at: "load-balancer" }, by: nameOf(view, loadBalancer) };
}

/** A target that takes every request: what gets as far has passed everything before the targets. */
function takesAll({ kind }: PathRequest): Pick<PathSpec, "target" | "container"> {
  const target: TargetSpec = {
    ...{ protocol: "HTTP", protocolVersion: kind === "grpc" ? "GRPC" : "HTTP1", port: 80 },
    admits: [{ kind: "load-balancer" }],
  };
  const accepts = ["HTTP/1.1", "HTTP/2"] as const;
  return { target, container: { port: 80, tls: false, accepts, keepAliveSeconds: 3600 } };
}

/** What stops a request before the listener's action, if anything does. */
function beforeAction(
  view: View,
  route: Omit<ListenerRoute, "action">,
  request: PathRequest,
): { readonly stops?: Said; readonly travelled: PathAnswer["travelled"]; assumed: string[] } {
  const assumed: string[] = [];
  const { stack, topology } = view;
  const { edge, loadBalancer } = route;
  const of: Route = { ...route, targetGroupArn: "" };
  const spec = decided({
    ...(edge && { edge: edgeSpec(edge, route) }),
    listener: listenerSpec(topology, stack.prefixLists ?? new Map(), of, assumed),
    ...takesAll(request),
    ...{ mustWork: [], sharedVpc: false },
  });
  const found = { spec, assumed, loadBalancer: loadBalancer.name, via: viaOf(of) };
  const undecided = openIn(pathsIn(stack).pathOf(found));
  if (undecided) {
    const stops = unknown(nameOf(view, loadBalancer), notKnown(stack, undecided));
    return { stops, travelled: [], assumed };
  }
  const got = answer({ ...spec, listener: { ...spec.listener, signIn: undefined } }, request);
  const travelled = got.travelled.slice(0, -1);
  if (got.reaches) return { travelled, assumed };
  return { stops: { got, by: whoAnswers(view, route, got), assumed }, travelled, assumed };
}

/** The answer of an action with which the load balancer answers by itself. */
function ownAnswer(
  view: View,
  route: ListenerRoute,
  action: Exclude<ListenerAction, { type: "forward" }>,
  request: PathRequest,
): Said {
  const { stops, travelled, assumed } = beforeAction(view, route, request);
  if (stops) return stops;
  const which = route.rule ? `listener rule ${route.rule.priority}` : "the default action";
  const does = action.type === "redirect" ? "redirects" : "answers so";
  const why = `${which} of the listener on port ${route.listener.port} ${does}`;
  const { status } = action;
  const got = { reaches: false, status, outcome: "answered", at: "load-balancer" } as const;
  return { got: { ...got, travelled, why }, by: nameOf(view, route.loadBalancer), assumed };
}

function forwardAnswers(
  view: View,
  route: ListenerRoute,
  { groups }: Extract<ListenerAction, { type: "forward" }>,
  request: PathRequest,
  host: string,
): Said[] {
  const { stack, topology, names } = view;
  const weighted = groups.filter(({ weight }) => weight > 0);
  return weighted.flatMap(({ arn }): Said[] => {
    const of: Route = { ...route, targetGroupArn: arn };
    const found = pathsOfRoute(topology, stack.prefixLists ?? new Map(), of);
    if (found.length === 0)
      return [unknown(`target group ${names.nameOf(arn) ?? arn}`, "the stack does not declare it")];
    return found.map((path) => pathAnswer(view, route, path, request, host));
  });
}

function pathAnswer(
  view: View,
  route: ListenerRoute,
  found: FoundPath,
  request: PathRequest,
  host: string,
): Said {
  const { stack } = view;
  const { paths, pathOf, lost } = pathsIn(stack);
  const services = lost.filter(({ urn }) => stack.get(urn)?.type === token.service);
  const path = pathOf(found);
  const by = targetName(view, found);
  // What is not known of a service may be that its tasks are the targets.
  const undecided = openIn(path) ?? (found.via.serviceArn === undefined ? services[0] : undefined);
  if (undecided) return unknown(by, notKnown(stack, undecided));
  const same = paths.findIndex(
    ({ found: { via } }) =>
      via.targetGroupArn === found.via.targetGroupArn && via.serviceArn === found.via.serviceArn,
  );
  const spec = decided(asStopped(path, same, stack).spec);
  const got = answer(spec, request);
  const { certificateNames: certified } = spec.listener;
  const distrusted =
    !spec.edge && request.tls && certified && !certificateCovers(certified, host)
      ? [`The caller accepts a certificate without the name ${host}.`]
      : [];
  const assumed = [...found.assumed, ...distrusted];
  return { got, by: got.at === "container" ? by : whoAnswers(view, route, got), assumed };
}

/**
 * An unknown value that may decide the answer. Which behaviour, rule and action take the request is
 * known by now.
 */
function openIn({ missing, resources }: StackPath): Unknown | undefined {
  const rest = (["vpcOrigin", "loadBalancer", "service"] as const).flatMap((role) =>
    resources[role].flatMap(({ unknown: all }) =>
      all.filter((one) => decisive[role]?.some((property) => touches(one, property))),
    ),
  );
  return undecidedBy({ missing }) ?? rest[0];
}

/** A spec without what the request itself has decided already: rule, host, header and port. */
function decided(spec: PathSpec): PathSpec {
  const { listener, edge } = spec;
  return {
    ...spec,
    ...(edge && { edge: { ...edge, sendsSecretHeader: true } }),
    listener: {
      ...listener,
      ...{ requiresSecretHeader: false, redirectsHttp: false, missedHost: undefined },
    },
  };
}

function viaOf({ edge, listener, rule, targetGroupArn }: Route): FoundPath["via"] {
  return {
    ...(edge && {
      distributionId: edge.distribution.id,
      pathPattern: edge.behaviour.pathPattern,
    }),
    listenerArn: listener.arn,
    ...(rule && { ruleArn: rule.arn, rulePriority: rule.priority }),
    targetGroupArn,
  };
}

function whoAnswers(
  view: View,
  { edge, loadBalancer }: Pick<ListenerRoute, "edge" | "loadBalancer">,
  { at }: PathAnswer,
): string {
  if (at === "cloudfront" && edge) return nameOf(view, edge.distribution);
  const name = nameOf(view, loadBalancer);
  return at === "security-group" ? `security group of ${name}` : name;
}

/** `container nginx of web`. */
function targetName({ names, topology }: View, { via, container, spec }: FoundPath): string {
  const group =
    names.nameOf(via.targetGroupArn) ?? topology.targetGroups.get(via.targetGroupArn)?.name;
  if (container !== undefined)
    return `container ${container} of ${names.nameOf(via.serviceArn) ?? "a service"}`;
  if (spec.target.lambda) return `function of target group ${group ?? ""}`;
  return `${names.nameOf(via.instancesId) ?? "targets"} of target group ${group ?? ""}`;
}
