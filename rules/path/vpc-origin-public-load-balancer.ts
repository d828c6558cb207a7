import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const vpcOriginPublicLoadBalancer = pathRule({
  code: "vpc-origin-public-load-balancer",
  severity: "error",
  holds: "A load balancer behind a VPC origin is internal.",
  fix: "Set internal: true on the aws.lb.LoadBalancer.",
  source: sources.vpcOrigins,
  on: ["loadBalancer"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge?.origin !== "vpc" || listener.scheme !== "internet-facing") return undefined;
    return {
      message: `A VPC origin reaches internal load balancers only, and ${the.loadBalancer} is internet-facing: CloudFront cannot call it through ${the.vpcOrigin}.`,
      fix: `Set internal: true on ${code.loadBalancer}, or give the origin of ${code.distribution} a customOriginConfig in place of vpcOriginConfig.`,
    };
  },
});
