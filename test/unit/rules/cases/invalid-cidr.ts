import { direct, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    "no prefix length": [
      direct({ "from-cloudfront": { cidrIpv4: "203.0.113.7" } }),
      "alb-group",
      /203\.0\.113\.7/,
    ],
  },
  fine: { "a range": direct({ "from-cloudfront": { cidrIpv4: "203.0.113.0/24" } }) },
  fix: "a range",
  unknown: { "the range": direct({ "from-cloudfront": { cidrIpv4: unknown } }) },
};
