import { direct, plus, rule, type Case, unknown } from "../caseParts";
import { ids, resource } from "../program";

import { change, h2 } from "../../path/specs";

const ranges = (count: number) => ({
  "alb-group": {
    ingress: [
      {
        ...{ protocol: "tcp", fromPort: 443, toPort: 443 },
        cidrBlocks: Array.from({ length: count }, (_, i) => `198.51.${i}.0/24`),
      },
    ],
  },
});
const services = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", `to-${i}`, {
      ...{ securityGroupId: ids.albGroup, ipProtocol: "tcp", fromPort: 8080, toPort: 8080 },
      referencedSecurityGroupId: `sg-${String(i).padStart(17, "0")}`,
    }),
  );

export const cases: Case = {
  broken: {
    "sixty-one ranges": [
      direct({
        "alb-group": {
          ingress: [
            {
              protocol: "tcp",
              fromPort: 443,
              toPort: 443,
              cidrBlocks: Array.from({ length: 60 }, (_, i) => `198.51.${i}.0/24`),
            },
          ],
        },
      }),
      "alb-group",
      /61 ingress/,
    ],
    "the program's own list": [
      plus(
        direct({
          "from-cloudfront": { cidrIpv4: undefined, prefixListId: "pl-0123456789abcdef0" },
        }),
        resource(
          "aws:ec2/managedPrefixList:ManagedPrefixList",
          "own",
          { maxEntries: 61, addressFamily: "IPv4" },
          { id: "pl-0123456789abcdef0" },
        ),
      ),
      "alb-group",
      /61 ingress/,
    ],
    "rules for sixty-one services": [
      plus(direct({}), ...services(61)),
      "alb-group",
      /6[12] egress/,
    ],
  },
  fine: {
    "sixty ranges": direct(ranges(59)),
    "some list of a load balancer without CloudFront, on two ports": plus(
      direct({ "from-cloudfront": { cidrIpv4: undefined, prefixListId: "pl-office" } }),
      rule("http", { fromPort: 80, toPort: 80, prefixListId: "pl-office" }),
    ),
  },
  unknown: {
    "one more range": plus(direct(ranges(59)), rule("somebody", { cidrIpv4: unknown })),
    "whose rule it is": plus(
      direct(ranges(59)),
      rule("somebody", { securityGroupId: unknown, cidrIpv4: "10.0.0.0/8" }),
    ),
  },
  planned: {
    "sixty-one ranges": [
      change(h2, {
        listener: {
          admits: Array.from({ length: 61 }, (_, i) => ({
            kind: "cidr",
            cidr: `203.0.113.${i}/32`,
          })),
        },
      }),
      /61/,
    ],
  },
};
