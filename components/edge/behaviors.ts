import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedCachePolicies, managedOriginRequestPolicies } from "../../path/cloudfront";
import { edgeBehavior } from "../../path/variantSpecs";

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
  /** Behaviour of the error pages in a bucket of their own, and its path pattern. @default none */
  readonly errorPages?: { readonly behavior: Behavior; readonly pathPattern: string };
  /** Function that gets each request for a service first. @default none */
  readonly functionArn?: pulumi.Input<string>;
  /** True for gRPC calls on every path of the service. @default false */
  readonly grpc?: boolean;
  /** False to send the origin's own name as Host in place of the viewer's. @default true */
  readonly forwardsHost?: boolean;
  /** Policy that forwards more than the viewer's whole request, in place of AWS's. @default none */
  readonly requestPolicyId?: pulumi.Input<string>;
  /** Full names of gRPC services. @default none */
  readonly grpcServices?: readonly string[];
  /** Path patterns of services that need a behaviour of their own; first come, first asked. @default none */
  readonly serviceBehaviors?: readonly { readonly pathPattern: string; readonly grpc: boolean }[];
}

/** The distribution's behaviours: who answers which path. gRPC services come first. */
export function behaviorsOf(choices: BehaviorChoices): Pick<
  aws.cloudfront.DistributionArgs,
  "orderedCacheBehaviors"
> & {
  defaultCacheBehavior: Behavior;
} {
  const { site, errorPages, grpc = false, grpcServices = [], serviceBehaviors = [] } = choices;
  const service = serviceBehavior(grpc, choices);
  const [usual, other] =
    site?.byDefault === "site" ? [site.behavior, service] : [service, site?.behavior];
  const at = (behavior: Behavior) => (pathPattern: string) => ({ pathPattern, ...behavior });
  const ordered = [
    ...(errorPages === undefined ? [] : [at(errorPages.behavior)(errorPages.pathPattern)]),
    ...serviceBehaviors.map((one) => at(serviceBehavior(one.grpc, choices))(one.pathPattern)),
    ...grpcPatterns(grpcServices).map(at(serviceBehavior(true, choices))),
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
function serviceBehavior(
  grpc: boolean,
  {
    forwardsHost = true,
    functionArn,
    requestPolicyId,
  }: Pick<BehaviorChoices, "forwardsHost" | "functionArn" | "requestPolicyId">,
): Behavior {
  return {
    targetOriginId: "load-balancer",
    viewerProtocolPolicy: edgeBehavior.viewerProtocolPolicy,
    allowedMethods: [...edgeBehavior.allowedMethods],
    ...(grpc && { grpcConfig: { enabled: true } }),
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    // An app's responses may be private, so they are not cached.
    cachePolicyId: managedCachePolicies.CachingDisabled,
    originRequestPolicyId:
      requestPolicyId ??
      (forwardsHost
        ? managedOriginRequestPolicies.AllViewer
        : managedOriginRequestPolicies.AllViewerExceptHostHeader),
    ...(functionArn !== undefined && {
      functionAssociations: [{ eventType: "viewer-request", functionArn }],
    }),
  };
}
