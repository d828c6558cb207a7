import type * as aws from "@pulumi/aws";
import { managedCachePolicies, managedOriginRequestPolicies } from "../../path/cloudfront";
import type { EdgeSpec } from "../../path/types";

type Behavior = aws.types.input.cloudfront.DistributionDefaultCacheBehavior;

/** How a distribution combines a static site and the service. */
export interface SiteBehavior {
  readonly behavior: Behavior;
  /** Who answers paths that `paths` does not list. */
  readonly byDefault: "site" | "service";
  /** Path patterns that the other one answers. */
  readonly paths: readonly string[];
}

/** Paths of the distribution that are not for the default behaviour alone. */
export interface BehaviorChoices {
  readonly site?: SiteBehavior;
  /** Full names of gRPC services. @default none */
  readonly grpcServices?: readonly string[];
}

/** The distribution's behaviours: who answers which path. gRPC services come first. */
export function behaviorsOf(
  edge: EdgeSpec,
  { site, grpcServices = [] }: BehaviorChoices,
): Pick<aws.cloudfront.DistributionArgs, "orderedCacheBehaviors"> & {
  defaultCacheBehavior: Behavior;
} {
  const service = serviceBehavior(edge);
  const [usual, other] =
    site?.byDefault === "site" ? [site.behavior, service] : [service, site?.behavior];
  const at = (behavior: Behavior) => (pathPattern: string) => ({ pathPattern, ...behavior });
  const ordered = [
    ...grpcPatterns(grpcServices).map(at(serviceBehavior({ ...edge, grpc: true }))),
    ...(other === undefined ? [] : (site?.paths ?? []).map(at(other))),
  ];
  return {
    defaultCacheBehavior: usual,
    ...(ordered.length > 0 && { orderedCacheBehaviors: ordered }),
  };
}

/** The path patterns of services: a method is called at `/package.Service/Method`. */
export function grpcPatterns(services: readonly string[]): string[] {
  return services.map((service) => `/${service}/*`);
}

/** Requests for the service: all of them reach it, as the viewer made them. */
function serviceBehavior(edge: EdgeSpec): Behavior {
  return {
    targetOriginId: "load-balancer",
    viewerProtocolPolicy: edge.viewerProtocolPolicy,
    allowedMethods: [...edge.allowedMethods],
    ...(edge.grpc && { grpcConfig: { enabled: true } }),
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    // An app's responses may be private, so they are not cached.
    cachePolicyId: managedCachePolicies.CachingDisabled,
    originRequestPolicyId: edge.forwardsHost
      ? managedOriginRequestPolicies.AllViewer
      : managedOriginRequestPolicies.AllViewerExceptHostHeader,
  };
}
