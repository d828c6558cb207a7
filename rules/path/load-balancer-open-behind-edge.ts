import { sources } from "../../path/sources";
import { pathRule } from "../rule";
import { sourcesText } from "../words";

export const loadBalancerOpenBehindEdge = pathRule({
  code: "load-balancer-open-behind-edge",
  severity: "warning",
  access: true,
  holds: "An internet-facing load balancer behind CloudFront admits CloudFront only.",
  fix: "Admit CloudFront's managed prefix list (aws.ec2.getManagedPrefixList) in place of address ranges.",
  source: sources.restrictAlb,
  on: ["loadBalancerGroup", "loadBalancer"],
  grows: "listener.admits",
  check: ({ edge, listener }, { the, code, sharedGroup }) => {
    // Nobody on the internet reaches an internal one.
    if (edge === undefined || listener.scheme !== "internet-facing") return undefined;
    const others = listener.admits.filter((source) => source.kind === "cidr");
    if (others.length === 0) return undefined;
    return {
      message: `Callers can bypass CloudFront, because ${the.loadBalancerGroup} also admits ${sourcesText(others)}.`,
      fix: `In the ingress of ${code.loadBalancerGroup}, admit only the prefix list com.amazonaws.global.cloudfront.origin-facing${sharedGroup ? " and, for the tasks, the group itself (self: true)" : ""}.`,
    };
  },
});
