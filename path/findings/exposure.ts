/** Findings about who may open a connection where. */
import { securityGroupRuleQuota } from "../cloudfront";
import { parseCidr } from "../networks";
import { ingressWeight, securityGroupRules } from "../rules";
import { sources } from "../sources";
import type { Source } from "../types";
import { rule, type Rule } from "./rule";

export const exposureRules: readonly Rule[] = [
  rule("invalid-cidr", ({ listener, target }) => {
    const invalid = [...listener.admits, ...target.admits]
      .filter((source) => source.kind === "cidr")
      .filter(({ cidr }) => parseCidr(cidr) === undefined)
      .map(({ cidr }) => `"${cidr}"`);
    return invalid.length > 0
      ? {
          severity: "error",
          message: `Not a range of addresses: ${invalid.join(", ")}.`,
          change: "Write an IPv4 or IPv6 range with its prefix length, e.g. 203.0.113.0/24.",
          source: sources.securityGroupRules,
        }
      : undefined;
  }),

  rule("vpc-origin-public-load-balancer", ({ edge, listener }) =>
    edge?.origin === "vpc" && listener.scheme === "internet-facing"
      ? {
          severity: "error",
          message:
            "A VPC origin reaches internal load balancers only; this one is internet-facing.",
          change:
            "Make the load balancer internal, or use a public origin (origin.access: prefix-list).",
          source: sources.vpcOrigins,
        }
      : undefined,
  ),

  rule("public-origin-internal-load-balancer", ({ edge, listener }) =>
    edge?.origin === "public" && listener.scheme === "internal"
      ? {
          severity: "error",
          message:
            "CloudFront calls a public origin over the internet, where an internal load balancer has no address: every request gets 504.",
          change:
            "Use a VPC origin (origin.access: vpc-origin), or make the load balancer internet-facing.",
          source: sources.edge504,
        }
      : undefined,
  ),

  rule("load-balancer-open-behind-edge", ({ edge, listener }) => {
    const others = listener.admits.filter((source) => source.kind !== "cloudfront");
    return edge && others.length > 0
      ? {
          severity: "error",
          message: `The load balancer behind CloudFront also admits ${others.map(sourceText).join(", ")}: callers can pass CloudFront by.`,
          change:
            "Admit CloudFront's managed prefix list only. Viewers that must reach the load balancer themselves need the variant h2-direct.",
          source: sources.restrictAlb,
        }
      : undefined;
  }),

  rule("tasks-open", ({ target }) => {
    const others = target.admits.filter((source) => source.kind !== "load-balancer");
    return others.length > 0
      ? {
          severity: "error",
          message: `The tasks admit ${others.map(sourceText).join(", ")}: callers can pass the load balancer by.`,
          change: "Admit the load balancer's security group only.",
          source: sources.albSecurityGroups,
        }
      : undefined;
  }),

  {
    code: "prefix-list-quota",
    draw: (spec) =>
      ([4, 6] as const).flatMap((ipVersion) => {
        const weight = ingressWeight(securityGroupRules(spec), ipVersion);
        if (weight <= securityGroupRuleQuota) return [];
        const ports = spec.listener.redirectsHttp ? [spec.listener.port, 80] : [spec.listener.port];
        const list = spec.listener.admits.some((source) => source.kind === "cloudfront");
        return [
          {
            severity: "error" as const,
            message:
              `The load balancer's security group would hold ${weight} IPv${ipVersion} ingress rules, ` +
              `over the quota of ${securityGroupRuleQuota}: AWS refuses with RulesPerSecurityGroupLimitExceeded.` +
              (list ? " CloudFront's prefix list counts 55 on each port." : ""),
            change:
              ports.length > 1
                ? `Open one port, not ${ports.join(" and ")}: leave the redirect listener out.`
                : "Admit fewer ranges, or larger ones.",
            source: list ? sources.prefixLists : sources.vpcQuotas,
          },
        ];
      }),
  },
];

function sourceText(source: Source): string {
  switch (source.kind) {
    case "cidr":
      return source.cidr;
    case "cloudfront":
      return `CloudFront over IPv${source.ipVersion}`;
    case "load-balancer":
      return "the load balancer's own security group";
  }
}
