/** Plans of programs as other people write them: what is said where hopwise was wrong before. */
import { expect } from "chai";
import { makePlan } from "../../../cli/plan/make";
import { printPlan } from "../../../cli/plan/text";
import type { Plan } from "../../../cli/plan/types";
import { evaluatedHere } from "../evaluated";
import { writtenProject } from "../projectFolder";
import { expectValid, printed } from "./planOf";

const head = `
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";
const vpcId = "vpc-0123456789abcdef0", subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const egress = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
const open = (name: string, port: number) => new aws.ec2.SecurityGroup(name, { vpcId, egress, ingress: [{ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: ["0.0.0.0/0"] }] });
const lb = (more: object = {}) => new aws.lb.LoadBalancer("web", { subnets, securityGroups: [open("lb", 80).id], ...more });
const cdn = (origin: aws.types.input.cloudfront.DistributionOrigin) => new aws.cloudfront.Distribution("cdn", { enabled: true, origins: [origin], defaultCacheBehavior: { targetOriginId: "one", viewerProtocolPolicy: "redirect-to-https", allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"], cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" }, restrictions: { geoRestriction: { restrictionType: "none" } }, viewerCertificate: { cloudfrontDefaultCertificate: true } });
const custom = { httpPort: 80, httpsPort: 443, originProtocolPolicy: "http-only", originSslProtocols: ["TLSv1.2"] };
const task = new aws.ecs.TaskDefinition("web", { family: "web", cpu: "256", memory: "512", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], containerDefinitions: JSON.stringify([{ name: "app", image: "web:1", portMappings: [{ containerPort: 8080 }] }]) });
const service = (group: aws.lb.TargetGroup) => new aws.ecs.Service("web", { cluster: "shared", taskDefinition: task.arn, launchType: "FARGATE", networkConfiguration: { subnets, securityGroups: [open("tasks", 8080).id], assignPublicIp: true }, loadBalancers: [{ targetGroupArn: group.arn, containerName: "app", containerPort: 8080 }] });
const group = () => new aws.lb.TargetGroup("web", { vpcId, port: 8080, protocol: "HTTP", targetType: "ip" });
`;

describe("the plan of a program as other people write it", function () {
  this.timeout(30_000);
  const project = writtenProject();

  async function planned(...lines: string[]): Promise<Plan> {
    project.write("index.ts", head, ...lines);
    const plan = makePlan(await evaluatedHere(project.folder, "dev"));
    expect(plan.refusals).to.deep.equal([]);
    expectValid(plan);
    return plan;
  }
  const text = (plan: Plan): string =>
    printed((screen) => {
      printPlan(plan, screen, {});
    });
  const errors = ({ findings }: Plan): string[] =>
    findings.filter(({ severity }) => severity === "error").map(({ code }) => code);

  it("by a header, without CloudFront: callers with it, and the listener's answer to others", async () => {
    const plan = await planned(
      "const tenants = group();",
      'const http = new aws.lb.Listener("http", { loadBalancerArn: lb().arn, port: 80, defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }] });',
      'new aws.lb.ListenerRule("tenant", { listenerArn: http.arn, priority: 1, conditions: [{ httpHeader: { httpHeaderName: "X-Tenant", values: ["blue*"] } }], actions: [{ type: "forward", targetGroupArn: tenants.arn }] });',
      "service(tenants);",
    );
    expect(errors(plan)).to.deep.equal([]);
    expect(plan.paths[0]?.hops.some(({ broken }) => broken)).to.equal(false);
    expect(text(plan)).to.match(
      /viewers +200 +HTTP without TLS, WebSocket\n +404 +viewer without the header: the listener rule asks for a header/,
    );
  });

  it("with a network load balancer behind CloudFront: which one, as not followed", async () => {
    const plan = await planned(
      'const inner = lb({ loadBalancerType: "network", internal: true });',
      'cdn({ originId: "one", domainName: inner.dnsName, customOriginConfig: custom });',
    );
    expect(plan.otherOrigins[0]).to.include({ kind: "not-followed", origin: "web" });
    expect(plan.verdict).to.equal("unknown");
    expect(text(plan)).to.include("load balancer web, which is not followed");
  });

  for (const [region, endpoint] of [
    ["eu-west-1", /^site-\w+\.s3-website-eu-west-1\.amazonaws\.com$/],
    ["eu-central-1", /^site-\w+\.s3-website\.eu-central-1\.amazonaws\.com$/],
  ] as const)
    it(`with a bucket's website in ${region}: the bucket`, async () => {
      project.write("Pulumi.dev.yaml", `config:\n  aws:region: ${region}`);
      const program = [
        'const site = new aws.s3.Bucket("site");',
        'const pages = new aws.s3.BucketWebsiteConfiguration("site", { bucket: site.id, indexDocument: { suffix: "index.html" } });',
        'cdn({ originId: "one", domainName: pages.websiteEndpoint, customOriginConfig: custom });',
        "export const endpoint = pages.websiteEndpoint;",
      ];
      const plan = await planned(...program);
      expect(plan.otherOrigins[0]).to.include({ kind: "bucket", origin: "site", port: 80 });
      expect(plan.complete).to.equal(true);
      const { evaluation } = await evaluatedHere(project.folder, "dev");
      expect(evaluation.outputs.endpoint).to.match(endpoint);
    });

  it("with a bucket that says itself that it is a website: the bucket", async () => {
    const plan = await planned(
      'const site = new aws.s3.Bucket("site", { website: { indexDocument: "index.html" } });',
      'cdn({ originId: "one", domainName: site.websiteEndpoint, customOriginConfig: custom });',
    );
    expect(plan.otherOrigins[0]).to.include({ kind: "bucket", origin: "site" });
    expect(plan.complete).to.equal(true);
  });

  it("with the URL of a function as an origin: the function", async () => {
    const plan = await planned(
      'const fn = new aws.lambda.Function("site", { role: "arn:aws:iam::123456789012:role/site", runtime: "nodejs22.x", handler: "index.handler", code: new pulumi.asset.AssetArchive({}) });',
      'const url = new aws.lambda.FunctionUrl("url", { functionName: fn.name, authorizationType: "NONE" });',
      'cdn({ originId: "one", domainName: url.functionUrl.apply((address) => new URL(address).hostname), customOriginConfig: { ...custom, originProtocolPolicy: "https-only" } });',
    );
    expect(plan.otherOrigins[0]).to.include({ kind: "function", origin: "site", port: 443 });
    expect(plan.verdict).to.equal("ok");
    expect(text(plan)).to.match(/CloudFront cdn\/\* +function site/);
  });

  it("with instances of a CloudFormation stack: those of the launch configuration that joins the cluster", async () => {
    const plan = await planned(
      'const cluster = new aws.ecs.Cluster("main");',
      'const launched = new aws.ec2.LaunchConfiguration("fleet", { imageId: "ami-0123456789abcdef0", instanceType: "t3.large", securityGroups: [open("fleet", 8080).id], userData: pulumi.interpolate`#!/bin/bash\necho ECS_CLUSTER=\'${cluster.arn}\' >> /etc/ecs/ecs.config` });',
      'const fleet = new aws.cloudformation.Stack("fleet", { templateBody: launched.id.apply((id) => JSON.stringify({ Resources: { Instances: { Properties: { LaunchConfigurationName: id } } } })) });',
      'new aws.autoscaling.Policy("more", { autoscalingGroupName: aws.autoscaling.Group.get("fleet", fleet.outputs.apply(({ Instances }) => Instances ?? "")).name, adjustmentType: "ChangeInCapacity", scalingAdjustment: 1 });',
      'const tasks = new aws.lb.TargetGroup("web", { vpcId, port: 8080, protocol: "HTTP", targetType: "instance" });',
      'new aws.lb.Listener("http", { loadBalancerArn: lb().arn, port: 80, defaultActions: [{ type: "forward", targetGroupArn: tasks.arn }] });',
      'const onInstances = new aws.ecs.TaskDefinition("bridged", { family: "bridged", containerDefinitions: JSON.stringify([{ name: "app", image: "web:1", memory: 128, portMappings: [{ containerPort: 8080, hostPort: 8080 }] }]) });',
      'new aws.ecs.Service("web", { cluster: cluster.arn, taskDefinition: onInstances.arn, loadBalancers: [{ targetGroupArn: tasks.arn, containerName: "app", containerPort: 8080 }] });',
    );
    const open = plan.findings.find(({ code }) => code === "tasks-open");
    expect(open?.resource?.name).to.equal("fleet");
    expect(plan.assumed.join("\n")).not.to.match(/security group of the service|04da6b54/);
  });

  it("with a container whose port awsx takes from the target group: where to set it", async () => {
    project.write(
      "index.ts",
      'import * as aws from "@pulumi/aws";',
      'import * as awsx from "@pulumi/awsx";',
      'const lb = new awsx.lb.ApplicationLoadBalancer("lb", { subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] });',
      'new awsx.ecs.FargateService("web", { cluster: "shared", networkConfiguration: { subnets: ["subnet-0123456789abcdef0"], assignPublicIp: true }, taskDefinitionArgs: { container: { name: "app", image: "web:1", memory: 512, portMappings: [{ containerPort: 8080, targetGroup: lb.defaultTargetGroup }] } } });',
    );
    const { findings } = makePlan(await evaluatedHere(project.folder, "dev"));
    const found = findings.find(({ code }) => code === "service-target-missing");
    expect(found?.change).to.equal(
      "Set port: 8080 on the aws.lb.TargetGroup lb, from which awsx takes the port: with an awsx.lb.ApplicationLoadBalancer in defaultTargetGroup: { port: 8080 }.",
    );
  });

  it("with two load balancers in front of one open group: both are to be admitted", async () => {
    const plan = await planned(
      'const inside = open("tasks", 8080);',
      'for (const name of ["one", "two"]) {',
      "  const lb = new aws.lb.LoadBalancer(name, { subnets, securityGroups: [open(`lb-${name}`, 80).id] });",
      '  const tasks = new aws.lb.TargetGroup(name, { vpcId, port: 8080, protocol: "HTTP", targetType: "ip" });',
      '  new aws.lb.Listener(name, { loadBalancerArn: lb.arn, port: 80, defaultActions: [{ type: "forward", targetGroupArn: tasks.arn }] });',
      '  new aws.ecs.Service(name, { cluster: "shared", taskDefinition: task.arn, launchType: "FARGATE", networkConfiguration: { subnets, securityGroups: [inside.id], assignPublicIp: true }, loadBalancers: [{ targetGroupArn: tasks.arn, containerName: "app", containerPort: 8080 }] });',
      "}",
    );
    expect(text(plan).replaceAll(/\s+/g, " ")).to.match(
      /security group lb-one in place of it\. Also: In the ingress of the aws\.ec2\.SecurityGroup tasks, admit the load balancer's security group lb-two in place of it\./,
    );
  });

  it("with a listener in a component that waits for the validation: nothing to say", async () => {
    const issued = async (...options: string[]): Promise<boolean> => {
      const plan = await planned(
        'const cert = new aws.acm.Certificate("web", { domainName: "www.example.com", validationMethod: "DNS" });',
        'const valid = new aws.acm.CertificateValidation("web", { certificateArn: cert.arn });',
        'class Entry extends pulumi.ComponentResource { constructor(opts?: pulumi.ComponentResourceOptions) { super("any:index:Entry", "web", {}, opts); new aws.lb.Listener("https", { loadBalancerArn: lb().arn, port: 443, protocol: "HTTPS", certificateArn: cert.arn, defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }] }, { parent: this }); } }',
        `new Entry(${options.join()});`,
      );
      return !plan.findings.some(({ code }) => code === "certificate-used-before-issued");
    };
    expect(await issued("{ dependsOn: [valid] }")).to.equal(true);
    expect(await issued()).to.equal(false);
  });

  it("with a network load balancer without targets: no status, which only HTTP has", async () => {
    const plan = await planned(
      'const empty = new aws.lb.TargetGroup("empty", { vpcId, port: 5432, protocol: "TCP", targetType: "ip" });',
      'new aws.lb.Listener("tcp", { loadBalancerArn: lb({ loadBalancerType: "network" }).arn, port: 80, protocol: "TCP", defaultActions: [{ type: "forward", targetGroupArn: empty.arn }] });',
    );
    const found = plan.findings.find(({ code }) => code === "target-group-without-targets");
    expect(found?.message).to.include("connections to it fail");
  });

  it("with a cluster that names its capacity providers itself, as before @pulumi/aws 6: not refused", async () => {
    const plan = await planned(
      'class Cluster extends pulumi.CustomResource { declare arn: pulumi.Output<string>; constructor(name: string, args: object) { super("aws:ecs/cluster:Cluster", name, { ...args, arn: undefined }); } }',
      'const cluster = new Cluster("main", { capacityProviders: ["FARGATE_SPOT"] });',
      'new aws.ecs.Service("web", { cluster: cluster.arn, taskDefinition: task.arn, capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }], networkConfiguration: { subnets, securityGroups: [open("tasks", 8080).id] } });',
    );
    expect(errors(plan)).to.deep.equal([]);
  });

  for (const [what, written] of [
    ["text", "JSON.stringify(containers)"],
    ["text with a part that is not known", "pulumi.jsonStringify(containers)"],
  ] as const)
    it(`with the keys of container definitions in another case, in ${what}: as with AWS's`, async () => {
      const plan = await planned(
        'const stream = new aws.kinesis.Stream("s", { shardCount: 1 });',
        `const containers = [{ Name: "app", Image: "web:1", portmappings: [{ ContainerPort: 8080 }], Environment: [{ Name: "STREAM", Value: ${what === "text" ? '"s"' : "stream.arn"} }], LogConfiguration: { LogDriver: "awslogs", Options: { "awslogs-group": "web", "awslogs-region": "eu-west-1" } } }];`,
        `const other = new aws.ecs.TaskDefinition("other", { family: "other", cpu: "256", memory: "512", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], executionRoleArn: "arn:aws:iam::123456789012:role/tasks", containerDefinitions: ${written} });`,
        "const tasks = group();",
        'new aws.lb.Listener("http", { loadBalancerArn: lb().arn, port: 80, defaultActions: [{ type: "forward", targetGroupArn: tasks.arn }] });',
        'new aws.ecs.Service("web", { cluster: "shared", taskDefinition: other.arn, launchType: "FARGATE", networkConfiguration: { subnets, securityGroups: [open("tasks", 8080).id], assignPublicIp: true }, loadBalancers: [{ targetGroupArn: tasks.arn, containerName: "app", containerPort: 8080 }] });',
      );
      expect(errors(plan)).to.deep.equal([]);
      expect(text(plan)).to.match(/container app of web +HTTP\/1\.1 +plain +8080/);
    });

  it("with a listener of aws-native: not known, and nothing refused for it", async () => {
    const plan = await planned(
      'class Native extends pulumi.CustomResource { constructor(name: string, props: object) { super("aws-native:elasticloadbalancingv2:Listener", name, props); } }',
      "const tasks = group();",
      'new Native("http", { loadBalancerArn: lb().arn, port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: tasks.arn }] });',
      "service(tasks);",
    );
    expect(errors(plan)).to.deep.equal([]);
    expect(plan.verdict).to.equal("unknown");
  });

  it("with a component of another package that is given a target group: nothing unused", async () => {
    const plan = await planned(
      'class Routes extends pulumi.ComponentResource { constructor(name: string, args: object) { super("acme:web:Routes", name, args, {}, true); } }',
      'new Routes("web", { targetGroupArn: group().arn });',
    );
    expect(plan.findings.map(({ code }) => code)).not.to.include("target-group-unused");
    expect(plan.verdict).to.equal("unknown");
  });

  for (const [names, what, follows] of [
    ['"api.example.com", subjectAlternativeNames: ["origin.example.com"]', "is on", true],
    ['"*.example.com"', "only a wildcard of", false],
  ] as const)
    it(`with an origin whose record is elsewhere, and whose name ${what} a certificate`, async () => {
      const plan = await planned(
        `const cert = new aws.acm.Certificate("lb", { domainName: ${names}, validationMethod: "DNS" });`,
        'const { certificateArn } = new aws.acm.CertificateValidation("lb", { certificateArn: cert.arn });',
        'const tasks = new aws.lb.TargetGroup("web", { vpcId, port: 8080, protocol: "HTTP", protocolVersion: "HTTP2", targetType: "ip" });',
        'new aws.lb.Listener("https", { loadBalancerArn: lb().arn, port: 443, protocol: "HTTPS", certificateArn, defaultActions: [{ type: "forward", targetGroupArn: tasks.arn }] });',
        "service(tasks);",
        'cdn({ originId: "one", domainName: "origin.example.com", customOriginConfig: { ...custom, originProtocolPolicy: "https-only" } });',
      );
      expect(errors(plan).includes("edge-http1-to-http2-target")).to.equal(follows);
      expect(plan.otherOrigins).to.have.lengthOf(follows ? 0 : 1);
      expect(plan.assumed.join("\n").includes("no record of the program says so")).to.equal(
        follows,
      );
    });

  it("with a function behind a load balancer: nothing is assumed of its targets", async () => {
    const plan = await planned(
      'const role = new aws.iam.Role("fn", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });',
      'const fn = new aws.lambda.Function("fn", { role: role.arn, runtime: "nodejs22.x", handler: "index.handler", code: new pulumi.asset.AssetArchive({}) });',
      'const functions = new aws.lb.TargetGroup("fn", { targetType: "lambda" });',
      'const allow = new aws.lambda.Permission("lb", { action: "lambda:InvokeFunction", function: fn.name, principal: "elasticloadbalancing.amazonaws.com", sourceArn: functions.arn });',
      'new aws.lb.TargetGroupAttachment("fn", { targetGroupArn: functions.arn, targetId: fn.arn }, { dependsOn: [allow] });',
      'new aws.lb.Listener("http", { loadBalancerArn: lb().arn, port: 80, defaultActions: [{ type: "forward", targetGroupArn: functions.arn }] });',
    );
    expect(errors(plan)).to.deep.equal([]);
    expect(plan.assumed.join("\n")).not.to.match(/target/);
    expect(text(plan)).to.match(/function of fn +invoked/);
  });
});
