// CloudFront, a load balancer and a service, as many programs have them: names chosen by hand, rules
// in the security groups, no secret header.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { albGroup, taskGroup } from "./groups";

const vpcId = "vpc-0123456789abcdef0";
const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const zoneId = "Z0123456789ABCDEFGHIJ";
const domain = "shop.example.com";
const certificate = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/12345678-1234-1234-1234-123456789012`;

const alb = new aws.lb.LoadBalancer("front", {
  ...{ name: "shop", loadBalancerType: "application", subnets, securityGroups: [albGroup.id] },
  idleTimeout: 120,
});
const targets = new aws.lb.TargetGroup("targets", {
  ...{ vpcId, targetType: "ip", port: 80, protocol: "HTTP" },
  healthCheck: { path: "/health" },
});
const https = new aws.lb.Listener("https", {
  ...{ loadBalancerArn: alb.arn, port: 443, protocol: "HTTPS" },
  ...{ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", certificateArn: certificate("eu-west-1") },
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});
const origin = new aws.route53.Record("origin", {
  ...{ zoneId, name: `origin-${domain}`, type: "A" },
  aliases: [{ name: alb.dnsName, zoneId: alb.zoneId, evaluateTargetHealth: false }],
});

const logs = new aws.cloudwatch.LogGroup("logs", { name: "/shop", retentionInDays: 7 });
const assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({
  Service: "ecs-tasks.amazonaws.com",
});
const executionRole = new aws.iam.Role("execution", { name: "shop-execution", assumeRolePolicy });
new aws.iam.RolePolicyAttachment("execution", {
  role: executionRole.name,
  policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
});
const cluster = new aws.ecs.Cluster("cluster", { name: "shop" });
const task = new aws.ecs.TaskDefinition("shop", {
  ...{ family: "shop", cpu: "256", memory: "512", networkMode: "awsvpc" },
  ...{ requiresCompatibilities: ["FARGATE"], executionRoleArn: executionRole.arn },
  containerDefinitions: pulumi.jsonStringify([
    {
      ...{ name: "web", image: "r.example.com/shop:1", essential: true },
      portMappings: [{ containerPort: 8080 }],
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logs.name,
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "web",
        },
      },
    },
  ]),
});
new aws.ecs.Service(
  "shop",
  {
    ...{ name: "shop", cluster: cluster.arn, taskDefinition: task.arn, desiredCount: 2 },
    launchType: "FARGATE",
    networkConfiguration: { subnets, securityGroups: [taskGroup.id], assignPublicIp: true },
    loadBalancers: [{ targetGroupArn: targets.arn, containerName: "web", containerPort: 8080 }],
  },
  { dependsOn: [https] },
);

const distribution = new aws.cloudfront.Distribution("cdn", {
  ...{ enabled: true, aliases: [domain], comment: "The shop" },
  origins: [
    {
      ...{ originId: "alb", domainName: origin.fqdn },
      customOriginConfig: {
        ...{ httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only" },
        originSslProtocols: ["TLSv1.2"],
      },
    },
  ],
  defaultCacheBehavior: {
    ...{ targetOriginId: "alb", viewerProtocolPolicy: "redirect-to-https" },
    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: {
    ...{ acmCertificateArn: certificate("us-east-1"), sslSupportMethod: "sni-only" },
    minimumProtocolVersion: "TLSv1.2_2021",
  },
});
for (const type of ["A", "AAAA"])
  new aws.route53.Record(`viewers-${type}`, {
    ...{ zoneId, name: domain, type },
    aliases: [
      {
        ...{ name: distribution.domainName, zoneId: distribution.hostedZoneId },
        evaluateTargetHealth: false,
      },
    ],
  });
