/** Plans of programs with unknown values. */
import { expect } from "chai";
import { writtenProject } from "../projectFolder";
import { makePlan } from "../../../cli/plan/make";
import { printPlan } from "../../../cli/plan/text";
import type { Plan } from "../../../cli/plan/types";
import { screenOf } from "../../../cli/screen";
import { evaluatedHere } from "../evaluated";

const head = `
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
const vpcId = "vpc-0123456789abcdef0", subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const group = new aws.ec2.SecurityGroup("lb", { vpcId, ingress: [{ protocol: "tcp", fromPort: 80, toPort: 8080, cidrBlocks: ["0.0.0.0/0"] }], egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] });
const targets = new aws.lb.TargetGroup("web", { vpcId, port: 8080, protocol: "HTTP", targetType: "ip" });
const task = new aws.ecs.TaskDefinition("web", { family: "web", cpu: "256", memory: "512", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], containerDefinitions: JSON.stringify([{ name: "app", image: "nginx:1.27", portMappings: [{ containerPort: 8080 }] }]) });
const service = (targetGroupArn: pulumi.Input<string>) => new aws.ecs.Service("web", { cluster: "shared", taskDefinition: task.arn, launchType: "FARGATE", networkConfiguration: { subnets, securityGroups: [group.id], assignPublicIp: true }, loadBalancers: [{ targetGroupArn, containerName: "app", containerPort: 8080 }] });
const forward = [{ type: "forward", targetGroupArn: targets.arn }];
`;

/** Programs, what of the plan shows that not everything is known, and what its text says. */
const incomplete: Record<string, [program: string, says: RegExp]> = {
  "a rule of a listener that is looked up": [
    `const shared = aws.lb.getListenerOutput({ loadBalancerArn: aws.lb.getLoadBalancerOutput({ name: "shared" }).arn, port: 443 });
new aws.lb.ListenerRule("r", { listenerArn: shared.arn, priority: 1, conditions: [{ pathPattern: { values: ["/*"] } }], actions: forward });
service(targets.arn);`,
    /target group web \(HTTP1\) → container app of web, port 8080;\s+forwarded\s+to\s+by\s+rule\s+1\s+\(path\s+\/\*\);\s+what\s+arrives\s+there\s+is\s+not\s+known/,
  ],
  "a rule of a listener that is named": [
    `new aws.lb.ListenerRule("r", { listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2", priority: 1, conditions: [{ pathPattern: { values: ["/*"] } }, { httpHeader: { httpHeaderName: "X-Secret", values: ["hush"] } }], actions: forward });
service(targets.arn);`,
    /container app of web, port 8080;\s+forwarded\s+to\s+by\s+rule\s+1\s+\(path\s+\/\*,\s+header\s+X-Secret\);/,
  ],
  "a listener of a load balancer that is named": [
    `new aws.lb.Listener("http", { loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shared/50dc6c495c0c9188", port: 80, protocol: "HTTP", defaultActions: forward });
service(targets.arn);`,
    /forwarded\s+to\s+by\s+listener\s+http;/,
  ],
  "a listener that is created in apply of an unknown value": [
    `const lb = new aws.lb.LoadBalancer("web", { subnets, securityGroups: [group.id] });
(new pulumi.StackReference("acme/certs/prod").requireOutput("arn") as pulumi.Output<string>).apply((certificateArn) => new aws.lb.Listener("https", { loadBalancerArn: lb.arn, port: 443, protocol: "HTTPS", certificateArn, defaultActions: forward }));
service(targets.arn);`,
    /what uses web: unknown before the\s+deployment[^]*What is created in apply \(index\.ts:\d+\): its value/,
  ],
  "a target group of another stack": [
    `const other = new pulumi.StackReference("acme/balancer/prod");
service(other.requireOutput("targetGroupArn") as pulumi.Output<string>);`,
    /--stack-outputs\s+acme\/balancer\/prod=outputs\.json/,
  ],
  "an origin that no model knows": [
    `const api = new aws.apigatewayv2.Api("api", { protocolType: "HTTP" });
new aws.cloudfront.Distribution("cdn", { enabled: true, origins: [{ originId: "api", domainName: api.apiEndpoint.apply((url) => new URL(url).hostname), customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] } }], defaultCacheBehavior: { targetOriginId: "api", viewerProtocolPolicy: "redirect-to-https", allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"], cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" }, restrictions: { geoRestriction: { restrictionType: "none" } }, viewerCertificate: { cloudfrontDefaultCertificate: true } });`,
    /an origin whose name is not known/,
  ],
  "a protocol version that no model knows": [
    `const stream = new aws.kinesis.Stream("s", { shardCount: 1 });
const other = new aws.lb.TargetGroup("other", { vpcId, port: 8080, protocol: "HTTP", targetType: "ip", protocolVersion: stream.arn.apply(() => "HTTP2") });
const lb = new aws.lb.LoadBalancer("web", { subnets, securityGroups: [group.id] });
new aws.lb.Listener("http", { loadBalancerArn: lb.arn, port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: other.arn }] });
service(other.arn);`,
    /protocolVersion of other: unknown/,
  ],
  "the range of a VPC that is looked up": [
    `const vpc = aws.ec2.getVpcOutput({ tags: { Name: "main" } });
const inside = new aws.ec2.SecurityGroup("inside", { vpcId: vpc.id, ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: [vpc.cidrBlock] }], egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] });
const lb = new aws.lb.LoadBalancer("web", { subnets, internal: true, securityGroups: [inside.id] });
new aws.lb.Listener("http", { loadBalancerArn: lb.arn, port: 80, protocol: "HTTP", defaultActions: forward });
service(targets.arn);`,
    /load balancer web +HTTP\/1\.1 +plain +80 +not known(?![^]*10\.0\.0\.0)/,
  ],
  "a network load balancer": [
    `const lb = new awsx.lb.NetworkLoadBalancer("nlb", { subnetIds: subnets });`,
    /only application load balancers are\s+followed/,
  ],
  "a component of a package that is not modelled": [
    `class Cluster extends pulumi.ComponentResource { constructor(name: string) { super("eks:index:Cluster", name, { x: 1 }, {}, true); } }
new Cluster("k8s");`,
    /eks:index:Cluster \(k8s\): requests may take paths/,
  ],
};

describe("a plan with unknown values", function () {
  this.timeout(30_000);
  const project = writtenProject();
  const plan = async (program: string): Promise<Plan> => {
    project.write("index.ts", head + program);
    return makePlan(await evaluatedHere(project.folder, "dev"));
  };
  const textOf = (of: Plan): string => {
    let text = "";
    const screen = { ...screenOf(), print: (line = "") => (text += `${line}\n`) };
    printPlan(of, screen);
    return text;
  };

  for (const [what, [program, says]] of Object.entries(incomplete))
    it(`${what}: not complete, named, and no tick`, async () => {
      const made = await plan(program);
      expect(made.refusals).to.deep.equal([]);
      expect(made).to.include({ complete: false, verdict: "unknown" });
      const text = textOf(made);
      expect(text).to.match(says);
      expect(text).to.contain("Not everything that decides a path is known.");
      expect(text).to.not.match(/[✔✘]|No errors\./);
    });

  it("what decides no path leaves it complete, and what is assumed to exist is one line", async () => {
    const made = await plan(`
const ami = aws.ec2.getAmiOutput({ owners: ["amazon"], mostRecent: true });
new aws.ec2.Instance("bastion", { ami: ami.id, instanceType: "t3.nano", subnetId: subnets[0] });
const cache = new aws.elasticache.Cluster("cache", { engine: "redis", nodeType: "cache.t4g.micro", numCacheNodes: 1 });
new aws.ssm.Parameter("cache", { type: "String", value: cache.cacheNodes[0].address });
const lb = new aws.lb.LoadBalancer("web", { subnets, securityGroups: [group.id] });
const http = new aws.lb.Listener("http", { loadBalancerArn: lb.arn, port: 80, protocol: "HTTP", defaultActions: forward });
service(targets.arn);`);
    expect(made).to.include({ complete: true, verdict: "ok" });
    expect(made.paths).to.have.lengthOf(1);
    expect(made.assumed[0]).to.equal(
      "Made elsewhere: the VPC vpc-0123456789abcdef0, 2 subnets, the cluster shared.",
    );
    expect(made.notModelled.map(({ type }) => type)).to.have.members([
      "aws:elasticache/cluster:Cluster",
      "aws:ec2/getAmi:getAmi",
    ]);
  });

  it("where users sign in decides no path: that they must is known", async () => {
    const made = await plan(`
const pool = new aws.cognito.UserPool("pool");
const client = new aws.cognito.UserPoolClient("client", { userPoolId: pool.id });
const lb = new aws.lb.LoadBalancer("web", { subnets, securityGroups: [group.id] });
const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const https = new aws.lb.Listener("https", { loadBalancerArn: lb.arn, port: 443, protocol: "HTTPS", certificateArn, defaultActions: forward });
new aws.lb.ListenerRule("private", { listenerArn: https.arn, priority: 1, conditions: [{ pathPattern: { values: ["/private/*"] } }], actions: [{ type: "authenticate-cognito", order: 1, authenticateCognito: { userPoolArn: pool.arn, userPoolClientId: client.id, userPoolDomain: "shop" } }, { ...forward[0]!, order: 2 }] });
service(targets.arn);`);
    expect(made).to.include({ complete: true });
    expect(made.notChecked).to.deep.equal([]);
    const [, signIn] = made.paths;
    expect(signIn?.requests.map(({ status }) => status)).to.include(302);
  });

  const stream = `
const stream = new aws.kinesis.Stream("s", { shardCount: 1 });
const lb = new aws.lb.LoadBalancer("web", { subnets, securityGroups: [group.id] });
new aws.lb.Listener("http", { loadBalancerArn: lb.arn, port: 80, protocol: "HTTP", defaultActions: forward });
const variables = (values: pulumi.Input<string>[]) => values.map((value, i) => ({ name: \`V\${i}\`, value }));
const app = { name: "app", image: "acme/app:latest", portMappings: [{ containerPort: 8080 }] };
const defined = (containerDefinitions: pulumi.Input<string>) => {
  const own = new aws.ecs.TaskDefinition("own", { family: "own", cpu: "256", memory: "512", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], containerDefinitions });
  own.containerDefinitions.apply((text) => { if (text) throw new Error("known"); });
  return new aws.ecs.Service("own", { cluster: "shared", taskDefinition: own.arn, launchType: "FARGATE", networkConfiguration: { subnets, securityGroups: [group.id], assignPublicIp: true }, loadBalancers: [{ targetGroupArn: targets.arn, containerName: "app", containerPort: 8080 }] });
};
`;
  const inPart: Record<string, string> = {
    "jsonStringify around values and what was made of them": `
defined(pulumi.jsonStringify([{ ...app, environment: variables([stream.arn, pulumi.interpolate\`x-\${stream.name}\`, stream.arn.apply((arn) => arn.split(":")[5]), "known"]) }]));`,
    "jsonStringify around a secret": `
defined(pulumi.jsonStringify([{ ...app, environment: variables([pulumi.secret(stream.arn)]) }]));`,
    "jsonStringify around a promise of a list": `
defined(pulumi.jsonStringify(Promise.resolve([{ ...app, environment: variables([stream.arn]) }])));`,
    interpolate: `
defined(pulumi.interpolate\`[{ "name": "app", "image": "acme/app:latest", "portMappings": [{ "containerPort": 8080 }], "environment": [{ "name": "V0", "value": "a-\${stream.arn}" }] }]\`);`,
    "awsx's own JSON": `
new awsx.ecs.FargateService("own", { cluster: "shared", networkConfiguration: { subnets, securityGroups: [group.id], assignPublicIp: true }, taskDefinitionArgs: { container: { ...app, cpu: 256, memory: 512, essential: true, environment: variables([stream.arn]), portMappings: [{ containerPort: 8080, targetGroup: targets }] } } });`,
  };
  for (const [how, program] of Object.entries(inPart))
    it(`of container definitions only the value is not known: ${how}`, async () => {
      const made = await plan(stream + program);
      expect(made.refusals).to.deep.equal([]);
      expect([made.complete, made.paths.length]).to.deep.equal([true, 1]);
      expect(made.paths[0]).not.to.have.property("unknown");
      expect(made.paths[0]?.nodes.at(-1)?.label).to.equal("app");
      expect(made.findings.map(({ code }) => code)).to.include("image-follows-latest");
      const notChecked = made.notChecked.map(({ what }) => what).join();
      expect(notChecked).to.match(/containerDefinitions\[\]\.environment\.V0/);
      expect(JSON.stringify(made)).not.to.include("04da6b54");
    });

  it("a variable of the image of hopwise that is not known leaves open what it decides", async () => {
    const made = await plan(`${stream}
defined(pulumi.jsonStringify([{ ...app, environment: [{ name: "HOPWISE_PORT", value: stream.arn }] }]));`);
    expect(made.complete).to.equal(false);
    expect(made.paths[0]?.unknown?.join()).to.match(/environment\.HOPWISE_PORT/);
  });

  it("container definitions in which a number is not known are not known", async () => {
    const made = await plan(`${stream}
defined(pulumi.interpolate\`[{ "name": "app", "image": "acme/app:1", "cpu": \${stream.arn.apply((arn) => arn.length)} }]\`);`);
    expect(made.refusals).to.deep.equal([]);
    expect(made.notChecked.map(({ what }) => what)).to.include("containerDefinitions of own");
  });

  it("what AWS refuses is refused all the same", async () => {
    const made = await plan(`
const stream = new aws.kinesis.Stream("s", { shardCount: 1 });
new aws.lb.TargetGroup("bad", { vpcId: stream.arn, port: 0, protocol: "HTTP" });`);
    expect(made.verdict).to.equal("error");
    expect(made.refusals.map(({ resource }) => resource?.name)).to.deep.equal(["bad"]);
    expect(made.refusals[0]?.resource?.position?.file).to.equal("index.ts");
  });
});
