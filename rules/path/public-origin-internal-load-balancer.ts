import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const publicOriginInternalLoadBalancer = pathRule({
  code: "public-origin-internal-load-balancer",
  severity: "error",
  holds: "A load balancer that CloudFront calls over the internet is internet-facing.",
  fix: "Reach an internal load balancer through an aws.cloudfront.VpcOrigin, or set internal: false.",
  source: sources.edge504,
  on: ["loadBalancer"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge?.origin !== "public" || listener.scheme !== "internal") return undefined;
    return {
      message: `CloudFront calls a public origin over the internet, where ${the.loadBalancer} has no address, because it is internal: every request gets 504.`,
      fix: `Reach ${code.loadBalancer} through an aws.cloudfront.VpcOrigin (vpcOriginConfig of the origin of ${code.distribution}), or set internal: false on it.`,
    };
  },
});
