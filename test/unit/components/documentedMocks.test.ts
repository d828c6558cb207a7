/**
 * Every component under the mocks that Pulumi's documents show: a resource has no output but its
 * inputs and an id, a function answers with its arguments.
 * https://www.pulumi.com/docs/iac/guides/testing/unit/
 */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as path from "node:path";
import * as library from "../../../components";
import { placement, service } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };
const folder = path.join(__dirname, "fixtures/site");
const subnets = ["subnet-0a", "subnet-0b"];
const vpcId = "vpc-0a";
const arn = "arn:aws:service:eu-west-1:111122223333:resource/name";
const logs = {
  ...{ bucketName: "logs", access: true, connections: true, healthChecks: true },
};
const everything = {
  ...{ placement, domain, logs, deletionProtection: true, runtimeMonitoring: true },
  service: {
    ...service,
    app: { image: "r.example.com/app:1", port: 3000, environment: { A: "b" } },
  },
  alarms: {
    email: "ops@example.com",
    slack: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
    budget: { monthlyDollars: 10, tag: "team" },
  },
  dashboard: { additionalMetrics: true },
  waf: {},
  tags: { team: "x" },
};

/** One way or more to make each component. */
const made: Readonly<Record<string, (() => unknown)[]>> = {
  H1ViaCloudfront: [
    () => new library.H1ViaCloudfront("web", { placement, service, domain }),
    () =>
      new library.H1ViaCloudfront("web", {
        ...everything,
        origin: { access: "vpc-origin", secret: { send: 2, accept: [1, 2] } },
        site: { folder, paths: ["/api/*"], fallback: "index.html" },
        logs: { ...logs, edge: "v2" },
      }),
    () => new library.H1ViaCloudfront("web", { ...everything, logs: { ...logs, edge: "legacy" } }),
    () => new library.H1ViaCloudfront("web", { ...everything, grpc: { services: ["a.B"] } }),
  ],
  GrpcViaCloudfront: [
    () => new library.GrpcViaCloudfront("web", { placement, service, domain }),
    () =>
      new library.GrpcViaCloudfront("web", {
        ...everything,
        grpc: { port: 50051, healthCheckPath: "/AWS.ALB/healthcheck" },
      }),
  ],
  H2ViaCloudfront: [
    () => new library.H2ViaCloudfront("web", { placement, service, domain }),
    () => new library.H2ViaCloudfront("web", everything),
  ],
  H2Direct: [
    () => new library.H2Direct("web", { placement, service, domain }),
    () => new library.H2Direct("web", { ...everything, viewers: { redirectHttp: true } }),
  ],
  Alarms: [
    () =>
      new library.Alarms("web", {
        ...{ loadBalancerArnSuffix: "app/a/b", targetGroupArnSuffix: "targetgroup/a/b" },
        ...{ loadBalancerCertificateArn: arn, edgeCertificateArn: arn, email: "ops@example.com" },
      }),
  ],
  AlarmTopic: [() => new library.AlarmTopic("web", { email: "ops@example.com" })],
  PathDashboard: [
    () =>
      new library.PathDashboard("web", {
        ...{ loadBalancerArnSuffix: "app/a/b", targets: { web: { arnSuffix: "targetgroup/a/b" } } },
      }),
  ],
  AliasRecords: [
    () =>
      new library.AliasRecords("web", {
        ...{
          zoneId: "Z1",
          domainName: domain.name,
          targetName: "a",
          targetZoneId: "Z2",
          ipv6: true,
        },
      }),
  ],
  ExternalDnsCertificates: [
    () => new library.ExternalDnsCertificates("web", { names: [domain.name] }),
    () =>
      new library.ExternalDnsCertificates("web", {
        names: [domain.name, "a.b"],
        edge: true,
        validated: true,
      }),
  ],
  DnsCertificate: [
    () => new library.DnsCertificate("web", { names: [domain.name, "a.b"], zoneId: "Z1" }),
  ],
  EdgeLogDelivery: [
    () => new library.EdgeLogDelivery("web", { distributionArn: arn, bucketName: "logs" }),
    () =>
      new library.EdgeLogDelivery("web", {
        distributionArn: pulumi.output(undefined) as unknown as pulumi.Output<string>,
        bucketName: "logs",
      }),
  ],
  FlowLogs: [() => new library.FlowLogs("web", { vpcId, bucketName: "logs", traffic: "all" })],
  LogBucket: (["off", "v2", "legacy"] as const).map(
    (edge) => () =>
      new library.LogBucket("web", { writers: { loadBalancer: true, edge, flow: true } }),
  ),
  LogQueries: [
    () => new library.LogQueries("web", { bucketName: "logs", edge: { distributionId: "E1" } }),
  ],
  ListenerService: [
    () =>
      new library.ListenerService("web-api", {
        ...everything.service,
        ...{ placement, paths: ["/api/*"], hosts: ["api.example.com"] },
        listener: {
          ...{ listenerArn: arn, securityGroupId: "sg-0a" },
          secretHeader: { name: "x-secret", values: ["secret"] },
        },
      }),
  ],
  Network: (["nat-single", "nat-per-az", "endpoints", "public-ip"] as const).map(
    (egress) => () => new library.Network("web", { egress, guardDutyEndpoint: true }),
  ),
  NginxImage: [() => new library.NginxImage("web")],
  OriginSecret: [() => new library.OriginSecret("web", { send: 1, accept: [1, 2] })],
  PathDistribution: [
    () =>
      new library.PathDistribution("web", {
        ...{ originDomainName: "a.b", vpcOriginId: "vo_1" },
        secretHeader: { name: "x-secret", value: "secret" },
      }),
  ],
  PathLoadBalancer: [
    () =>
      new library.PathLoadBalancer("web", {
        ...{ vpcId, subnetIds: subnets, securityGroupId: "sg-0a" },
        ...{ certificateArn: arn, secretHeader: { name: "x-secret", values: ["secret"] } },
      }),
  ],
  PathSecurityGroups: [
    () =>
      new library.PathSecurityGroups("web", {
        ...{
          clients: "cloudfront",
          vpcId,
          taskEgress: [{ name: "https", cidrIpv4: "0.0.0.0/0", port: 443, description: "HTTPS" }],
        },
      }),
  ],
  PathVpcOrigin: [
    () =>
      new library.PathVpcOrigin("web", {
        listener: { protocol: "HTTPS", port: 443 },
        loadBalancerArn: arn,
      }),
  ],
  ServiceScaling: [
    () =>
      new library.ServiceScaling("web", {
        ...{ clusterArn: arn, serviceName: "web", min: 1, max: 4, requestsPerTarget: 1000 },
        ...{ listenerArn: arn, targetGroupArns: { requests: arn } },
      }),
  ],
  ServicesAtListener: [
    () =>
      new library.ServicesAtListener("web", {
        ...{ placement, variant: "h1-via-cloudfront" },
        services: { api: { ...everything.service, paths: ["/api/*"] } },
        listener: { listenerArn: arn, securityGroupId: "sg-0a" },
      }),
  ],
  StaticSite: [() => new library.StaticSite("web", { folder, paths: ["/api/*"] })],
  TaskRoles: [
    () =>
      new library.TaskRoles("web", {
        ...{ images: ["nginx:1"], logGroupArn: arn, pullsGuardDutyAgent: true },
      }),
  ],
  ThreatDetection: [() => new library.ThreatDetection("web", { guardDuty: true, inspector: true })],
  VpcEndpoints: [
    () =>
      new library.VpcEndpoints("web", {
        ...{ vpcId, subnetIds: subnets, routeTableIds: ["rtb-0a"], guardDuty: true },
      }),
  ],
  WebAcl: (["CLOUDFRONT", "REGIONAL"] as const).map(
    (scope) => () => new library.WebAcl("web", { scope }),
  ),
  WebAclLog: [
    () =>
      new library.WebAclLog("web", {
        ...{ webAclArn: arn, redactedHeaders: ["cookie"], retentionDays: 30 },
      }),
  ],
  WebService: [
    () =>
      new library.WebService("web", {
        ...{ ...everything.service, subnetIds: subnets, securityGroupId: "sg-0a" },
        ...{ targetGroupArn: arn, assignPublicIp: false, vpcCidr: "10.0.0.0/16", drainSeconds: 30 },
      }),
  ],
};

const mocks: pulumi.runtime.Mocks = {
  newResource: ({ name, inputs }) => ({ id: `${name}_id`, state: inputs as object }),
  call: ({ inputs }) => inputs as object,
};

/** Makes it, and waits until all of it is registered. What fails later fails the promise. */
async function build(make: () => unknown, preview: boolean): Promise<void> {
  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (fail = reject));
  failure.catch(() => undefined);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", fail);
  try {
    await pulumi.runtime.setMocks(mocks, "project", "stack", preview);
    make();
    await Promise.race([pulumi.runtime.disconnect(), failure]);
    // A rejection is reported once nothing else is left to do.
    await Promise.race([new Promise((resolve) => setImmediate(resolve)), failure]);
  } finally {
    process.removeListener("unhandledRejection", fail);
    for (const listener of others) process.on("unhandledRejection", listener);
  }
}

describe("under the mocks of Pulumi's documents", () => {
  it("there is a way to make every component that the package exports", () => {
    const components = Object.entries(library)
      .filter(
        ([, value]) => typeof value === "function" && value.prototype instanceof pulumi.Resource,
      )
      .map(([name]) => name);
    expect(Object.keys(made)).to.have.members(components);
  });

  for (const [name, ways] of Object.entries(made))
    for (const [i, make] of ways.entries())
      for (const preview of [false, true])
        it(`${name}, ${i + 1}${preview ? ", in a preview" : ""}`, () => build(make, preview));
});
