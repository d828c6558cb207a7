import * as pulumi from "@pulumi/pulumi";
import { H1ViaCloudfront, Network, NginxImage } from "hopwise";

const config = new pulumi.Config();
const network = new Network("shop", { egress: "nat-per-az" });

const path = new H1ViaCloudfront("shop", {
  placement: { ...network.placement, loadBalancerSubnetIds: network.internalSubnetIds },
  origin: { access: "vpc-origin" },
  service: {
    // nginx takes the requests: limits, time limits, logs and the client's address are its work.
    image: new NginxImage("shop").imageUri,
    cpu: 512,
    memory: 1024,
    scaling: {
      min: 2,
      max: 20,
      cpuPercent: 60,
      schedules: {
        night: { schedule: "cron(0 22 * * ? *)", timezone: "Europe/Berlin", min: 1, max: 4 },
        day: { schedule: "cron(0 6 * * ? *)", timezone: "Europe/Berlin", min: 2, max: 20 },
      },
    },
    app: {
      image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:2.0.1",
      port: 3000,
      environment: { LOG_LEVEL: "info" },
      // Stored in Secrets Manager; a new value starts new tasks.
      secretEnvironment: { SESSION_KEY: config.requireSecret("sessionKey") },
      // These exist there already.
      secrets: { DATABASE_URL: "secretsmanager:shop/database:url" },
      healthCheck: { path: "/health" },
    },
    deployment: { strategy: "canary", canaryPercent: 10 },
  },
  alarms: { email: "ops@example.com" },
  deletionProtection: true,
});

export const url = path.url;
