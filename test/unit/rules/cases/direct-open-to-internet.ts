import { direct, plus, rule, sound, type Case, unknown, viaOrigin } from "../caseParts";

export const cases: Case = {
  broken: {
    "every address": [direct({}), "alb-group", /0\.0\.0\.0\/0/],
    "every address of IPv6": [
      direct({ "from-cloudfront": { cidrIpv4: undefined, cidrIpv6: "::/0" } }),
      "alb-group",
      /::\/0/,
    ],
    "every address, and somebody not known yet": [
      plus(direct({}), rule("somebody", { cidrIpv4: unknown })),
      "alb-group",
      /0\.0\.0\.0\/0/,
    ],
  },
  fine: {
    "an office": direct({ "from-cloudfront": { cidrIpv4: "203.0.113.0/24" } }),
    "an internal load balancer": direct({ alb: { internal: true } }),
    "a group of another program, of which nothing is known": direct({
      alb: { securityGroups: ["sg-given"] },
    }),
    "behind CloudFront": sound({}),
  },
  fix: "an office",
  unknown: {
    "whom it admits": direct({ "from-cloudfront": { cidrIpv4: unknown } }),
    "whether CloudFront calls it": sound(viaOrigin({}, { domainName: unknown })),
  },
};
