// CloudFront -> load balancer -> nginx on ECS, with HTTP/2 switched on wherever there is a switch.
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const domain = config.require("domain");
const zone = aws.route53.getZoneOutput({ name: domain.replace(/^[^.]+\./, "") });

// The network: two public subnets.
const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("main", { vpcId: vpc.id });
const routes = new aws.ec2.RouteTable("public", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});
const zones = aws.getAvailabilityZonesOutput({ state: "available" });
const subnetIds = [0, 1].map((i) => {
  const subnet = new aws.ec2.Subnet(`public-${i}`, {
    vpcId: vpc.id,
    cidrBlock: `10.0.${i}.0/24`,
    availabilityZone: zones.names[i],
  });
  new aws.ec2.RouteTableAssociation(`public-${i}`, {
    subnetId: subnet.id,
    routeTableId: routes.id,
  });
  return subnet.id;
});

// Who may call whom: anyone the load balancer, the load balancer the tasks.
const anywhere = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
const albGroup = new aws.ec2.SecurityGroup("alb", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  egress: anywhere,
});
const taskGroup = new aws.ec2.SecurityGroup("tasks", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [albGroup.id] }],
  egress: anywhere,
});

// The load balancer. nginx speaks HTTP/2, so the target group says HTTP2.
const alb = new aws.lb.LoadBalancer("test-alb", {
  loadBalancerType: "application",
  securityGroups: [albGroup.id],
  subnets: subnetIds,
  enableHttp2: true,
});
const targetGroup = new aws.lb.TargetGroup("nginx", {
  vpcId: vpc.id,
  targetType: "ip",
  port: 8080,
  protocol: "HTTP",
  protocolVersion: "HTTP2",
  healthCheck: { path: "/healthz" },
});
const https = new aws.lb.Listener("https", {
  loadBalancerArn: alb.arn,
  port: 443,
  protocol: "HTTPS",
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  certificateArn: config.require("originCertificateArn"),
  defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
});
const originRecord = new aws.route53.Record("origin", {
  zoneId: zone.zoneId,
  name: `origin-${domain}`,
  type: "A",
  aliases: [{ name: alb.dnsName, zoneId: alb.zoneId, evaluateTargetHealth: false }],
});

// nginx on Fargate, its image built from ./nginx.
const repository = new aws.ecr.Repository("nginx");
const image = new awsx.ecr.Image("nginx", {
  repositoryUrl: repository.repositoryUrl,
  context: "./nginx",
  platform: "linux/amd64",
});
const logs = new aws.cloudwatch.LogGroup("nginx", { retentionInDays: 7 });
const executionRole = new aws.iam.Role("execution", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("execution", {
  role: executionRole.name,
  policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
});
const taskDefinition = new aws.ecs.TaskDefinition("nginx", {
  family: "nginx",
  cpu: "256",
  memory: "512",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: executionRole.arn,
  containerDefinitions: pulumi.jsonStringify([
    {
      name: "nginx",
      image: image.imageUri,
      essential: true,
      portMappings: [{ containerPort: 8080 }],
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logs.name,
          "awslogs-region": aws.getRegionOutput().region,
          "awslogs-stream-prefix": "nginx",
        },
      },
    },
  ]),
});
const cluster = new aws.ecs.Cluster("main");
new aws.ecs.Service(
  "nginx",
  {
    cluster: cluster.arn,
    taskDefinition: taskDefinition.arn,
    launchType: "FARGATE",
    desiredCount: 1,
    networkConfiguration: {
      subnets: subnetIds,
      securityGroups: [taskGroup.id],
      assignPublicIp: true,
    },
    loadBalancers: [
      { targetGroupArn: targetGroup.arn, containerName: "nginx", containerPort: 8080 },
    ],
  },
  { dependsOn: [https] },
);

// CloudFront in front of it all, HTTP/2 to viewers.
const distribution = new aws.cloudfront.Distribution("main", {
  enabled: true,
  aliases: [domain],
  httpVersion: "http2",
  origins: [
    {
      originId: "alb",
      domainName: originRecord.fqdn,
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
      },
    },
  ],
  defaultCacheBehavior: {
    targetOriginId: "alb",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: aws.cloudfront.getCachePolicyOutput({ name: "Managed-CachingDisabled" }).id,
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: {
    acmCertificateArn: config.require("viewerCertificateArn"),
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021",
  },
});
for (const type of ["A", "AAAA"]) {
  new aws.route53.Record(`viewers-${type}`, {
    zoneId: zone.zoneId,
    name: domain,
    type,
    aliases: [
      {
        name: distribution.domainName,
        zoneId: distribution.hostedZoneId,
        evaluateTargetHealth: false,
      },
    ],
  });
}

export const url = `https://${domain}/`;
