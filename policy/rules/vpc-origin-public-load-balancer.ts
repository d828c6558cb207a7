import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const vpcOriginPublicLoadBalancer = pathRule({
  name: "vpc-origin-public-load-balancer",
  description: "A load balancer behind a VPC origin is internal.",
  severity: "critical",
  level: "mandatory",
  remediation: "Set internal: true on the aws.lb.LoadBalancer.",
  source: sources.vpcOrigins,
  on: ["loadBalancer"],
  write: (names) =>
    `Set internal: true on the aws.lb.LoadBalancer ${names.loadBalancer}, or give the origin of ${names.distribution} a customOriginConfig in place of the VPC origin.`,
});
