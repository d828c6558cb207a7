import type { Props } from "../../../../topology/resource";
import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, ids, resource } from "../program";

const ask = (tokenEndpoint: unknown = "https://id.example.com/token"): Props => ({
  type: "authenticate-oidc",
  order: 1,
  authenticateOidc: {
    issuer: "https://id.example.com/",
    authorizationEndpoint: "https://id.example.com/authorize",
    tokenEndpoint,
    userInfoEndpoint: "https://id.example.com/userinfo",
    clientId: "shop",
    clientSecret: "hush",
  },
});
const forward = { type: "forward", order: 2, targetGroupArn: arn.tasks };
const toTasks = { protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["10.0.0.0/16"] };
const out = (port: number, peer: Props) => ({
  protocol: "tcp",
  fromPort: port,
  toPort: port,
  ...peer,
});
const asking = (egress: unknown, action = ask()) =>
  sound({ "alb-group": { egress }, guarded: { actions: [action, forward] } });

export const cases: Case = {
  broken: {
    "no way out but to the tasks": [
      asking([toTasks]),
      "guarded",
      /Every sign-in at the listener rule guarded ends with 500: .*alb.*port 443 over IPv4/,
    ],
    "IPv6 only": [
      asking([toTasks, out(443, { ipv6CidrBlocks: ["::/0"] })]),
      "guarded",
      /over IPv4/,
    ],
    "a provider on another port": [
      asking(
        [toTasks, out(443, { cidrBlocks: ["0.0.0.0/0"] })],
        ask("https://id.example.com:8443/"),
      ),
      "guarded",
      /port 8443/,
    ],
    "a listener that asks by default": [
      sound({ "alb-group": { egress: [toTasks] }, https: { defaultActions: [ask(), forward] } }),
      "https",
      /at the listener https/,
    ],
  },
  fine: {
    "a rule to the internet": asking([toTasks, out(443, { cidrBlocks: ["0.0.0.0/0"] })]),
    "a rule to a group, in which a provider may be": asking([
      toTasks,
      out(443, { securityGroups: [ids.taskGroup] }),
    ]),
    "a separate rule": plus(
      asking([toTasks]),
      resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", {
        ...{ securityGroupId: ids.albGroup, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
        cidrIpv4: "198.51.100.0/24",
      }),
    ),
    "nobody asked": sound({ "alb-group": { egress: [toTasks] } }),
    "a group of another program": sound({
      alb: { securityGroups: ["sg-0fedcba9876543210"] },
      guarded: { actions: [ask(), forward] },
    }),
  },
  unknown: {
    "a rule that is not known": asking([toTasks, out(443, { cidrBlocks: unknown })]),
    "the provider's endpoint": asking([toTasks], ask(unknown)),
  },
};
