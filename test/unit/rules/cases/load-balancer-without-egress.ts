import { plus, sound, type Case, unknown } from "../caseParts";
import { ids, resource } from "../program";

const out = (...egress: object[]) => ({ "alb-group": { egress } });
const tcp = (port: number, peer: object) => ({
  ...{ protocol: "tcp", fromPort: port, toPort: port },
  ...peer,
});
const standalone = (inputs: object) =>
  plus(
    sound(out()),
    resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", {
      ...{ securityGroupId: ids.albGroup, ipProtocol: "tcp", fromPort: 8080, toPort: 8080 },
      ...inputs,
    }),
  );
const inSubnet = (cidrBlock: unknown) =>
  plus(
    sound({
      ...out(tcp(8080, { cidrBlocks: ["10.0.0.0/16"] })),
      web: {
        networkConfiguration: { subnets: ["subnet-a"], securityGroups: [ids.taskGroup] },
      },
    }),
    resource("aws:ec2/subnet:Subnet", "a", { cidrBlock }, { id: "subnet-a" }),
  );

export const cases: Case = {
  broken: {
    "no rule at all": [
      sound({ "alb-group": { egress: undefined } }),
      "alb-group",
      /lets the load balancer alb connect to the target group tasks on port 8080: every request gets 504/,
    ],
    "an empty list": [sound(out()), "alb-group", /504/],
    "another port": [sound(out(tcp(443, { cidrBlocks: ["0.0.0.0/0"] }))), "alb-group", /8080/],
    "another group": [
      plus(
        sound(out(tcp(8080, { securityGroups: ["sg-2b3c4d5e"] }))),
        resource("aws:ec2/securityGroup:SecurityGroup", "other-group", {}, { id: "sg-2b3c4d5e" }),
      ),
      "alb-group",
      /8080/,
    ],
    "another network": [
      sound(out(tcp(8080, { cidrBlocks: ["203.0.113.0/24"] }))),
      "alb-group",
      /8080/,
    ],
    "subnets of another range": [inSubnet("10.7.0.0/24"), "alb-group", /8080/],
    "a rule resource for UDP": [
      standalone({ ipProtocol: "udp", cidrIpv4: "0.0.0.0/0" }),
      "alb-group",
      /8080/,
    ],
  },
  fine: {
    "the tasks' group": sound(out(tcp(8080, { securityGroups: [ids.taskGroup] }))),
    "a rule resource": standalone({ referencedSecurityGroupId: ids.taskGroup }),
    "an older rule resource": plus(
      sound(out()),
      resource("aws:ec2/securityGroupRule:SecurityGroupRule", "out", {
        ...{ type: "egress", securityGroupId: ids.albGroup, protocol: "-1" },
        ...{ fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
      }),
    ),
    "the tasks' subnets": inSubnet("10.0.7.0/24"),
    "a private range, with the subnets of another program": sound(
      out(tcp(8080, { cidrBlocks: ["10.0.0.0/8"] })),
    ),
    "a prefix list, which may hold the tasks": sound(out(tcp(8080, { prefixListIds: ["pl-vpc"] }))),
    "a group of another program": sound(out(tcp(8080, { securityGroups: ["sg-given"] }))),
    "a load balancer with a group of another program": sound({
      ...out(),
      alb: { securityGroups: [ids.albGroup, "sg-given"] },
    }),
  },
  unknown: {
    "the rules": sound({ "alb-group": { egress: unknown } }),
    "the load balancer's groups": sound({ ...out(), alb: { securityGroups: unknown } }),
    "the group of a rule": standalone({ securityGroupId: unknown }),
    "the range of the tasks' subnet": inSubnet(unknown),
  },
};
