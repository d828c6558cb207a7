import { plus, sound, type Case, unknown } from "../caseParts";
import { ids, resource } from "../program";

export const cases: Case = {
  broken: {
    "open to the VPC": [
      sound({
        "task-group": {
          ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["10.0.0.0/16"] }],
        },
      }),
      "task-group",
      /10\.0\.0\.0\/16[^]*In the ingress of the aws\.ec2\.SecurityGroup task-group/,
    ],
    "through the group that the load balancer has as well": [
      sound({
        web: { networkConfiguration: { subnets: ["subnet-1"], securityGroups: [ids.albGroup] } },
        "alb-group": {
          ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["198.51.100.0/24"] }],
        },
      }),
      "alb-group",
      /Give the tasks their own aws\.ec2\.SecurityGroup/,
    ],
    "open to the load balancer's subnets, where others may be as well": [
      plus(
        sound({
          alb: { subnets: ["subnet-a"] },
          "task-group": {
            ingress: [
              { protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["10.1.0.0/24"] },
            ],
          },
        }),
        resource("aws:ec2/subnet:Subnet", "a", { cidrBlock: "10.1.0.0/24" }, { id: "subnet-a" }),
      ),
      "task-group",
      /10\.1\.0\.0\/24/,
    ],
  },
  fine: {
    "from their own group, which the load balancer has as well": sound({
      web: { networkConfiguration: { subnets: ["subnet-1"], securityGroups: [ids.albGroup] } },
      "alb-group": {
        ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, self: true }],
      },
    }),
    "another port is open": sound({
      "task-group": {
        ingress: [{ protocol: "tcp", fromPort: 9000, toPort: 9000, cidrBlocks: ["10.0.0.0/16"] }],
      },
    }),
  },
  unknown: { "whom they admit": sound({ "task-group": { ingress: unknown } }) },
};
