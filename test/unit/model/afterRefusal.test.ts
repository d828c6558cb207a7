/** What becomes of programs after AWS refuses something: everything else is still checked. */
import path from "node:path";
import { expect } from "chai";
import { writtenProject } from "../projectFolder";
import { evaluate, ProgramError, type Evaluation } from "../../../local/program";
import type { Position } from "../../../local/model/types";

/** Lines 1 to 7 of every program. */
const head = `import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
type Unused = { a: number; b: string };
const vpcId = "vpc-0123456789abcdef0";
const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const group = (name: string, more: object) => new aws.lb.TargetGroup(name, { vpcId, port: 80, protocol: "HTTP", targetType: "ip", ...more });`;

const cdn = (more: string): string => `new aws.cloudfront.Distribution("cdn", {
  enabled: true, ${more}
  origins: [{ originId: "a", domainName: "example.com", customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] } }],
  defaultCacheBehavior: { targetOriginId: "a", viewerProtocolPolicy: "https-only", allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"], cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
  restrictions: { geoRestriction: { restrictionType: "none" } }, viewerCertificate: { cloudfrontDefaultCertificate: true } });`;

interface Case {
  readonly title: string;
  /** The program from line 8 on. */
  readonly program: string;
  /** `name@line property code`, in order; a function has its token for a name. */
  readonly refused: readonly string[];
  /** `name property because name`. */
  readonly notChecked?: readonly string[];
  /** `line: message because name`. */
  readonly problems?: readonly RegExp[];
  /** Names of everything registered, sorted. */
  readonly registered?: readonly string[];
}

const cases: Case[] = [
  {
    title: "a refused resource with dependents",
    program: `const lb = new aws.lb.LoadBalancer("lb", { subnets: [subnets[0]] });
const listener = new aws.lb.Listener("http", { loadBalancerArn: lb.arn, port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: group("g", {}).arn }] });
new aws.lb.ListenerRule("rule", { listenerArn: listener.arn, priority: 0, conditions: [{ pathPattern: { values: ["/"] } }], actions: [{ type: "forward", targetGroupArn: group("h", {}).arn }] });`,
    refused: ["lb@8 subnets ValidationError", "rule@10 priority ValidationError"],
    registered: ["g", "h", "http", "lb", "rule"],
  },
  {
    title: "two independent refusals",
    program: `new aws.cloudwatch.LogGroup("logs", { retentionInDays: 31 });

new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/8" });`,
    refused: [
      "logs@8 retentionInDays InvalidParameterException",
      "vpc@10 cidrBlock InvalidVpc.Range",
    ],
    registered: ["logs", "vpc"],
  },
  {
    title: "a half-written program, each fault once",
    program: `const lb = new aws.lb.LoadBalancer("lb", { subnets: [subnets[0]] });
new aws.lb.Listener("grpc", { loadBalancerArn: lb.arn, defaultActions: [{ type: "forward" }] });
group("server", { protocolVersion: "HTTP2" });`,
    refused: [
      "lb@8 subnets ValidationError",
      "grpc@9 port ValidationError",
      "grpc@9 defaultActions InvalidLoadBalancerAction",
      "grpc@9 defaultActions InvalidLoadBalancerAction",
    ],
  },
  {
    title: "a refused child of the program's component",
    program: `class Pair extends pulumi.ComponentResource {
  constructor(name: string) {
    super("any:index:Pair", name);
    const first = new aws.cloudwatch.LogGroup(\`\${name}-first\`, { retentionInDays: 31 }, { parent: this });
    new aws.cloudwatch.LogGroup(\`\${name}-second\`, { name: pulumi.interpolate\`\${first.name}-copy\` }, { parent: this });
  }
}
new Pair("pair");`,
    refused: ["pair-first@11 retentionInDays InvalidParameterException"],
    registered: ["pair", "pair-first", "pair-second"],
  },
  {
    title: "a refused child of a package's component, at the line that makes the component",
    program: `const repository = new awsx.ecr.Repository("Images", { name: "UPPER" });
new aws.cloudwatch.LogGroup("after", { name: repository.url });`,
    refused: ["images@8 name InvalidParameterException"],
    registered: ["Images", "after", "images", "images"],
  },
  {
    title: "a refused component of a package, which leaves no value",
    program: `const vpc = new awsx.ec2.Vpc("net", { cidrBlock: "10.0.0.0/30" });
new aws.lb.TargetGroup("g", { vpcId: vpc.vpcId, port: 80, protocol: "HTTP" });`,
    refused: ["net@8 - InvalidComponent"],
    registered: ["g", "net"],
  },
  {
    title: "a refused lookup",
    program: `const found = aws.ec2.getSubnetOutput({ id: "nowhere" });
new aws.lb.LoadBalancer("lb", { subnets: [found.id, subnets[0]] });
new aws.lb.TargetGroup("g", { vpcId: found.vpcId, port: 0, protocol: "HTTP" });`,
    refused: [
      "aws:ec2/getSubnet:getSubnet@8 - InvalidSubnetID.NotFound",
      "g@10 port ValidationError",
    ],
    notChecked: ["lb subnets[0] because aws:ec2/getSubnet:getSubnet"],
    registered: ["g", "lb"],
  },
  {
    title: "a refused lookup whose missing value plain code goes on with",
    program: `export = async () => {
  const found = await aws.ec2.getSubnet({ id: "nowhere" });
  return { first: found.cidrBlock.split("/") };
};`,
    refused: ["aws:ec2/getSubnet:getSubnet@9 - InvalidSubnetID.NotFound"],
  },
  {
    title: "an error of the program's own after a refusal",
    program: `new aws.cloudwatch.LogGroup("logs", { retentionInDays: 31 });
new aws.cloudwatch.LogGroup("fine").arn.apply(() => {
  throw new Error("on its own");
});`,
    refused: ["logs@8 retentionInDays InvalidParameterException"],
    problems: [/^10: on its own$/],
    registered: ["fine", "logs"],
  },
  {
    title: "a program that cannot be loaded",
    program: `new aws.cloudwatch.LogGroup("logs");
const broken = ;`,
    refused: [],
    problems: [/^9: ERROR: Unexpected ";"$/],
    registered: [],
  },
  {
    title: "names that are in use: the second one is refused, what names them is not",
    program: `const [a, b] = ["a", "b"].map((name) => new aws.cloudwatch.LogGroup(name, { name: "/same" }, { dependsOn: name === "b" ? [first()] : [] }));
function first() { return new aws.cloudwatch.LogGroup("first", { name: "/other" }); }`,
    refused: ["b@8 name ResourceAlreadyExistsException"],
    registered: ["a", "b", "first"],
  },
  {
    title: "what is true whatever the refused resource becomes",
    program: `const lb = new aws.lb.LoadBalancer("lb", { subnets });
const g = group("g", { protocolVersion: "HTTP2", healthCheck: { interval: 1 } });
new aws.lb.Listener("http", { loadBalancerArn: lb.arn, port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: g.arn }] });`,
    refused: [
      "g@7 healthCheck.interval ValidationError",
      "http@10 defaultActions InvalidLoadBalancerAction",
    ],
  },
  {
    title: "a value of a refused resource that AWS would not accept either",
    program: `const acl = new aws.wafv2.WebAcl("acl", { scope: "CLOUDFRONT", defaultAction: { allow: {} }, visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "acl", sampledRequestsEnabled: true } });
${cdn("webAclId: acl.arn,")}`,
    refused: ["acl@8 scope WAFInvalidParameterException"],
    notChecked: ["cdn webAclId because acl"],
  },
  {
    title: "a check that a wrong property of a refused resource decides",
    program: `const zones = ["a", "b"].map((name) => new aws.ec2.Subnet(name, { vpcId, cidrBlock: name === "a" ? "172.31.0.0/24" : "172.31.1.0/24", availabilityZone: "eu-west-1z" }));
new aws.lb.LoadBalancer("lb", { internal: true, subnets: zones.map(({ id }) => id), idleTimeout: 0 });`,
    refused: [
      "a@8 availabilityZone InvalidParameterValue",
      "b@8 availabilityZone InvalidParameterValue",
      "lb@9 idleTimeout ValidationError",
    ],
    notChecked: ["lb subnets because a", "lb subnets because a"],
  },
  {
    title: "a value that a refused resource shares with others",
    program: `const lb = new aws.lb.LoadBalancer("lb", { subnets: [subnets[0]], securityGroups: [new aws.ec2.SecurityGroup("s", { vpcId }).id] });
new aws.ec2.SecurityGroup("s2", { vpcId: "subnet-1", name: "x" }, { dependsOn: [lb] });`,
    refused: ["lb@8 subnets ValidationError", "s2@9 vpcId InvalidVpcID.NotFound"],
  },
  {
    title: "a state that only a refused resource would bring about",
    program: `const certificate = new aws.acm.Certificate("c", { domainName: "a.example.com", validationMethod: "DNS" });
const valid = new aws.acm.CertificateValidation("v", { certificateArn: certificate.arn, validationRecordFqdns: ["_x1.example.com"] });
const lb = new aws.lb.LoadBalancer("lb", { subnets });
new aws.lb.Listener("https", { loadBalancerArn: lb.arn, port: 443, protocol: "HTTPS", certificateArn: valid.certificateArn, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", defaultActions: [{ type: "forward", targetGroupArn: group("g", {}).arn }] });`,
    refused: ["v@9 validationRecordFqdns MissingValidationRecord"],
  },
];

const nameOf = (urn: string): string => urn.split("::")[3] ?? urn;
const lineOf = (position: Position | undefined): string =>
  position?.file === "index.ts" ? String(position.line) : `elsewhere ${position?.file ?? ""}`;

/** Everything that is said of a program. */
async function sayings(folder: string) {
  const said = (evaluation: Evaluation, problems: ProgramError["problems"]) => ({
    evaluation,
    refused: evaluation.refusals.map(
      ({ name, type, position, property, code }) =>
        `${name ?? type}@${lineOf(position)} ${property ?? "-"} ${code}`,
    ),
    notChecked: evaluation.notChecked.map(
      ({ name, property, because }) =>
        `${name ?? "-"} ${property ?? "-"} because ${nameOf(because)}`,
    ),
    problems: problems.map(
      ({ message, position, because }) =>
        `${lineOf(position)}: ${message}${because === undefined ? "" : ` because ${because}`}`,
    ),
  });
  try {
    return said(await evaluate({ projectDir: folder, onRefusal: "continue" }), []);
  } catch (error) {
    if (!(error instanceof ProgramError) || !error.until) throw error;
    return said(error.until, error.problems);
  }
}

describe("after a refusal", function () {
  this.timeout(30_000);
  const project = writtenProject();
  const write = (program: string): void => {
    project.write("index.ts", head, program);
  };

  for (const { title, program, refused, notChecked, problems, registered } of cases)
    it(title, async () => {
      write(program);
      const said = await sayings(project.folder);
      expect(said.refused).to.have.members(refused);
      expect(said.notChecked).to.have.members(notChecked ?? []);
      expect(said.problems).to.have.length(problems?.length ?? 0);
      for (const [i, problem] of (problems ?? []).entries())
        expect(said.problems[i]).to.match(problem);
      const { resources } = said.evaluation;
      if (registered) expect(resources.map(({ name }) => name).sort()).to.deep.equal(registered);
      const marked = resources.filter((r) => r.refused).map(({ name }) => name);
      const named = refused.map((text) => text.split("@")[0] ?? "").filter((n) => !n.includes(":"));
      expect(new Set(marked)).to.deep.equal(new Set(named));
      expect(
        resources.filter(({ id, type }) => id === "" && type.startsWith("aws:")),
      ).to.deep.equal([]);
    });

  it("throws everything in one error, as local shows it", async () => {
    write(
      'new aws.cloudwatch.LogGroup("logs", { retentionInDays: 31 });\n' +
        'new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/8" });',
    );
    const error = await project.run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ProgramError)) throw new Error("it was not refused");
    const blocks = error.message.split(/^(?=AWS refuses to create )/m);
    expect(blocks.map((block) => block.split("\n")[0])).to.have.members([
      "AWS refuses to create aws:cloudwatch/logGroup:LogGroup 'logs' (urn:pulumi:dev::any::aws:cloudwatch/logGroup:LogGroup::logs):",
      "AWS refuses to create aws:ec2/vpc:Vpc 'vpc' (urn:pulumi:dev::any::aws:ec2/vpc:Vpc::vpc):",
    ]);
    expect(error.message).to.include(`\n    at ${path.join(project.folder, "index.ts")}:8:1`);
    expect(error.refusals.map(({ name }) => name)).to.have.members(["logs", "vpc"]);
    expect(error.problems).to.deep.equal([]);
  });
});
