/** What a stack's program promises to its callers, from its resources, offline. */
import type { Finding } from "../../rules/finding";
import { judge } from "../../rules/judge";
import type { PathSpec } from "../../path/types";
import type { FoundPath } from "../../topology/pathOf";
import { pathsIn } from "../../topology/stack/paths";
import { stackOfEvaluation } from "../findings";
import { patternsMeet } from "../../topology/patterns";
import type { Distribution, LoadBalancer, Topology } from "../../topology/types";
import type { EvaluatedStack } from "../plan/evaluateStack";
import { CommandFailure } from "../failure";

/** What is promised. */
export interface Promised {
  readonly stack: string;
  /** The path that a viewer of {@link Promised.service} takes. */
  readonly spec: PathSpec;
  /**
   * Findings of `hopwise plan` that are errors, on this path or on resources: the program cannot
   * keep its promise.
   */
  readonly errors: readonly Finding[];
  /** A path of the site that leads to the container. */
  readonly service: string;
  /** The inspector's path, if that leads to the container too. */
  readonly inspector?: string;
  /** Paths that a bucket answers. */
  readonly buckets: readonly string[];
  readonly tls: {
    readonly minimum: "TLSv1.2" | "TLSv1.3";
    readonly maximum: "TLSv1.2" | "TLSv1.3";
    /** True if no setting decides whether older versions are refused. */
    readonly olderUnknown: boolean;
  };
  /** Response headers that CloudFront or the listener sets. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** True when something answers on port 80. */
  readonly plainPort: boolean;
  /** Port and TLS of the load balancer behind CloudFront; absent without CloudFront. */
  readonly loadBalancer?: { readonly name: string; readonly port: number; readonly tls: boolean };
}

const inspectorPath = "/.well-known/hopwise";

/**
 * @throws {CommandFailure} if the program is refused or has no path to a container
 */
export function promiseOf({ stack, evaluation, problems, refusedPath }: EvaluatedStack): Promised {
  const refused = evaluation.refusals.length + problems.length > 0;
  if (refused || refusedPath !== undefined)
    throw new CommandFailure(
      `The program of stack ${stack} is refused, so there is nothing to compare the site with. Run hopwise plan --stack ${stack} to see why.`,
    );
  const resources = stackOfEvaluation(evaluation);
  const { topology } = pathsIn(resources);
  const judgement = judge(resources);
  const paths = judgement.paths.map(({ found }) => found);
  const [first] = paths;
  if (first === undefined)
    throw new CommandFailure(
      `The program of stack ${stack} has no path to a container. Run hopwise plan --stack ${stack} to see what it contains.`,
    );
  const { distribution, loadBalancer } = partsOf(first, topology);
  const listener = loadBalancer?.listeners.find(({ arn }) => arn === first.via.listenerArn);
  const service = samplePath(first, distribution);
  const inspected = answering(inspectorPath, paths, distribution);
  return {
    stack,
    spec: first.spec,
    errors: judgement.findings.filter(
      (finding) =>
        finding.severity === "error" && (finding.paths.length === 0 || finding.paths.includes(0)),
    ),
    service,
    ...(inspected && { inspector: inspectorPath }),
    buckets: distribution ? bucketPaths(distribution) : [],
    tls: {
      minimum: (distribution ?? listener)?.minimumTls ?? "TLSv1.2",
      maximum: distribution ? "TLSv1.3" : (listener?.maximumTls ?? "TLSv1.3"),
      // With its default certificate CloudFront accepts TLSv1, and no setting changes that:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html
      olderUnknown: distribution !== undefined && distribution.certificateArn === undefined,
    },
    headers: promisedHeaders(service, distribution, listener),
    plainPort:
      distribution !== undefined || (loadBalancer?.listeners ?? []).some(({ port }) => port === 80),
    ...(distribution &&
      loadBalancer &&
      listener && {
        loadBalancer: {
          name: loadBalancer.name,
          port: listener.port,
          tls: listener.protocol === "HTTPS",
        },
      }),
  };
}

function partsOf({ via }: FoundPath, topology: Topology) {
  const distribution = topology.distributions.find(({ id }) => id === via.distributionId);
  const loadBalancer: LoadBalancer | undefined = topology.loadBalancers.find((lb) =>
    lb.listeners.some(({ arn }) => arn === via.listenerArn),
  );
  return { distribution, loadBalancer };
}

/** The behaviour that handles a request for a path. */
function behaviourOf(path: string, distribution: Distribution) {
  return distribution.behaviours.find(({ pathPattern }) =>
    patternsMeet(/^[/*]/.test(pathPattern) ? pathPattern : `/${pathPattern}`, path),
  );
}

function answering(
  path: string,
  paths: readonly FoundPath[],
  distribution: Distribution | undefined,
): FoundPath | undefined {
  if (!distribution) return paths.find(({ via }) => via.distributionId === undefined);
  const pattern = behaviourOf(path, distribution)?.pathPattern;
  return paths.find(
    ({ via }) => via.distributionId === distribution.id && via.pathPattern === pattern,
  );
}

/** A path that matches a pattern. */
function sample(pattern: string): string {
  const path = pattern.replaceAll("*", "").replaceAll("?", "x");
  return path.startsWith("/") ? path : `/${path}`;
}

function samplePath({ via }: FoundPath, distribution: Distribution | undefined): string {
  return distribution === undefined ? "/" : sample(via.pathPattern ?? "*");
}

/** At most two, because each is a request. */
function bucketPaths(distribution: Distribution): string[] {
  const paths = distribution.behaviours
    .filter(({ originId }) => distribution.origins.get(originId)?.bucket !== undefined)
    .map(({ pathPattern }) => sample(pathPattern));
  return [...new Set(paths)].slice(0, 2);
}

function promisedHeaders(
  service: string,
  distribution: Distribution | undefined,
  listener: LoadBalancer["listeners"][number] | undefined,
): Promised["headers"] {
  if (!distribution) return listener?.responseHeaders ?? [];
  const policy = behaviourOf(service, distribution)?.responseHeaders;
  // If a policy keeps the origin's value, only the header's name is promised.
  return (policy?.set ?? []).map(({ name, value, override }) => [
    name.toLowerCase(),
    override ? value : "",
  ]);
}
