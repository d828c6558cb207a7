import type * as aws from "@pulumi/aws";
import { managedCachePolicies, managedOriginRequestPolicies } from "../../path/cloudfront";
import type { EdgeSpec } from "../../path/types";

type Behavior = aws.types.input.cloudfront.DistributionDefaultCacheBehavior;

/** How a site stands beside the service in a distribution. */
export interface SiteBehavior {
  readonly behavior: Behavior;
  /** Who answers what `paths` does not list. */
  readonly byDefault: "site" | "service";
  /** Path patterns of the other one. */
  readonly paths: readonly string[];
}

/** The distribution's behaviours: who answers which path. */
export function behaviorsOf(
  edge: EdgeSpec,
  site: SiteBehavior | undefined,
): Pick<aws.cloudfront.DistributionArgs, "orderedCacheBehaviors"> & {
  defaultCacheBehavior: Behavior;
} {
  const service = serviceBehavior(edge);
  if (site === undefined) return { defaultCacheBehavior: service };
  const [usual, other] =
    site.byDefault === "site" ? [site.behavior, service] : [service, site.behavior];
  return {
    defaultCacheBehavior: usual,
    orderedCacheBehaviors: site.paths.map((pathPattern) => ({ pathPattern, ...other })),
  };
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
    // What an app answers is its own business until someone says it may be cached.
    cachePolicyId: managedCachePolicies.CachingDisabled,
    originRequestPolicyId: edge.forwardsHost
      ? managedOriginRequestPolicies.AllViewer
      : managedOriginRequestPolicies.AllViewerExceptHostHeader,
  };
}
