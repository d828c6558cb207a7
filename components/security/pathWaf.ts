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
  { waf, deletionProtection, tags }: PathArgs,
  { loadBalancer }: OriginParts,
  parent: pulumi.ComponentResource,
): WebAcl | undefined {
  if (waf === undefined) return undefined;
  const place =
    wafScope === "CLOUDFRONT"
      ? { redactedHeaders: [secretHeaderName] }
      : { loadBalancerArn: loadBalancer.loadBalancer.arn };
  const args = { ...waf, ...place, scope: wafScope, deletionProtection, tags };
  return new WebAcl(name, args, { parent });
}
