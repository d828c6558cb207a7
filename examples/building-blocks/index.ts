import * as pulumi from "@pulumi/pulumi";
import { PathLoadBalancer, PathSecurityGroups, WebService } from "hopwise";

const vpcId = "vpc-0123456789abcdef0";
const vpcCidr = "10.20.0.0/16";

// Each component works alone: leave out those that you have.
const groups = new PathSecurityGroups("shop", {
  vpcId,
  clients: ["203.0.113.0/24"],
  taskPort: 3000,
  taskEgress: [{ name: "https-to-internet", cidrIpv4: "0.0.0.0/0" }],
});

const front = new PathLoadBalancer("shop", {
  vpcId,
  subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
  securityGroupId: groups.loadBalancer.id,
  certificateArn:
    "arn:aws:acm:eu-west-1:123456789012:certificate/0c1d1e5e-0000-4000-8000-000000000001",
  target: { port: 3000 },
  appHealthCheck: { path: "/health" },
});

new WebService("shop", {
  vpcCidr,
  subnetIds: ["subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"],
  securityGroupId: groups.tasks.id,
  // ECS takes a target group only once a listener forwards to it.
  targetGroupArn: pulumi
    .all([front.targetGroup.arn, front.listener.arn])
    .apply(([targetGroupArn]) => targetGroupArn),
  app: {
    image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:2.0.1",
    port: 3000,
    behindNginx: false,
  },
});

export const url = pulumi.interpolate`https://${front.loadBalancer.dnsName}`;
