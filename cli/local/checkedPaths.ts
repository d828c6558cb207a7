/** Which paths a check makes requests on, and what it calls: names, addresses, URL paths. */
import { certificateCovers } from "../../path/certificates";
import type { PathSpec } from "../../path/types";
import { defaults } from "../../path/defaults";
import { takesKind } from "../../path/typical";
import { networks } from "../../local/serve/addresses";
import type { Served } from "../../local/serve";
import { certifiedNames } from "../../local/serve/namesToCertify";
import { matchesWildcard } from "../../topology/patterns";
import type { FoundPath } from "../../topology/pathOf";
import type { RuleCondition, Listener, LoadBalancer, Topology } from "../../topology/types";
import type { ProbeAddress, ProbeAddresses } from "./probes";

/** A path with where its requests go. */
export interface CheckedPath {
  /** What viewers call: the load balancer, or a name of the distribution. */
  readonly of: string;
  readonly path: PathSpec;
  readonly places: ProbeAddresses;
}

/**
 * The first path of each distribution and of each load balancer that viewers call, of those that end
 * at a container, and the first for gRPC calls if they take another one; nothing if a distribution
 * is disabled, since viewers then get no answer.
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
  const firsts = new Map<string, FoundPath>();
  for (const found of paths) {
    const grpc = found.spec.grpc !== undefined && !takesKind(found.spec, "http") ? " gRPC" : "";
    const front = `${found.via.distributionId ?? found.loadBalancer}${grpc}`;
    if (found.via.serviceArn !== undefined && !firsts.has(front)) firsts.set(front, found);
  }
  return [...firsts.values()].flatMap((found) => {
    const places = placesOf(found, topology, served);
    const of = found.spec.edge?.viewerNames[0] ?? found.loadBalancer;
    return places ? [{ of, path: found.spec, places: { ...places, callerAddress } }] : [];
  });
}

function placesOf(
  found: FoundPath,
  topology: Topology,
  served: Served,
): ProbeAddresses | undefined {
  const { spec, via } = found;
  const loadBalancer = topology.loadBalancers.find(({ name }) => name === found.loadBalancer);
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
