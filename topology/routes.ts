/**
 * The routes of requests: from a distribution's behaviours, or directly from viewers, through a
 * listener's rules to target groups. Routes that no request can take are left out.
 */
import { opensPort } from "../path/securityGroups";
import type { ListenerSpec } from "../path/types";
import { originLoadBalancer } from ".";
import { conditionsCover } from "./covering";
import { testRuleArns } from "./deployments";
import { requestLimits } from "./requestLimits";
import { type EdgeRoute, hostsSent, portsCalled, takesRequests, viewerNames } from "./shares";
import type {
  ListenerAction,
  Distribution,
  Listener,
  LoadBalancer,
  ListenerRule,
  Topology,
} from "./types";

/** One route to a target group. */
export interface Route {
  /** Absent: viewers call the load balancer themselves. */
  readonly edge?: EdgeRoute;
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  /** Absent: the listener's default action. */
  readonly rule?: ListenerRule;
  readonly targetGroupArn: string;
  /**
   * Set where the rule asks for hosts that CloudFront never sends, so that nothing comes this way.
   */
  readonly missedHost?: MissedHost;
  /** Status of a maintenance page that a rule before this one answers every request with. */
  readonly answersAll?: number;
  /** True where a rule before this one takes every gRPC call that comes this way. */
  readonly grpcTaken?: true;
}

/** Hosts that a rule asks for, those that come, and the status that they get instead. */
type MissedHost = NonNullable<ListenerSpec["missedHost"]>;

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
      testsLast(topology, byUse(loadBalancer))
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
  const over = (listeners: readonly Listener[]): Route[] => {
    const parts = listeners.map((listener) => ({ edge, loadBalancer, listener }));
    const taken = parts.flatMap(listenerRoutes);
    return [...taken, ...parts.flatMap((part) => missedRoutes(part, taken.length > 0))];
  };
  const listeners = byUse(loadBalancer);
  const called = over(listeners.filter((listener) => ports.includes(listener.port)));
  return called.length > 0 ? called : over(listeners);
}

/**
 * Rules that would take what CloudFront sends, were it not for the host that they ask for: viewers
 * call that one, and CloudFront another. Where other rules or the default action forward what
 * comes, only those that ask for a name of the distribution are meant for it.
 */
function missedRoutes(
  part: Omit<Route, "rule" | "targetGroupArn"> & { readonly edge: EdgeRoute },
  others: boolean,
): Route[] {
  const { edge, listener } = part;
  return reached(listener).flatMap((rule): Route[] => {
    const hosts = rule.conditions.filter(({ field }) => field === "host");
    const rest = rule.conditions.filter(({ field }) => field !== "host");
    const of = { ...rule, conditions: rest };
    if (takesRequests(rule, edge) !== "none" || takesRequests(of, edge) === "none") return [];
    const asked = hosts.flatMap(({ values }) => values as readonly string[]);
    const names = viewerNames(edge.distribution);
    if (others && !asked.some((host) => names.includes(host.toLowerCase()))) return [];
    const { defaultAction: action } = listener;
    const status = others || action.type === "forward" ? {} : { status: action.status };
    const missedHost = { asked, sent: hostsSent(edge), ...status };
    return forwardsTo(rule.action).map((targetGroupArn) => ({
      ...part,
      ...{ rule, targetGroupArn, missedHost },
    }));
  });
}

/** Listeners with TLS before those without. */
function byUse(loadBalancer: LoadBalancer): Listener[] {
  return [...loadBalancer.listeners].sort(
    (a, b) => Number(b.protocol === "HTTPS") - Number(a.protocol === "HTTPS"),
  );
}

/** Listeners for tests of deployments after those of viewers. */
function testsLast({ services }: Topology, listeners: readonly Listener[]): Listener[] {
  const arns = testRuleArns(services);
  const forTests = ({ rules }: Listener): boolean => rules.some(({ arn }) => arns.has(arn));
  return [...listeners].sort((a, b) => Number(forTests(a)) - Number(forTests(b)));
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
  let of: typeof part & Pick<Route, "grpcTaken" | "answersAll"> = part;
  for (const rule of reached(part.listener)) {
    const takes = takesRequests(rule, part.edge);
    if (takes !== "none" && !isForOtherBehaviours(rule, part.edge))
      routes.push(...forwardsTo(rule.action).map((arn) => ({ ...of, rule, targetGroupArn: arn })));
    if (takes === "all" && isMaintenance(rule)) of = { ...of, answersAll: maintenanceStatus };
    else if (takes === "all") return routes;
    if (takesAllGrpc(rule, part.edge)) of = { ...of, grpcTaken: true };
  }
  const byDefault = forwardsTo(part.listener.defaultAction);
  return [...byDefault.map((targetGroupArn) => ({ ...of, targetGroupArn })), ...routes];
}

/**
 * True for a rule that asks for gRPC, of a behaviour without it, where another behaviour of the
 * distribution has it and leads to the same origin: gRPC is meant to come by that one.
 */
function isForOtherBehaviours(rule: ListenerRule, edge: EdgeRoute | undefined): boolean {
  if (edge === undefined || edge.behaviour.grpc || !asksForGrpc(rule)) return false;
  const { behaviour, distribution } = edge;
  return distribution.behaviours.some(
    (other) =>
      other.grpc &&
      other.originId === behaviour.originId &&
      takesRequests(rule, { ...edge, behaviour: other }) !== "none",
  );
}

/** True where a rule takes gRPC whatever else is asked for: by gRPC's own content type. */
function takesAllGrpc(rule: ListenerRule, edge: EdgeRoute | undefined): boolean {
  const rest = rule.conditions.filter(
    (condition) => requestLimits([condition]).takes === undefined,
  );
  return asksForGrpc(rule) && takesRequests({ ...rule, conditions: rest }, edge) === "all";
}

const asksForGrpc = ({ conditions }: ListenerRule): boolean =>
  requestLimits(conditions).takes?.includes("grpc") === true;

/** A listener's rules, without those whose every request an earlier one answers. */
function reached({ rules }: Listener): readonly ListenerRule[] {
  return rules.filter(
    (rule, i) =>
      !rules
        .slice(0, i)
        .filter((before) => !isMaintenance(before))
        .some((before) => conditionsCover(before.conditions, rule.conditions)),
  );
}

const maintenanceStatus = 503;

/** True for a maintenance page: the paths behind it are there, and meant to be used again. */
function isMaintenance({ action }: Pick<ListenerRule, "action">): boolean {
  return action.type === "fixed-response" && action.status === maintenanceStatus;
}

/** Target groups that an action sends requests to. */
function forwardsTo(action: ListenerAction): string[] {
  if (action.type !== "forward") return [];
  const weighted = action.groups.filter((group) => group.weight > 0);
  return (weighted.length > 0 ? weighted : action.groups).map((group) => group.arn);
}
