/** The parts of a path's spec, from the resources of its route. */
import type { EdgeSpec, ListenerSpec, Source, TargetSpec } from "../path/types";
import { isContentHeader, requestLimits } from "./requestLimits";
import { listenerAdmits, type PrefixLists, targetAdmits, targetsText } from "./admits";
import { closedPorts, portsWithoutEgress } from "./egress";
import type { Route } from "./routes";
import { type EdgeRoute, forwardsHost, portsCalled, sendsHeader, viewerNames } from "./shares";
import type { TargetGroup, TaskOrInstanceTargets, Topology } from "./types";

/** Tasks or instances that get a path's requests, and their port. */
export interface RequestEnd {
  readonly targets: TaskOrInstanceTargets;
  readonly port: number;
  /** True where the port is one of those that Docker chooses from. */
  readonly chosen?: true;
}

/** CloudFront's part of a path. */
export function edgeSpec(
  { distribution, behaviour, origin }: EdgeRoute,
  route: Pick<Route, "rule"> & Partial<Pick<Route, "listener" | "loadBalancer">>,
): EdgeSpec {
  const asked = headersAsked(route);
  const { httpPort: http, httpsPort: https } = origin;
  return {
    origin: origin.loadBalancerArn === undefined ? "public" : "vpc",
    httpVersion: distribution.httpVersion.toLowerCase() as EdgeSpec["httpVersion"],
    viewerProtocolPolicy: behaviour.viewerProtocolPolicy,
    // Where the program says nothing, the path is shown as the listener is.
    ...(origin.unconfigured
      ? { originProtocolPolicy: route.listener?.protocol === "HTTP" ? "http-only" : "https-only" }
      : {
          originProtocolPolicy: origin.protocolPolicy,
          originPorts: { http, https },
          ...viewersByTls({ behaviour, origin }, route),
        }),
    originHttpVersion: origin.httpVersion,
    originTls12: origin.tls12,
    grpc: behaviour.grpc,
    allowedMethods: behaviour.allowedMethods as EdgeSpec["allowedMethods"],
    forwardsHost: forwardsHost(behaviour),
    ...withheld(behaviour),
    viewerNames: viewerNames(distribution),
    originName: origin.domainName,
    sendsSecretHeader:
      asked.length > 0
        ? asked.every((condition) => sendsHeader(origin, condition))
        : origin.customHeaders.length > 0,
    keepAliveSeconds: origin.keepAliveSeconds,
    readSeconds: origin.readSeconds,
    originAddresses: origin.addresses,
    countries: distribution.countries,
    clientCertificates: distribution.clientCertificates?.mode,
    showsCertificate: origin.showsCertificate,
    ...functionPart(behaviour, distribution),
  };
}

/** What of a request the behaviour keeps from the origin altogether. */
function withheld({ forwards }: EdgeRoute["behaviour"]): Pick<EdgeSpec, "withholds"> {
  const withholds = [
    ...(forwards.cookies.kind === "none" ? (["cookies"] as const) : []),
    ...(forwards.queries.kind === "none" ? (["query strings"] as const) : []),
  ];
  return withholds.length > 0 ? { withholds } : {};
}

/** What a behaviour's function does with each request, as far as that is known. */
function functionPart(
  { functions: { viewerRequest, notRun } }: EdgeRoute["behaviour"],
  { domainName }: EdgeRoute["distribution"],
): Pick<EdgeSpec, "front" | "ownFunction"> {
  if (notRun !== undefined) return { ownFunction: notRun };
  if (viewerRequest === undefined) return {};
  if (viewerRequest.front === undefined) return { ownFunction: viewerRequest.name };
  const { canonical, password, site, ...rest } = viewerRequest.front;
  const front = {
    ...rest,
    ...(password && { password: true }),
    ...(canonical && {
      canonical: { ...canonical, others: [...canonical.others, domainName] },
    }),
  };
  return Object.keys(front).length > 0 ? { front } : {};
}

/**
 * With `match-viewer`, CloudFront calls one listener for viewers with TLS and another for those
 * without, if the load balancer has both.
 */
function viewersByTls(
  { behaviour, origin }: Omit<EdgeRoute, "distribution">,
  { listener, loadBalancer }: Partial<Pick<Route, "listener" | "loadBalancer">>,
): Pick<EdgeSpec, "viewerTls"> {
  const { httpPort, httpsPort } = origin;
  const called = portsCalled({ behaviour, origin });
  const other = called.find((port) => port !== listener?.port);
  const split =
    called.length === 2 &&
    listener !== undefined &&
    called.includes(listener.port) &&
    loadBalancer?.listeners.some(({ port }) => port === other);
  return split && httpPort !== httpsPort ? { viewerTls: listener.port === httpsPort } : {};
}

/** Headers that the route's rule asks for, and that can be secret. */
function headersAsked({ rule }: Pick<Route, "rule">) {
  return (rule?.conditions ?? [])
    .filter((condition) => condition.field === "header")
    .filter((condition) => !isContentHeader(condition));
}

/** If the default action forwards too, a header decides where a request goes, not whether. */
function headerPart(route: Route): Pick<ListenerSpec, "requiresSecretHeader" | "withoutHeader"> {
  const { defaultAction: action } = route.listener;
  if (headersAsked(route).length === 0 || action.type === "forward")
    return { requiresSecretHeader: false };
  return {
    requiresSecretHeader: true,
    ...(action.status !== 403 && { withoutHeader: action.status }),
  };
}

/** The listener's part of a path; what is not in the program is added to `assumed`. */
export function listenerSpec(
  topology: Topology,
  lists: PrefixLists,
  route: Route,
  assumed: string[],
): ListenerSpec {
  const { edge, loadBalancer, listener } = route;
  const known = listenerAdmits(topology, lists, route, assumed);
  if (known === undefined)
    assumed.push(
      `The security group of the load balancer ${loadBalancer.name} is not one of the program's: it admits ${edge ? "CloudFront" : "viewers"}.`,
    );
  const taken: Source = edge
    ? { kind: "cloudfront", ipVersion: 4, assumed: true }
    : { kind: "cidr", cidr: "0.0.0.0/0", assumed: true };
  const action = route.rule?.action ?? listener.defaultAction;
  const signIn = action.signIn ? { signIn: action.signIn } : {};
  const redirectsHttp = loadBalancer.listeners.some(
    (l) => l.port === 80 && l.defaultAction.type === "redirect",
  );
  const ports = [listener.port, ...(redirectsHttp ? [80] : [])];
  const closed = closedPorts(topology, loadBalancer, ports);
  return {
    scheme: loadBalancer.internal ? "internal" : "internet-facing",
    protocol: listener.protocol,
    port: listener.port,
    http2: loadBalancer.http2,
    certificateNames: certificateNames(topology, listener.certificateArns),
    ...headerPart(route),
    admits: known ?? [taken],
    idleSeconds: loadBalancer.idleSeconds,
    redirectsHttp,
    ...(closed.length > 0 && { closedPorts: closed }),
    ...(route.missedHost && { missedHost: route.missedHost }),
    ...(route.answersAll !== undefined && { answersAll: route.answersAll }),
    ...requestLimits(route.rule?.conditions ?? []),
    ...signIn,
    clientCertificates: listener.clientCertificates?.mode,
  };
}

/** The target group's part of a path; what is not in the program is added to `assumed`. */
export function targetSpec(
  topology: Topology,
  lists: PrefixLists,
  { loadBalancer }: Route,
  group: TargetGroup,
  behind: RequestEnd | undefined,
  assumed: string[],
): TargetSpec {
  // ECS registers each task with its container's port, whatever the target group's own port is:
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
  const port = behind?.port ?? group.port;
  const admitsTo = (to: number, into: string[]): Source[] | undefined =>
    behind && targetAdmits(topology, lists, { ...behind, port: to, loadBalancer }, into);
  const known = admitsTo(port, assumed);
  const checked = Number(group.healthCheck.port);
  const checkedApart = behind !== undefined && checked > 0 && checked !== port;
  const closed =
    group.targetType === "lambda"
      ? []
      : portsWithoutEgress(topology, loadBalancer, behind?.targets, [
          port,
          ...(checkedApart ? [checked] : []),
        ]);
  if (behind === undefined && group.targetType !== "lambda")
    assumed.push(
      `No service or instance of the program is a target of the target group ${group.name}: its targets accept what it sends.`,
    );
  else if (behind !== undefined && known === undefined)
    assumed.push(
      `The security group of ${targetsText(behind.targets)} is not one of the program's: it admits the load balancer.`,
    );
  return {
    protocol: group.protocol,
    protocolVersion: group.protocolVersion,
    port,
    admits: known ?? [{ kind: "load-balancer" }],
    ...(checkedApart && {
      healthCheck: { port: checked, admits: admitsTo(checked, []) ?? [{ kind: "load-balancer" }] },
    }),
    ...(closed.length > 0 && { noEgressTo: closed }),
    ...(behind?.chosen && { chosenPort: behind.chosen }),
    ...(group.targetType === "lambda" && { lambda: true as const }),
  };
}

function certificateNames(topology: Topology, arns: readonly string[]): string[] | undefined {
  const known = arns.map((arn) => topology.certificates.get(arn));
  return known.length === 0 || known.includes(undefined)
    ? undefined
    : known.flatMap((names) => names ?? []);
}
