import { plus, rule, sound, type Case, unknown, vpc } from "../caseParts";
import { ids, resource } from "../program";

export const cases: Case = {
  broken: {
    "open to the internet": [
      plus(sound({}), rule("anyone", { cidrIpv4: "0.0.0.0/0" })),
      "alb-group",
      /0\.0\.0\.0\/0/,
    ],
    "open to an office, written inline": [
      sound({
        "alb-group": {
          ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["198.51.100.0/24"] }],
        },
      }),
      "alb-group",
      /198\.51\.100\.0/,
    ],
    "by a rule of the older kind": [
      plus(
        sound({}),
        resource("aws:ec2/securityGroupRule:SecurityGroupRule", "old", {
          type: "ingress",
          securityGroupId: ids.albGroup,
          protocol: "tcp",
          fromPort: 0,
          toPort: 65535,
          ipv6CidrBlocks: ["::/0"],
        }),
      ),
      "alb-group",
      /::\/0/,
    ],
    "open to the internet, and to somebody not known yet": [
      plus(
        sound({}),
        rule("anyone", { cidrIpv4: "0.0.0.0/0" }),
        rule("somebody", { cidrIpv4: unknown }),
      ),
      "alb-group",
      /0\.0\.0\.0/,
    ],
  },
  fine: {
    "another port is open": plus(
      sound({}),
      rule("ssh", { fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" }),
    ),
    "an internal one that is open to its VPC": plus(
      vpc({}),
      rule("inside", { cidrIpv4: "10.0.0.0/16" }),
    ),
    "its own group, which nobody else has": plus(
      sound({}),
      rule("self", { referencedSecurityGroupId: ids.albGroup }),
    ),
    "another group is open": plus(
      sound({}),
      rule("elsewhere", { securityGroupId: "sg-other", cidrIpv4: "0.0.0.0/0" }),
    ),
  },
  fix: "sound",
  unknown: {
    "whom it admits": plus(sound({}), rule("somebody", { cidrIpv4: unknown })),
    "whose rule it is": plus(
      sound({}),
      rule("somewhere", { securityGroupId: unknown, cidrIpv4: "0.0.0.0/0" }),
    ),
    "its groups": sound({ alb: { securityGroups: unknown } }),
  },
};
