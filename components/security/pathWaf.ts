import type * as pulumi from "@pulumi/pulumi";
import type { OriginParts } from "../edge/originParts";
import { secretHeaderName } from "./originSecret";
import type { PathArgs } from "../variants/pathArgs";
import type { PathPlan } from "../variants/pathPlan";
import { WebAcl } from "./webAcl";

/** The web ACL of a path, at CloudFront or the load balancer, if the arguments ask for one. */
export function pathWaf(
  name: string,
  { wafScope }: PathPlan,
  { waf, tags }: PathArgs,
  { loadBalancer }: OriginParts,
  parent: pulumi.ComponentResource,
): WebAcl | undefined {
  if (waf === undefined) return undefined;
  const place =
    wafScope === "CLOUDFRONT"
      ? { redactedHeaders: [secretHeaderName] }
      : { loadBalancerArn: loadBalancer.loadBalancer.arn };
  return new WebAcl(name, { ...waf, ...place, scope: wafScope, tags }, { parent });
}
