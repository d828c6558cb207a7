import { direct, http, plus, type Case, unknown } from "../caseParts";
import type { Props } from "../../../../topology/resource";
import { arn, ids, resource } from "../program";

const redirect = [
  { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
];
const listening = (changes: Props, ...more: Parameters<typeof resource>[]) =>
  plus(
    direct(changes),
    resource(
      "aws:lb/listener:Listener",
      "http",
      { ...http, loadBalancerArn: arn.alb, defaultActions: redirect },
      { arn: `${arn.https}0` },
    ),
    ...more.map((one) => resource(...one)),
  );
const plain = {
  ...{ securityGroupId: ids.albGroup, ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0" },
  ...{ fromPort: 80, toPort: 80 },
};
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

export const cases: Case = {
  broken: {
    "only the other listener's port is open": [
      listening({}),
      "http",
      /redirect of the listener http is never reached: .*opens port 80/,
    ],
  },
  fine: {
    "both ports are open": listening({}, [ingress, "plain", plain]),
    "an inline rule": listening({
      "alb-group": {
        ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
      },
    }),
    "a group of another program": listening({ alb: { securityGroups: ["sg-given"] } }),
  },
  unknown: {
    "the ports of a rule": listening({}, [ingress, "plain", { ...plain, toPort: unknown }]),
  },
};
