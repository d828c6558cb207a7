import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, ids, onInstances, resource, soundProgram } from "../program";

const admits = (peer: object, port = 8080) => ({
  "task-group": { ingress: [{ protocol: "tcp", fromPort: port, toPort: port, ...peer }] },
});
const range = (cidr: string) => admits({ cidrBlocks: [cidr] });
const inSubnet = (cidrBlock: string, changes: object) =>
  plus(
    sound({ ...changes, alb: { subnets: ["subnet-a"] } }),
    resource("aws:ec2/subnet:Subnet", "a", { cidrBlock }, { id: "subnet-a" }),
  );

/** One instance, attached with a port of its own. */
const oneInstance =
  (instance: object, more = {}) =>
  () => [
    ...soundProgram({ web: undefined, tasks: { targetType: "instance" }, ...more }),
    resource("aws:ec2/instance:Instance", "box", { ...instance }, { id: "i-0a1b2c3d4e5f67890" }),
    resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "box", {
      ...{ targetGroupArn: arn.tasks, targetId: "i-0a1b2c3d4e5f67890", port: 9000 },
    }),
  ];
const closed = { "task-group": { ingress: undefined } };
const attachedGroup = () => [
  ...onInstances({ ...closed, fleet: { targetGroupArns: undefined } })(),
  resource("aws:autoscaling/attachment:Attachment", "to-fleet", {
    ...{ autoscalingGroupName: "fleet-0a1b2c3", lbTargetGroupArn: arn.tasks },
  }),
];

/** Tasks in the network of the instances, which are those of a capacity provider unless told otherwise. */
const onEc2 = (
  networkMode: string | undefined,
  mapping: object,
  ingress: readonly [from: number, to: number],
  web: object = { capacityProviderStrategies: [{ capacityProvider: "own", weight: 1 }] },
) =>
  plus(
    onInstances({
      "task-group": {
        ingress: [
          {
            ...{ protocol: "tcp", fromPort: ingress[0], toPort: ingress[1] },
            securityGroups: [ids.albGroup],
          },
        ],
      },
      template: {
        userData: Buffer.from("#!/bin/bash\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config").toString(
          "base64",
        ),
      },
      fleet: { targetGroupArns: undefined },
      definition: {
        ...{ networkMode, requiresCompatibilities: ["EC2"] },
        containerDefinitions: JSON.stringify([
          { name: "nginx", image: "web:1", memory: 128, portMappings: [mapping] },
        ]),
      },
      web: { cluster: "main", networkConfiguration: undefined, ...web },
    }),
    resource(
      "aws:ecs/capacityProvider:CapacityProvider",
      "own",
      { name: "own", autoScalingGroupProvider: { autoScalingGroupArn: arn.fleet } },
      { id: "arn:aws:ecs:eu-west-1:123456789012:capacity-provider/own" },
    ),
  );
const chosen = { containerPort: 8080, hostPort: 0 };

export const cases: Case = {
  broken: {
    "nobody is admitted": [
      sound({ "task-group": { ingress: undefined } }),
      "task-group",
      /admits nobody on port 8080.*504/,
    ],
    "another port is open": [
      sound(admits({ securityGroups: [ids.albGroup] }, 80)),
      "task-group",
      /on port 8080/,
    ],
    "another group is admitted": [
      sound(admits({ securityGroups: ["sg-other"] })),
      "task-group",
      /504/,
    ],
    "a range without the load balancer's subnets": [
      inSubnet("172.31.0.0/20", range("172.31.64.0/20")),
      "task-group",
      /admits 172\.31\.64\.0\/20/,
    ],
    "instances of an Auto Scaling group that admit nobody": [
      onInstances(closed),
      "task-group",
      /to the instances are dropped, because the instances' security group task-group admits nobody on port 8080/,
    ],
    "instances of an attached Auto Scaling group": [attachedGroup, "task-group", /port 8080/],
    "groups of a launch template's network interface": [
      onInstances({
        ...closed,
        template: {
          vpcSecurityGroupIds: undefined,
          networkInterfaces: [{ securityGroups: [ids.taskGroup] }],
        },
      }),
      "task-group",
      /port 8080/,
    ],
    "an instance that opens another port than it is attached with": [
      oneInstance({ vpcSecurityGroupIds: [ids.taskGroup] }),
      "task-group",
      /instances.*port 9000/,
    ],
    "the port of a container whose task has no address": [
      onEc2("bridge", { containerPort: 8080, hostPort: 80 }, [8080, 8080]),
      "task-group",
      /instances' security group task-group admits nobody on port 80:/,
    ],
    "none of the ports that Docker chooses from": [
      onEc2(undefined, chosen, [8080, 8080]),
      "task-group",
      /admits nobody on ports 32768 to 65535/,
    ],
    "the default capacity provider's instances": [
      plus(
        onEc2("bridge", chosen, [8080, 8080], {}),
        resource("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "of-main", {
          clusterName: "main",
          defaultCapacityProviderStrategies: [{ capacityProvider: "own" }],
        }),
      ),
      "task-group",
      /32768/,
    ],
    "instances that join the cluster when they start": [
      onEc2("bridge", chosen, [8080, 8080], { launchType: "EC2" }),
      "task-group",
      /32768/,
    ],
    "a range of the internet": [sound(range("203.0.113.0/24")), "task-group", /203\.0\.113\.0/],
  },
  fine: {
    "instances that admit the load balancer": onInstances({}),
    "the ports that Docker chooses from": onEc2("bridge", chosen, [32768, 65535]),
    "some of them, as older images choose": onEc2("bridge", chosen, [49153, 65535]),
    "a fixed port of the instances": onEc2(
      "bridge",
      { containerPort: 8080, hostPort: 80 },
      [80, 80],
    ),
    "the network of the instances": onEc2("host", { containerPort: 8080 }, [8080, 8080]),
    "instances that nobody knows": onEc2("bridge", chosen, [22, 22], {
      ...{ launchType: "EC2", cluster: "other" },
    }),
    "instances with the VPC's default group": oneInstance({}, closed),
    "instances with groups by name": oneInstance({ securityGroups: ["web"] }, closed),
    "a range that holds the load balancer's subnets": inSubnet(
      "172.31.0.0/20",
      range("172.31.0.0/16"),
    ),
    "a part of a subnet": inSubnet("172.31.0.0/20", range("172.31.8.0/24")),
    "a private range, with the subnets of another program": sound(range("172.31.0.0/16")),
    "every address": sound(range("0.0.0.0/0")),
    "a prefix list, which may hold the subnets": sound(admits({ prefixListIds: ["pl-vpc"] })),
    "a group of another program": sound({
      web: { networkConfiguration: { securityGroups: ["sg-given"] } },
    }),
    "the group of a load balancer that another program made": sound({
      ...admits({ securityGroups: ["sg-given"] }),
      alb: { securityGroups: ["sg-given"] },
    }),
    "no group, which is the VPC's default one": sound({
      ...{ "task-group": { ingress: undefined } },
      web: { networkConfiguration: undefined },
    }),
  },
  unknown: {
    "the groups of a launch template": onInstances({ template: { vpcSecurityGroupIds: unknown } }),
    "what instances are launched from": onInstances({ fleet: { launchTemplate: { id: unknown } } }),
    "the load balancer's subnets": sound({
      ...range("172.31.0.0/16"),
      alb: { subnets: [unknown] },
    }),
    "the range of the load balancer's subnet": plus(
      sound({ ...range("172.31.0.0/16"), alb: { subnets: ["subnet-a"] } }),
      resource("aws:ec2/subnet:Subnet", "a", { cidrBlock: unknown }, { id: "subnet-a" }),
    ),
    "whom they admit": sound({ "task-group": { ingress: unknown } }),
    "the load balancer's groups": sound({ alb: { securityGroups: unknown } }),
    "whether tasks have addresses": sound({
      ...closed,
      definition: { networkMode: unknown, requiresCompatibilities: unknown },
    }),
    "the port": sound({
      "task-group": {
        ingress: [
          { protocol: "tcp", fromPort: unknown, toPort: 8080, securityGroups: [ids.albGroup] },
        ],
      },
    }),
  },
};
