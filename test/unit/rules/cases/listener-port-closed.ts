import { direct, sound, type Case, unknown } from "../caseParts";
import { ids } from "../program";

const open = (rule: object) => ({ "from-cloudfront": rule });

export const cases: Case = {
  broken: {
    "another port is open": [
      direct(open({ fromPort: 80, toPort: 80 })),
      "https",
      /no rule of the security group of the load balancer alb opens port 443/,
    ],
    "another protocol is open": [direct(open({ ipProtocol: "udp" })), "https", /opens port 443/],
  },
  fine: {
    "a range of ports": direct(open({ fromPort: 1, toPort: 1024 })),
    "another security group is admitted": direct(
      open({ cidrIpv4: undefined, referencedSecurityGroupId: "sg-bastion" }),
    ),
    "a listener that answers by itself": direct({
      ...open({ fromPort: 80, toPort: 80 }),
      https: { defaultActions: [{ type: "fixed-response", fixedResponse: { statusCode: "403" } }] },
    }),
    "a group of another program": direct({
      "from-cloudfront": undefined,
      alb: { securityGroups: [ids.albGroup, "sg-given"] },
    }),
    "behind CloudFront, of which load-balancer-closed-to-edge says it": sound({
      "from-cloudfront": undefined,
    }),
  },
  unknown: {
    "the port of the rule": direct(open({ fromPort: unknown })),
    "the group of the rule": direct(open({ securityGroupId: unknown })),
    "the listener's port": direct({
      ...open({ fromPort: 80, toPort: 80 }),
      https: { port: unknown },
    }),
  },
};
