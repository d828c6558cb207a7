/** The paths of any program, from the resources that it declares. */
import { targetSpeaks } from "../path/protocols";
import type { EdgeSpec, ListenerSpec, PathSpec, Source, TargetSpec } from "../path/types";
import { requestLimits, isContentHeader } from "./requestLimits";
import { listenerAdmits, type PrefixLists, targetAdmits, targetsText } from "./admits";
import { grpcOf, isOurImage, keepAlive, portOf, socketOf } from "./containerSocket";
import { closedPorts, portsWithoutEgress } from "./egress";
import { mustWork } from "./mustWork";
import { type Route, routesOf } from "./routes";
import { type EdgeRoute, forwardsHost, sendsHeader, viewerNames } from "./shares";
import type { TargetGroup, Targets, Topology } from "./types";

export type { PrefixLists } from "./admits";

/** The resources of a path. */
interface Via {
  /** Absent: viewers call the load balancer themselves. */
  readonly distributionId?: string;
  /** Path pattern of the distribution's behaviour; `*` is the default one. */
  readonly pathPattern?: string;
  readonly listenerArn: string;
  /** ARN of the listener rule. Absent: the listener's default action. */
  readonly ruleArn?: string;
  /** Priority of that rule; two of a program can have the same, which AWS refuses. */
  readonly rulePriority?: number;
  readonly targetGroupArn: string;
  /** Absent: no service of the program registers its tasks in the target group. */
  readonly serviceArn?: string;
  /** Id of the instance or Auto Scaling group; absent: none of the program is a target. */
  readonly instancesId?: string;
}

/** A path with the name of its load balancer. */
export interface FoundPath {
  readonly spec: PathSpec;
  readonly loadBalancer: string;
  /** Name of the container that gets the requests; absent without a service of the program. */
  readonly container?: string;
  readonly via: Via;
  /** Assumptions about what the program does not say, in words. */
  readonly assumed: readonly string[];
}

/**
 * Every path that carries requests: each chain of behaviour, listener, rule, target group and
 * service. The viewers' main path is at index 0: that of the first distribution's default behaviour
 * or, without a distribution, of the first load balancer. Paths that end at a
 * target group without a service of the program come last. A path to S3 is not included: no
 * container answers there.
 *
 * @param lists CloudFront's managed prefix lists, by id
 */
export function pathsOf(topology: Topology, lists: PrefixLists): FoundPath[] {
  const paths = routesOf(topology).flatMap((route) => {
    const group = topology.targetGroups.get(route.targetGroupArn);
    if (!group) return [];
    const behind = [
      ...containersOf(topology, route.targetGroupArn),
      ...instancesOf(topology, group),
    ];
    return (behind.length > 0 ? behind : [undefined]).map((end) =>
      found(topology, lists, route, group, end),
    );
  });
  const ends = (path: FoundPath): boolean => path.via.serviceArn !== undefined;
  return [...paths.filter(ends), ...paths.filter((path) => !ends(path))];
}

/** The viewers' first path that ends at a service; undefined if there is none. */
export function pathOf(topology: Topology, lists: PrefixLists): FoundPath | undefined {
  const [first] = pathsOf(topology, lists);
  return first?.via.serviceArn === undefined ? undefined : first;
}

/** What a target group's requests go to: a service's container, or instances. */
interface Behind {
  readonly targets: Targets;
  /** Absent: instances. */
  readonly container?: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly via: Pick<Via, "serviceArn" | "instancesId">;
}

function containersOf(topology: Topology, targetGroupArn: string): Behind[] {
  return topology.services.flatMap((service) =>
    service.targets
      .filter((target) => target.targetGroupArn === targetGroupArn)
      .flatMap((target) => {
        const container = service.containers.find((c) => c.name === target.containerName);
        const { containerPort: port } = target;
        if (!container) return [];
        const { name, environment } = container;
        const via = { serviceArn: service.arn };
        return [{ targets: service, port, container: name, environment, via }];
      }),
  );
}

function instancesOf(topology: Topology, group: TargetGroup): Behind[] {
  return topology.instances.flatMap((targets) =>
    targets.targets
      .filter(({ targetGroupArn }) => targetGroupArn === group.arn)
      .map(({ port = group.port }) => ({
        ...{ targets, port, environment: {} },
        via: { instancesId: targets.id },
      })),
  );
}

function found(
  topology: Topology,
  lists: PrefixLists,
  route: Route,
  group: TargetGroup,
  behind: Behind | undefined,
): FoundPath {
  const { edge, loadBalancer, listener, rule } = route;
  const assumed: string[] = [];
  const environment = behind?.environment ?? {};
  if (behind && !isOurImage(environment))
    assumed.push(
      `${behind.container === undefined ? targetsText(behind.targets).replace("the", "The") : `The container ${behind.container}`} accepts ${targetSpeaks(group.protocolVersion)} on port ${behind.port}` +
        `${group.protocol === "HTTPS" ? ", with TLS" : ""}.`,
    );
  const front = edge && edgeSpec(edge, route);
  const calls = grpcOf(environment);
  const behindIt = listenerSpec(topology, lists, route, assumed);
  const spec: PathSpec = {
    edge: front,
    listener: behindIt,
    target: targetSpec(topology, lists, route, group, behind, assumed),
    container: {
      port: Number(environment.HOPWISE_PORT ?? behind?.port ?? group.port),
      ...socketOf(environment, group),
      keepAliveSeconds: keepAlive(environment, loadBalancer),
    },
    appPort: portOf(environment.HOPWISE_APP),
    grpc: calls,
    mustWork: mustWork(group, front, route, behindIt, calls !== undefined),
    sharedVpc: false,
    waf: (edge?.distribution ?? loadBalancer).webAcl ?? false,
  };
  const via: Via = {
    ...(edge && {
      distributionId: edge.distribution.id,
      pathPattern: edge.behaviour.pathPattern,
    }),
    listenerArn: listener.arn,
    ...(rule && { ruleArn: rule.arn, rulePriority: rule.priority }),
    targetGroupArn: group.arn,
    ...behind?.via,
  };
  return {
    spec,
    loadBalancer: loadBalancer.name,
    via,
    assumed,
    ...(behind?.container !== undefined && { container: behind.container }),
  };
}

function edgeSpec({ distribution, behaviour, origin }: EdgeRoute, route: Route): EdgeSpec {
  const asked = headersAsked(route);
  return {
    origin: origin.loadBalancerArn === undefined ? "public" : "vpc",
    httpVersion: distribution.httpVersion.toLowerCase() as EdgeSpec["httpVersion"],
    viewerProtocolPolicy: behaviour.viewerProtocolPolicy,
    originProtocolPolicy: origin.protocolPolicy,
    originHttpVersion: origin.httpVersion,
    // Only a VPC origin may leave its list out.
    originTls12: origin.tlsProtocols.length === 0 || origin.tlsProtocols.includes("TLSv1.2"),
    grpc: behaviour.grpc,
    allowedMethods: behaviour.allowedMethods as EdgeSpec["allowedMethods"],
    forwardsHost: forwardsHost(behaviour),
    viewerNames: viewerNames(distribution),
    originName: origin.domainName,
    sendsSecretHeader:
      asked.length > 0
        ? asked.every((condition) => sendsHeader(origin, condition))
        : origin.customHeaders.length > 0,
    keepAliveSeconds: origin.keepAliveSeconds,
    readSeconds: origin.readSeconds,
    originAddresses: origin.addresses,
  };
}

/** Headers that the route's rule asks for, and that can be secret. */
function headersAsked({ rule }: Route) {
  return (rule?.conditions ?? [])
    .filter((condition) => condition.field === "header")
    .filter((condition) => !isContentHeader(condition));
}

function listenerSpec(
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
  const signIn = action.type === "forward" && action.signIn ? { signIn: action.signIn } : {};
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
    // If the default action forwards too, a header decides where a request goes, not whether.
    requiresSecretHeader:
      headersAsked(route).length > 0 && listener.defaultAction.type !== "forward",
    admits: known ?? [taken],
    idleSeconds: loadBalancer.idleSeconds,
    redirectsHttp,
    ...(closed.length > 0 && { closedPorts: closed }),
    ...(route.missedHost && { missedHost: route.missedHost }),
    ...requestLimits(route.rule?.conditions ?? []),
    ...signIn,
  };
}

function targetSpec(
  topology: Topology,
  lists: PrefixLists,
  { loadBalancer }: Route,
  group: TargetGroup,
  behind: Behind | undefined,
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
  if (behind === undefined)
    assumed.push(
      `No service or instance of the program is a target of the target group ${group.name}: its targets accept what it sends.`,
    );
  else if (known === undefined)
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
    ...(group.targetType === "lambda" && { lambda: true as const }),
  };
}

function certificateNames(topology: Topology, arns: readonly string[]): string[] | undefined {
  const known = arns.map((arn) => topology.certificates.get(arn));
  return known.length === 0 || known.includes(undefined)
    ? undefined
    : known.flatMap((names) => names ?? []);
}
