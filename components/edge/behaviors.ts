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
    // An app's responses may be private, so they are not cached.
    cachePolicyId: managedCachePolicies.CachingDisabled,
    originRequestPolicyId: edge.forwardsHost
      ? managedOriginRequestPolicies.AllViewer
      : managedOriginRequestPolicies.AllViewerExceptHostHeader,
  };
}
