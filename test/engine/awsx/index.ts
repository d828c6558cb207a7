/** A service of awsx behind a load balancer of awsx, with what they make themselves. */
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";

const cluster = new aws.ecs.Cluster("web", { name: "web" });
const balancer = new awsx.lb.ApplicationLoadBalancer("web", {});
const service = new awsx.ecs.FargateService("web", {
  cluster: cluster.arn,
  assignPublicIp: true,
  taskDefinitionArgs: {
    container: {
      ...{ name: "app", image: "nginx:1.27", cpu: 256, memory: 512, essential: true },
      portMappings: [{ targetGroup: balancer.defaultTargetGroup }],
    },
  },
});

export const endpoint = balancer.loadBalancer.dnsName;
export const serviceName = service.service.name;
