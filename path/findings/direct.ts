/** What one gives up by leaving CloudFront out: true of every path without an edge. */
import { parseCidr } from "../networks";
import { sources } from "../sources";
import { answerTypical } from "../typical";
import { rule, type Rule } from "./rule";

export const directRules: readonly Rule[] = [
  rule("direct-http1-clients-464", (spec) => {
    if (spec.edge !== undefined) return undefined;
    const { got } = answerTypical(spec, "http", { protocol: "HTTP/1.1" });
    return got.status === 464
      ? {
          severity: "warning",
          message: `Every HTTP/1.1 client gets 464: the target group's version is ${spec.target.protocolVersion}, and a load balancer does not turn HTTP/1.1 into HTTP/2.`,
          change:
            "Call it with HTTP/2 clients only (browsers are); where old clients, probes or WebSockets matter, use the variant h1-via-cloudfront.",
          source: sources.albStatusCodes,
        }
      : undefined;
  }),

  rule("direct-open-to-internet", ({ edge, listener }) => {
    if (edge !== undefined || listener.scheme === "internal") return undefined;
    const open = listener.admits
      .filter((source) => source.kind === "cidr")
      .filter(({ cidr }) => parseCidr(cidr)?.prefix === 0);
    return open.length > 0
      ? {
          severity: "note",
          message: `The load balancer is open to the internet (${open.map(({ cidr }) => cidr).join(", ")}).`,
          change:
            "Narrow its security group (viewers.allowedCidrs) if not everybody is meant to call.",
          source: sources.albSecurityGroups,
        }
      : undefined;
  }),

  rule("direct-waf-inside-vpc", ({ edge, waf }) =>
    edge
      ? undefined
      : {
          severity: "note",
          message:
            waf === true
              ? "The web ACL acts at the load balancer: what it blocks has already reached the VPC, and a flood of it the load balancer."
              : "Without CloudFront a WAF can act only at the load balancer: what it blocks has already reached the VPC's edge.",
          change: "Weigh it: with h1-via-cloudfront a WAF at CloudFront blocks before that.",
          source: sources.waf,
        },
  ),

  rule("direct-no-static-site", ({ edge }) =>
    edge
      ? undefined
      : {
          severity: "note",
          message:
            "Without CloudFront no static site from S3 can be delivered under this name, and nothing is cached near viewers.",
          change: "Serve static files from the container, or use h1-via-cloudfront.",
          source: sources.edgeBehaviour,
        },
  ),

  rule("http3-unavailable-on-alb", ({ edge }) =>
    edge
      ? undefined
      : {
          severity: "note",
          message: "A load balancer speaks no HTTP/3; viewers get HTTP/2 at best.",
          change: "Use h1-via-cloudfront where HTTP/3 matters.",
          source: sources.albListeners,
        },
  ),
];
