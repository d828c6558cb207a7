import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const directWafInsideVpc = pathRule({
  code: "direct-waf-inside-vpc",
  severity: "note",
  ofVariants: true,
  holds: "A web ACL acts at CloudFront, before requests reach the VPC.",
  fix: "Nothing has to change. A web ACL at an aws.cloudfront.Distribution blocks requests before they reach the VPC.",
  source: sources.waf,
  on: ["loadBalancer"],
  check: (spec, { the, code }) => {
    if (spec.edge !== undefined) return undefined;
    return {
      message:
        spec.waf === true
          ? `The web ACL acts at ${the.loadBalancer}: what it blocks has already reached the VPC, and a flood of it the load balancer.`
          : `Without CloudFront a WAF can act only at ${the.loadBalancer}: what it blocks has already reached the VPC's edge.`,
      fix: `Nothing has to change. A web ACL at an aws.cloudfront.Distribution in front of ${code.loadBalancer} blocks requests before they reach the VPC.`,
      settings:
        "Nothing has to change. With the variant h1-via-cloudfront a web ACL acts at CloudFront, before requests reach the VPC.",
    };
  },
});
