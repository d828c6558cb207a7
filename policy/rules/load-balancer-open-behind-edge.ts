import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const loadBalancerOpenBehindEdge = pathRule({
  name: "load-balancer-open-behind-edge",
  description: "A load balancer behind CloudFront admits CloudFront only.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Admit CloudFront's managed prefix list (aws.ec2.getManagedPrefixList) in place of address ranges.",
  source: sources.restrictAlb,
  on: ["loadBalancerGroup", "loadBalancer"],
  write: (names) =>
    `In the ingress of the security group ${names.loadBalancerGroup}, put prefixListId: aws.ec2.getManagedPrefixListOutput({ name: "com.amazonaws.global.cloudfront.origin-facing" }).id in place of the ranges.`,
  grows: "listener.admits",
  // Nobody on the internet reaches an internal load balancer, whomever its security group admits.
  applies: (spec) => spec.listener.scheme === "internet-facing",
});
