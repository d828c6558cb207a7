import { direct, plus, rule, sound, type Case, unknown, vpc } from "../caseParts";
import { ids, resource } from "../program";

const closed = { "from-cloudfront": undefined };
const cidr = (range: string) => ({
  "from-cloudfront": { prefixListId: undefined, cidrIpv4: range },
});

export const cases: Case = {
  broken: {
    "nobody is admitted": [sound(closed), "alb-group", /admits nobody on port 443.*504/],
    "CloudFront is admitted to another port": [
      sound({ "from-cloudfront": { fromPort: 80, toPort: 80 } }),
      "alb-group",
      /port 443/,
    ],
    "an office is admitted in place of CloudFront": [
      sound(cidr("203.0.113.0/24")),
      "alb-group",
      /admits 203\.0\.113\.0\/24 on port 443/,
    ],
    "a group is admitted, which CloudFront does not have on the internet": [
      sound({ "from-cloudfront": { prefixListId: undefined, referencedSecurityGroupId: "sg-x" } }),
      "alb-group",
      /admits nobody/,
    ],
    "nobody is admitted from a VPC origin": [vpc(closed), "alb-group", /504/],
    "a group of the program's is admitted from a VPC origin": [
      vpc({
        "from-cloudfront": { prefixListId: undefined, referencedSecurityGroupId: ids.taskGroup },
      }),
      "alb-group",
      /504/,
    ],
  },
  fine: {
    "everybody is admitted": sound(cidr("0.0.0.0/0")),
    "each half of the internet is admitted": plus(
      sound(cidr("0.0.0.0/1")),
      rule("other-half", { cidrIpv4: "128.0.0.0/1" }),
    ),
    "as many ranges as CloudFront has": sound({
      "from-cloudfront": undefined,
      "alb-group": {
        ingress: [
          {
            ...{ protocol: "tcp", fromPort: 443, toPort: 443 },
            cidrBlocks: Array.from({ length: 45 }, (_, i) => `198.51.100.${i}/32`),
          },
        ],
      },
    }),
    "the group of CloudFront's VPC origins": vpc({
      "from-cloudfront": {
        ...{ prefixListId: undefined, referencedSecurityGroupId: "sg-cloudfront-vpc-origins" },
      },
    }),
    "the VPC is admitted from a VPC origin": vpc(cidr("10.0.0.0/16")),
    "a group of another program": sound({ ...closed, alb: { securityGroups: ["sg-given"] } }),
    "a group of another program in addition to its own": sound({
      ...closed,
      alb: { securityGroups: [ids.albGroup, "sg-given"] },
    }),
    "the VPC's default group": sound({ ...closed, alb: { securityGroups: undefined } }),
    "without CloudFront": direct(closed),
    "by a rule of the older kind": plus(
      sound(closed),
      resource("aws:ec2/securityGroupRule:SecurityGroupRule", "old", {
        ...{ type: "ingress", securityGroupId: ids.albGroup, protocol: "-1" },
        ...{ fromPort: 0, toPort: 0, prefixListIds: [ids.prefixList] },
      }),
    ),
  },
  unknown: {
    "whom it admits": plus(sound(closed), rule("somebody", { cidrIpv4: unknown })),
    "the port": sound({ "from-cloudfront": { fromPort: unknown } }),
    "its groups": sound({ ...closed, alb: { securityGroups: unknown } }),
  },
};
