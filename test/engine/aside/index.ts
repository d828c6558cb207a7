/** An internal load balancer whose requests get 200, with faults that only resources show. */
import * as aws from "@pulumi/aws";

const network = new aws.ec2.Vpc("network", { cidrBlock: "10.20.0.0/16" });
const [vpcId, port, protocol, targetType] = [network.id, 8080, "HTTP", "ip"];
const subnets = ["a", "b"].map((zone, i) => {
  const availabilityZone = `eu-west-1${zone}`;
  return new aws.ec2.Subnet(`private-${zone}`, {
    ...{ vpcId, availabilityZone, cidrBlock: `10.20.${i}.0/24` },
  }).id;
});
const group = new aws.ec2.SecurityGroup("inside", {
  vpcId,
  ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["10.20.0.0/16"] }],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});
const balancer = new aws.lb.LoadBalancer("inside", {
  ...{ internal: true, subnets, securityGroups: [group.id] },
});
const tasks = new aws.lb.TargetGroup("tasks", { vpcId, port, protocol, targetType });
new aws.lb.TargetGroup("leftover", { name: "leftover", vpcId, port, protocol, targetType });
new aws.lb.Listener("http", {
  ...{ loadBalancerArn: balancer.arn, port: 80, protocol },
  defaultActions: [{ type: "forward", targetGroupArn: tasks.arn }],
});
new aws.iam.Role("anybody", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
  }),
});
