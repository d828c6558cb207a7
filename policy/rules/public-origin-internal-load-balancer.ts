import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const publicOriginInternalLoadBalancer = pathRule({
  name: "public-origin-internal-load-balancer",
  description: "A load balancer that CloudFront calls over the internet is internet-facing.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Reach an internal load balancer through an aws.cloudfront.VpcOrigin, or set internal: false.",
  source: sources.edge504,
  on: ["loadBalancer"],
  write: (names) =>
    `Reach the aws.lb.LoadBalancer ${names.loadBalancer} through an aws.cloudfront.VpcOrigin (vpcOriginConfig of the origin of ${names.distribution}), or set internal: false on it.`,
});
