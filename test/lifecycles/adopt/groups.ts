// The security groups, with their rules in them.
import * as aws from "@pulumi/aws";

const vpcId = "vpc-0123456789abcdef0";
const anywhere = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];

export const albGroup = new aws.ec2.SecurityGroup("alb", {
  ...{ vpcId, name: "shop-alb", egress: anywhere },
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
export const taskGroup = new aws.ec2.SecurityGroup("tasks", {
  ...{ vpcId, name: "shop-tasks", egress: anywhere },
  ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [albGroup.id] }],
});
