// Many services behind one load balancer, a listener rule each.
import * as aws from "@pulumi/aws";

const vpcId = "vpc-0123456789abcdef0";
const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const anywhere = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
const publicGroup = new aws.ec2.SecurityGroup("public", {
  vpcId,
  ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
  egress: anywhere,
});
const taskGroup = new aws.ec2.SecurityGroup("tasks", {
  vpcId,
  ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [publicGroup.id] }],
  egress: anywhere,
});
const loadBalancer = new aws.lb.LoadBalancer("shared", {
  subnets,
  securityGroups: [publicGroup.id],
});
const listener = new aws.lb.Listener("http", {
  loadBalancerArn: loadBalancer.arn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [
    { type: "fixed-response", fixedResponse: { statusCode: "404", contentType: "text/plain" } },
  ],
});
const cluster = new aws.ecs.Cluster("main");
for (let i = 1; i <= 20; i += 1) {
  const name = `service-${i}`;
  const group = new aws.lb.TargetGroup(name, {
    ...{ vpcId, port: 8080, protocol: "HTTP", targetType: "ip" },
    healthCheck: { path: `/${name}/health` },
  });
  const rule = new aws.lb.ListenerRule(name, {
    listenerArn: listener.arn,
    priority: i,
    conditions: [
      { hostHeader: { values: ["api.example.com"] } },
      { pathPattern: { values: [`/${name}/*`] } },
    ],
    actions: [{ type: "forward", targetGroupArn: group.arn }],
  });
  const definition = new aws.ecs.TaskDefinition(name, {
    ...{ family: name, cpu: "256", memory: "512", networkMode: "awsvpc" },
    requiresCompatibilities: ["FARGATE"],
    containerDefinitions: JSON.stringify([
      { name: "app", image: "public.ecr.aws/acme/app:1", portMappings: [{ containerPort: 8080 }] },
    ]),
  });
  new aws.ecs.Service(
    name,
    {
      ...{ cluster: cluster.arn, taskDefinition: definition.arn, desiredCount: 1 },
      launchType: "FARGATE",
      networkConfiguration: { subnets, securityGroups: [taskGroup.id], assignPublicIp: true },
      loadBalancers: [{ targetGroupArn: group.arn, containerName: "app", containerPort: 8080 }],
    },
    { dependsOn: [rule] },
  );
}
