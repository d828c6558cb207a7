/** The path of any program, drawn from what it declared. */
import type { EdgeSpec, PathSpec, Source } from "../path/types";
import { originLoadBalancer } from ".";
import type {
  Action,
  Distribution,
  Listener,
  LoadBalancer,
  SecurityGroup,
  Service,
  TargetGroup,
  Topology,
} from "./types";

/** IP version of each of CloudFront's managed prefix lists, by the list's id. */
export type PrefixLists = ReadonlyMap<string, 4 | 6>;

/** The load balancer, listener, target group, service and distribution that one path is made of. */
interface Parts {
  readonly edge?: Distribution;
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  readonly targetGroupArn: string;
  /** True when a rule that asks for a header leads to the target group. */
  readonly behindHeader: boolean;
}

/** Seconds nginx keeps an idle connection where the image does not say: nginx's own default. */
const nginxKeepAliveSeconds = 75;

/** Target group that an action forwards to: the first, where it forwards to several. */
function forwardsTo(action: Action): string | undefined {
  return action.type === "forward" ? action.groups[0]?.arn : undefined;
}

/** The first listener that forwards, HTTPS before HTTP, with what it forwards to. */
function forwarding(loadBalancer: LoadBalancer): Omit<Parts, "edge"> | undefined {
  const listeners = [...loadBalancer.listeners].sort(
    (a, b) => Number(b.protocol === "HTTPS") - Number(a.protocol === "HTTPS"),
  );
  for (const listener of listeners) {
    const direct = forwardsTo(listener.defaultAction);
    if (direct !== undefined)
      return { loadBalancer, listener, targetGroupArn: direct, behindHeader: false };
    for (const rule of listener.rules) {
      const targetGroupArn = forwardsTo(rule.action);
      const behindHeader = rule.conditions.some((condition) => condition.field === "header");
      if (targetGroupArn !== undefined)
        return { loadBalancer, listener, targetGroupArn, behindHeader };
    }
  }
  return undefined;
}

function findParts(topology: Topology): Parts | undefined {
  const edge = topology.distributions[0];
  const origin = edge?.origins.get(edge.behaviours.at(-1)?.originId ?? "");
  // Viewers can reach an internal load balancer only where there is no other.
  const candidates = origin
    ? [originLoadBalancer(topology, origin)]
    : [...topology.loadBalancers].sort((a, b) => Number(a.internal) - Number(b.internal));
  for (const loadBalancer of candidates) {
    const found = loadBalancer && forwarding(loadBalancer);
    if (found) return { ...found, edge };
  }
  return undefined;
}

/** Who the security groups admit to a port, in the words of the path. */
function admits(
  groups: readonly SecurityGroup[],
  port: number,
  loadBalancer: LoadBalancer,
  lists: PrefixLists,
): Source[] {
  const rules = groups
    .flatMap((group) => group.ingress)
    .filter((r) => ["tcp", "-1"].includes(r.protocol) && r.fromPort <= port && port <= r.toPort);
  return rules.flatMap((rule): Source[] => [
    ...rule.cidrs.map((cidr): Source => ({ kind: "cidr", cidr })),
    ...rule.prefixListIds.flatMap((id): Source[] => {
      const ipVersion = lists.get(id);
      return ipVersion === undefined ? [] : [{ kind: "cloudfront", ipVersion }];
    }),
    ...(rule.groupIds.some((id) => loadBalancer.securityGroupIds.includes(id))
      ? [{ kind: "load-balancer" } as const]
      : []),
  ]);
}

function securityGroups(topology: Topology, ids: readonly string[]): SecurityGroup[] {
  return ids.flatMap((id) => topology.securityGroups.get(id) ?? []);
}

function edgeSpec(edge: Distribution): EdgeSpec | undefined {
  const behaviour = edge.behaviours.at(-1);
  const origin = edge.origins.get(behaviour?.originId ?? "");
  if (behaviour === undefined || origin === undefined) return undefined;
  const { headers } = behaviour.forwards;
  const named = headers.kind === "only" || headers.kind === "except" ? headers.names : [];
  return {
    origin: origin.loadBalancerArn === undefined ? "public" : "vpc",
    httpVersion: edge.httpVersion.toLowerCase() as EdgeSpec["httpVersion"],
    viewerProtocolPolicy: behaviour.viewerProtocolPolicy,
    originProtocolPolicy: origin.protocolPolicy,
    grpc: behaviour.grpc,
    allowedMethods: behaviour.allowedMethods as EdgeSpec["allowedMethods"],
    forwardsHost:
      headers.kind === "all" ||
      (headers.kind === "only" && named.includes("host")) ||
      (headers.kind === "except" && !named.includes("host")),
    viewerNames: edge.aliases.length > 0 ? edge.aliases : [edge.domainName],
    originName: origin.domainName,
    sendsSecretHeader: origin.customHeaders.length > 0,
    originKeepaliveSeconds: origin.keepaliveSeconds,
    originReadSeconds: origin.readSeconds,
  };
}

function certificateNames(topology: Topology, listener: Listener): readonly string[] | undefined {
  const known = listener.certificateArns.map((arn) => topology.certificates.get(arn));
  return known.length === 0 || known.includes(undefined)
    ? undefined
    : known.flatMap((n) => n ?? []);
}

/** The container behind a target group: its service and what nginx in it was told. */
function containerOf(
  topology: Topology,
  targetGroupArn: string,
): { service: Service; port: number; environment: Readonly<Record<string, string>> } | undefined {
  for (const service of topology.services) {
    const target = service.targets.find((t) => t.targetGroupArn === targetGroupArn);
    const container = service.containers.find((c) => c.name === target?.containerName);
    if (target && container)
      return { service, port: target.containerPort, environment: container.environment };
  }
  return undefined;
}

/**
 * What the container's socket takes: what our nginx was told; of any other image nothing is known,
 * so it is taken to be what its target group asks for.
 */
function socketOf(
  environment: Readonly<Record<string, string>>,
  group: TargetGroup,
): Pick<PathSpec["container"], "tls" | "accepts"> {
  const http2 = environment.HOPWISE_HTTP2 ?? (group.protocolVersion === "HTTP1" ? "off" : "on");
  const tls = environment.HOPWISE_TLS ?? (group.protocol === "HTTPS" ? "on" : "off");
  // Without HTTP/2 switched on, nginx takes `PRI * HTTP/2.0` for a broken request.
  return { tls: tls === "on", accepts: http2 === "on" ? ["HTTP/2", "HTTP/1.1"] : ["HTTP/1.1"] };
}

/** A path with the name of its load balancer. */
export interface FoundPath {
  readonly spec: PathSpec;
  readonly loadBalancer: string;
}

/**
 * The path that a program's resources make, from its first distribution (or, without one, its
 * first load balancer) to its container; undefined when they make none.
 */
export function pathOf(topology: Topology, lists: PrefixLists): FoundPath | undefined {
  const parts = findParts(topology);
  const group = parts && topology.targetGroups.get(parts.targetGroupArn);
  const behind = parts && containerOf(topology, parts.targetGroupArn);
  if (!parts || !group || !behind) return undefined;
  const { loadBalancer, listener } = parts;
  const { environment } = behind;
  const app = /:(\d+)$/.exec(environment.HOPWISE_APP ?? "")?.[1];
  const spec: PathSpec = {
    edge: parts.edge && edgeSpec(parts.edge),
    listener: {
      scheme: loadBalancer.internal ? "internal" : "internet-facing",
      protocol: listener.protocol,
      port: listener.port,
      http2: loadBalancer.http2,
      certificateNames: certificateNames(topology, listener),
      requiresSecretHeader: parts.behindHeader,
      admits: admits(
        securityGroups(topology, loadBalancer.securityGroupIds),
        listener.port,
        loadBalancer,
        lists,
      ),
      idleTimeoutSeconds: loadBalancer.idleSeconds,
      redirectsHttp: loadBalancer.listeners.some(
        (l) => l.port === 80 && l.defaultAction.type === "redirect",
      ),
    },
    target: {
      protocol: group.protocol,
      protocolVersion: group.protocolVersion,
      port: group.port,
      admits: admits(
        securityGroups(topology, behind.service.securityGroupIds),
        behind.port,
        loadBalancer,
        lists,
      ),
    },
    container: {
      port: behind.port,
      ...socketOf(environment, group),
      keepAliveSeconds: Number(environment.HOPWISE_KEEPALIVE_SECONDS ?? nginxKeepAliveSeconds),
    },
    appPort: app === undefined ? undefined : Number(app),
    mustWork: ["http"],
    sharedVpc: false,
    waf: (parts.edge ?? loadBalancer).webAcl ?? false,
  };
  return { spec, loadBalancer: loadBalancer.name };
}
