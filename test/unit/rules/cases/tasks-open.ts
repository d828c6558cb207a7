import { plus, sound, type Case, unknown } from "../caseParts";
import { ids, onInstances, resource } from "../program";

const open = { protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["0.0.0.0/0"] };
const alone = (network: object = {}): ReturnType<typeof sound> =>
  sound({
    "task-group": { ingress: [open] },
    web: {
      loadBalancers: undefined,
      networkConfiguration: {
        ...{ subnets: ["subnet-1"], securityGroups: ["sg-1a2b3c4d"], assignPublicIp: true },
        ...network,
      },
    },
  });

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
    "through the second of two groups": [
      plus(
        sound({
          web: {
            networkConfiguration: {
              subnets: ["subnet-1"],
              securityGroups: ["sg-ssh", ids.taskGroup],
            },
          },
          "task-group": { ingress: [open] },
        }),
        resource(
          "aws:ec2/securityGroup:SecurityGroup",
          "ssh",
          { ingress: [{ ...open, fromPort: 22, toPort: 22 }] },
          { id: "sg-ssh" },
        ),
      ),
      "task-group",
      /the tasks' security group task-group admits 0\.0\.0\.0\/0/,
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
    "a service with public addresses and no load balancer, open to everybody": [
      alone(),
      "web",
      /Everybody on the internet can call the container nginx .* on port 8080/,
    ],
    "instances that everybody may call": [
      onInstances({ "task-group": { ingress: [open] } }),
      "task-group",
      /the instances' security group task-group admits 0\.0\.0\.0\/0/,
    ],
  },
  fine: {
    "no load balancer, and a private address": alone({ assignPublicIp: false }),
    "no load balancer, and a group from elsewhere": alone({ securityGroups: ["sg-elsewhere"] }),
    "no load balancer, and a subnet that the internet does not reach": plus(
      alone({ subnets: ["subnet-a"] }),
      resource("aws:ec2/subnet:Subnet", "a", { vpcId: "vpc-a" }, { id: "subnet-a" }),
      resource("aws:ec2/vpc:Vpc", "a", {}, { id: "vpc-a", mainRouteTableId: "rtb-a" }),
    ),
    "tasks of an external controller": plus(
      sound({ "task-group": { ingress: [open] }, web: undefined }),
      resource("aws:ecs/service:Service", "external", {
        taskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1",
        deploymentController: { type: "EXTERNAL" },
        networkConfiguration: {
          ...{ subnets: ["subnet-1"], securityGroups: ["sg-1a2b3c4d"], assignPublicIp: true },
        },
      }),
    ),
    "instances that admit the load balancer only": onInstances({}),
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
  unknown: {
    "whom they admit": sound({ "task-group": { ingress: unknown } }),
    "whom a service without a load balancer admits": plus(
      alone({ securityGroups: ["sg-2"] }),
      resource(
        "aws:ec2/securityGroup:SecurityGroup",
        "other",
        { ingress: unknown },
        { id: "sg-2" },
      ),
    ),
  },
};
