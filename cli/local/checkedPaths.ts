/** Which paths a check makes requests on, and what it calls: names, addresses, URL paths. */
import { certificateCovers } from "../../path/certificates";
import type { PathSpec } from "../../path/types";
import { defaults } from "../../path/defaults";
import { takesKind } from "../../path/typical";
import { networks } from "../../local/serve/addresses";
import type { Served } from "../../local/serve";
import { certifiedNames } from "../../local/serve/namesToCertify";
import { testRuleArns } from "../../topology/deployments";
import { matchesWildcard } from "../../topology/patterns";
import type { FoundPath } from "../../topology/pathOf";
import { sendsHeader } from "../../topology/shares";
import type { RuleCondition, Listener, LoadBalancer, Topology } from "../../topology/types";
import type { ProbeAddress, ProbeAddresses } from "./probes";

/** A path with where its requests go. */
export interface CheckedPath {
  /** What viewers call: the load balancer, or a name of the distribution; of an example with its URL path. */
  readonly of: string;
  readonly path: PathSpec;
  readonly places: ProbeAddresses;
  /** Name of the service at its end. */
  readonly service?: string;
  /** True where it leads to the new tasks of a deployment, before viewers do. */
  readonly forTests?: true;
  /** True where one request shows that the path is taken: another path shows the rest. */
  readonly example?: true;
}

/**
 * Of the paths that end at a container: the first of each distribution and of each load balancer that
 * viewers call, the first for gRPC calls if they take another one, and an example for every other
 * behaviour and listener rule whose requests can be made here. Nothing if a distribution is
 * disabled, since viewers then get no answer.
 *
 * @param callerAddress public address that callers represent; absent: one of the internet
 */
export function checkedPaths(
  paths: readonly FoundPath[],
  topology: Topology,
  served: Served,
  callerAddress?: string,
): CheckedPath[] {
  if (topology.disabled.length > 0) return [];
  const tests = testRuleArns(topology.services);
  const [fronts, routes] = [new Set<string>(), new Set<string>()];
  return paths.flatMap((found): CheckedPath[] => {
    const { spec, via } = found;
    const grpc = spec.grpc !== undefined && !takesKind(spec, "http") ? " gRPC" : "";
    const front = `${via.distributionId ?? found.loadBalancer}${grpc}`;
    const route = [front, via.pathPattern, via.listenerArn, via.ruleArn].join("\n");
    if (via.serviceArn === undefined || routes.has(route)) return [];
    const places = placesOf(found, topology, served);
    const example = fronts.has(front);
    if (!places || (example && !isTaken(found, topology, places.front))) return [];
    fronts.add(front);
    routes.add(route);
    const of = spec.edge?.viewerNames[0] ?? found.loadBalancer;
    const service = topology.services.find(({ arn }) => arn === via.serviceArn)?.name;
    const forTests = tests.has(via.ruleArn ?? "") ? { forTests: true as const } : {};
    const called = { path: spec, places: { ...places, callerAddress }, service, ...forTests };
    if (!example) return [{ of, ...called }];
    const { name, path = "/" } = places.front;
    return [{ of: `${name}${path}`, ...called, example }];
  });
}

/** True where an ordinary GET of this address takes the path, and no other. */
function isTaken(
  { spec, via }: FoundPath,
  topology: Topology,
  { name, path = "/" }: ProbeAddress,
): boolean {
  const distribution = topology.distributions.find(({ id }) => id === via.distributionId);
  const behaviour = distribution?.behaviours.find(({ pathPattern }) =>
    matchesWildcard(rooted(pathPattern), path),
  );
  if (behaviour?.pathPattern !== via.pathPattern || spec.listener.missedHost) return false;
  if (!takesKind(spec, "http")) return false;
  const listener = topology.loadBalancers
    .flatMap(({ listeners }) => listeners)
    .find(({ arn }) => arn === via.listenerArn);
  const origin = distribution?.origins.get(behaviour?.originId ?? "");
  const host = spec.edge && !spec.edge.forwardsHost ? (origin?.domainName ?? "") : name;
  const first = listener?.rules.find(({ conditions }) =>
    conditions.every((condition) => {
      switch (condition.field) {
        case "host":
          return condition.values.some((one) => matchesWildcard(one, host, true));
        case "path":
          return condition.values.some((one) => matchesWildcard(one, (origin?.path ?? "") + path));
        case "method":
          return condition.values.includes("GET");
        case "header":
          return origin !== undefined && sendsHeader(origin, condition);
        default:
          return false;
      }
    }),
  );
  return first?.arn === via.ruleArn;
}

function placesOf(
  found: FoundPath,
  topology: Topology,
  served: Served,
): ProbeAddresses | undefined {
  const { spec, via } = found;
  const loadBalancer = topology.loadBalancers.find(({ listeners }) =>
    listeners.some(({ arn }) => arn === via.listenerArn),
  );
  const listener = loadBalancer?.listeners.find(({ arn }) => arn === via.listenerArn);
  if (!loadBalancer || !listener) return undefined;
  const conditions = conditionsOf(listener, found);
  const distribution = topology.distributions.find(({ id }) => id === via.distributionId);
  const cloudfrontAddress = `${networks.cloudfront}.1`;
  const direct = listenerPlace(served, loadBalancer, listener.port, {
    name: nameCalled(topology, loadBalancer, listener, conditions),
    path: pathCalled(undefined, conditions),
  });
  if (distribution === undefined) {
    if (!direct) return undefined;
    const plain = spec.listener.redirectsHttp
      ? listenerPlace(served, loadBalancer, 80, direct)
      : undefined;
    return { front: direct, plain, cloudfrontAddress };
  }
  const { host, address, port, plainPort, url } = served.front;
  const [viewerName = host] = spec.edge?.viewerNames ?? [];
  const name = distribution === topology.distributions[0] ? host : sample(viewerName);
  const first = takesKind(spec, "http") ? "/" : defaults.grpc.healthCheckPath;
  const at = { name, address, path: pathCalled(via.pathPattern, conditions, first) };
  return {
    front: { ...at, port, tls: url.startsWith("https:") },
    plain: plainPort === undefined ? undefined : { ...at, port: plainPort, tls: false },
    // Called past CloudFront, the URL path is the one that CloudFront asks for.
    loadBalancer: direct && { ...direct, path: at.path },
    cloudfrontAddress,
  };
}

/** Undefined where the listener is not served, or no name leads to it. */
function listenerPlace(
  served: Served,
  { name }: LoadBalancer,
  port: number,
  called: { readonly name: string | undefined; readonly path?: string },
): ProbeAddress | undefined {
  const at = served.loadBalancers
    .find((one) => one.name === name)
    ?.listeners.find((listener) => listener.port === port);
  if (!at || called.name === undefined) return undefined;
  const tls = at.protocol === "HTTPS";
  return { name: called.name, path: called.path, address: at.address, port: at.localPort, tls };
}

function conditionsOf({ rules }: Listener, { via }: FoundPath): readonly RuleCondition[] {
  return rules.find(({ arn }) => arn === via.ruleArn)?.conditions ?? [];
}

/** A name that the rule asks for and that is on the certificate; undefined where there is none. */
function nameCalled(
  topology: Topology,
  loadBalancer: LoadBalancer,
  listener: Listener,
  conditions: readonly RuleCondition[],
): string | undefined {
  const certified =
    listener.protocol === "HTTPS"
      ? listener.certificateArns.flatMap(
          (arn) => topology.certificates.get(arn) ?? certifiedNames(topology, loadBalancer),
        )
      : undefined;
  const asked = conditions.flatMap((condition) =>
    condition.field === "host" && condition.regex !== true ? condition.values : [],
  );
  const names = [...asked, ...(certified ?? []), loadBalancer.dnsName].map(sample);
  return names
    .filter((name) => asked.length === 0 || asked.some((host) => matchesWildcard(host, name, true)))
    .find((name) => certified === undefined || certificateCovers(certified, name));
}

/** A URL path that both the behaviour and the rule take. */
function pathCalled(
  pattern: string | undefined,
  conditions: readonly RuleCondition[],
  first = "/",
): string {
  const behaviour = pattern === undefined || pattern.startsWith("/") ? pattern : `/${pattern}`;
  const asked = conditions.flatMap((condition) =>
    condition.field === "path" && condition.regex !== true ? condition.values : [],
  );
  const candidates = [first, ...asked, behaviour ?? "/"].map(sample).map((path) => rooted(path));
  const fits = (path: string): boolean =>
    (asked.length === 0 || asked.some((one) => matchesWildcard(one, path))) &&
    (behaviour === undefined || behaviour === "/*" || matchesWildcard(behaviour, path));
  return candidates.find(fits) ?? candidates.at(-1) ?? "/";
}

const rooted = (path: string): string => (path.startsWith("/") ? path : `/${path}`);

/** A text that the pattern matches. */
const sample = (pattern: string): string => pattern.replace(/\*+/g, "check").replaceAll("?", "x");
