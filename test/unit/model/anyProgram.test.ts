/** Programs as people write them: other module systems, settings, providers, packages and mistakes. */
import { rmSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import type { ProgramError } from "../../../local/program/failure";
import { UNKNOWN } from "../../../local/model/types";
import { REGION_NOT_SET } from "../../../topology/resource";
import { token } from "../../../topology/tokens";
import { writtenProject } from "../projectFolder";

describe("any program", () => {
  const project = writtenProject();
  const { write, run, failure } = project;
  beforeEach(() => {
    rmSync(path.join(project.folder, "Pulumi.dev.yaml"));
    write("package.json", "{}");
  });

  describe("its modules", () => {
    it("CommonJS in JavaScript, with main in a subfolder that relative paths start in", async () => {
      write("Pulumi.yaml", "name: any\nruntime: nodejs\nmain: infra/\n");
      write("infra/index.js", 'exports.where = process.cwd(); exports.word = require("../word");');
      write("word.js", 'module.exports = "shared";');
      const { outputs, cwd } = await run();
      expect(outputs).to.deep.equal({ where: path.join(project.folder, "infra"), word: "shared" });
      expect(cwd).to.equal(path.join(project.folder, "infra"));
    });

    it("main of package.json", async () => {
      write("package.json", '{ "main": "deploy.js" }');
      write("deploy.js", "exports.from = 'deploy';");
      expect((await run()).outputs).to.deep.equal({ from: "deploy" });
    });

    for (const extension of ["ts", "js"])
      it(`ES modules (.${extension}), with import.meta, read afresh each time`, async () => {
        write("package.json", '{ "type": "module" }');
        write(
          `index.${extension}`,
          'import * as aws from "@pulumi/aws";',
          'import { word } from "./word.js";',
          "export const name = new aws.ecs.Cluster(word, { name: word }).name;",
          "export const here = import.meta.url;",
        );
        write(`word.${extension}`, 'export const word = "one";');
        const { outputs } = await run();
        expect(outputs).to.include({ name: "one" });
        expect(outputs.here).to.match(/^file:.*index\.[tj]s$/);
        write(`word.${extension}`, 'export const word = "two";');
        expect((await run()).outputs).to.include({ name: "two" });
      });

    it("an async function as the default export, whose result is the outputs", async () => {
      write("package.json", '{ "type": "module" }');
      write("index.ts", "export default async () => ({ answer: await Promise.resolve(42) });");
      expect((await run()).outputs).to.deep.equal({ answer: 42 });
    });

    it("top-level await: where it is, and what to write instead", async () => {
      write("package.json", '{ "type": "module" }');
      write("index.ts", "export const n = await Promise.resolve(1);");
      expect(await failure()).to.match(
        /index\.ts:1:\d+: top-level await needs an ES module\. Add "type": "module" .*export default async/,
      );
    });

    it("a package that is missing: who wants it, and what to run", async () => {
      write("index.ts", 'import "@acme/network";');
      expect(await failure()).to.match(
        /^The package @acme\/network, which .*index\.ts needs, is not installed\. Run npm install in .*hopwise-program-/,
      );
    });

    it("hopwise itself: how to make its package, and to install it", async () => {
      write("index.ts", 'import { Network } from "hopwise";', 'new Network("shop");');
      expect(await failure()).to.match(
        /^The package hopwise, which .*index\.ts needs, is not installed\. Run npm pack in \S+, and then npm install \S+hopwise-[\d.]+\.tgz in \S*hopwise-program-/,
      );
    });

    it("a class that its module does not export", async () => {
      write("parts.ts", "export class Network {}");
      write("index.ts", 'import { NetWork } from "./parts";', "new NetWork();");
      expect(await failure()).to.match(
        /^NetWork is imported from parts, which exports no class .*spelling\.\n? *(at .*index\.ts:2|$)/,
      );
    });

    it("a program that has yet to be built", async () => {
      write("package.json", '{ "main": "dist/index.js" }');
      rmSync(path.join(project.folder, "index.ts"), { force: true });
      expect(await failure()).to.match(
        /^There is no program in .*\. If a build makes dist\/index\.js, .* run it first\.$/,
      );
    });

    it("a file that is missing", async () => {
      write("index.ts", 'import "./network";');
      expect(await failure()).to.match(
        /^The file \.\/network, which .*index\.ts needs, is missing\.$/,
      );
    });

    for (const extension of ["ts", "js"])
      it(`a mistake in .${extension}: its file and line`, async () => {
        write(`index.${extension}`, "", "const x = ;");
        expect(await failure()).to.match(
          extension === "ts" ? /index\.ts:2:10: ERROR: Unexpected ";"/ : /index\.js:2: Unexpected/,
        );
      });

    it("another language: which there are", async () => {
      write("Pulumi.yaml", "name: any\nruntime:\n  name: python\n");
      expect(await failure()).to.match(/runtime "python"; only programs for nodejs/);
    });

    it("an error in a function deep within: the place in the program", async () => {
      write(
        "lib/parts.ts",
        "",
        "export const part = (): string => {",
        "  throw new Error('no part');",
        "};",
      );
      write("index.ts", 'import { part } from "./lib/parts";', "part();");
      expect(await failure()).to.match(/^no part\n +at part \(.*lib\/parts\.ts:3:\d+\)$/);
    });
  });

  describe("its stack", () => {
    const program =
      "export const word = new (require('@pulumi/pulumi').Config)().get('word') ?? 'none';";
    const stacks = (...names: string[]): void => {
      for (const name of names) write(`Pulumi.${name}.yaml`, "config:", `  any:word: ${name}`);
    };

    for (const [there, chosen] of [
      [[], "none"],
      [["live"], "live"],
      [["live", "dev"], "dev"],
    ] as const)
      it(`of ${there.join(", ") || "none"}: ${chosen}`, async () => {
        write("index.ts", program);
        stacks(...there);
        const { outputs, stack } = await run();
        expect(outputs.word).to.equal(chosen);
        expect(stack).to.equal(there.length === 0 ? "dev" : chosen);
      });

    it("of several without dev: none, and which there are", async () => {
      write("index.ts", program);
      stacks("live", "test");
      expect(await failure()).to.equal("Which stack? There are live, test: name one with --stack.");
      expect((await run({ stack: "test" })).outputs.word).to.equal("test");
    });
  });

  describe("what it uses", () => {
    const start = [
      'import * as pulumi from "@pulumi/pulumi";',
      'import * as aws from "@pulumi/aws";',
    ];

    it("the region of a provider of its own, for resources and lookups", async () => {
      write(
        "index.ts",
        ...start,
        'const provider = new aws.Provider("virginia", { region: "us-east-1" });',
        'const certificate = new aws.acm.Certificate("edge", { domainName: "a.example.com", validationMethod: "DNS" }, { provider });',
        "export const arn = certificate.arn;",
        "export const region = aws.getRegionOutput({}, { provider }).region;",
      );
      write("Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
      const { outputs } = await run();
      expect(outputs.arn).to.match(/^arn:aws:acm:us-east-1:/);
      expect(outputs.region).to.equal("us-east-1");
    });

    it("things that are there already, read by id", async () => {
      write(
        "index.ts",
        ...start,
        'const vpc = aws.ec2.Vpc.get("shared", "vpc-0123456789abcdef0");',
        'export const group = new aws.ec2.SecurityGroup("g", { vpcId: vpc.id }).vpcId;',
        "export const cidr = vpc.cidrBlock;",
      );
      const { outputs, resources } = await run();
      expect(outputs.group).to.equal("vpc-0123456789abcdef0");
      // Only AWS knows the range; what is served on this machine has one.
      expect(outputs.cidr).not.to.be.a("string");
      expect((await run({ elsewhere: "assumed" })).outputs.cidr).to.equal("10.0.0.0/16");
      expect(resources.map((r) => r.name)).to.deep.equal(["g"]);
    });

    it("the account that writes a load balancer's logs, where the region has one", async () => {
      write(
        "index.ts",
        ...start,
        "const account = (region: string) => aws.elb.getServiceAccountOutput({ region }).arn;",
        'export const [ireland, china] = [account("eu-west-1"), account("cn-north-1")];',
        'export const other = account("eu-typo-1");',
      );
      const { outputs } = await run();
      expect(outputs).to.include({
        ireland: "arn:aws:iam::156460612806:root",
        china: "arn:aws-cn:iam::638102146993:root",
      });
      expect(outputs.other).not.to.be.a("string");
      write("index.ts", ...start, 'aws.elb.getServiceAccountOutput({ region: "il-central-1" });');
      expect(await failure()).to.include("logdelivery.elasticloadbalancing.amazonaws.com");
    });

    it("a Gateway Load Balancer, whose listener has no port and no protocol", async () => {
      const listener = (more: string): void => {
        write(
          "index.ts",
          ...start,
          'const subnets = ["subnet-0123456789abcdef0"], type = "forward";',
          'const lb = new aws.lb.LoadBalancer("fw", { loadBalancerType: "gateway", subnets });',
          'const { arn: targetGroupArn } = new aws.lb.TargetGroup("fw", { port: 6081, protocol: "GENEVE", vpcId: "vpc-0123456789abcdef0" });',
          `new aws.lb.Listener("fw", { loadBalancerArn: lb.arn, ${more} defaultActions: [{ type, targetGroupArn }] });`,
        );
      };
      listener("");
      const { resources } = await run();
      const found = resources.find(({ type }) => type === token.listener);
      expect(found?.outputs).not.to.have.any.keys("port", "protocol");
      listener("port: 6081,");
      expect(await failure()).to.include("A port cannot be specified");
    });

    it("the default VPC, policies by name, IAM documents", async () => {
      write(
        "index.ts",
        ...start,
        "const vpc = aws.ec2.getVpcOutput({ default: true });",
        'const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] });',
        "export const subnetCount = subnets.ids.length;",
        'export const policy = aws.cloudfront.getCachePolicyOutput({ name: "Managed-CachingDisabled" }).id;',
        'const document = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["s3:GetObject"], resources: ["*"], principals: [{ type: "Service", identifiers: ["x.amazonaws.com"] }] }] });',
        "export const statement = document.json.apply((json) => JSON.parse(json).Statement);",
      );
      const { outputs } = await run();
      expect(outputs).to.deep.equal({
        subnetCount: 3,
        policy: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        statement: [
          {
            Effect: "Allow",
            Principal: { Service: "x.amazonaws.com" },
            Action: "s3:GetObject",
            Resource: "*",
          },
        ],
      });
    });

    it("another stack: what to run to give its outputs, and those outputs", async () => {
      write(
        "index.ts",
        ...start,
        'const network = new pulumi.StackReference("acme/network/prod");',
        'export const vpcId = network.requireOutput("vpcId");',
      );
      expect(await failure()).to.match(
        /'acme\/network\/prod'[\s\S]*pulumi stack output --json --stack acme\/network\/prod[\s\S]*--stack-outputs acme\/network\/prod=/,
      );
      const stackOutputs = new Map([["acme/network/prod", { vpcId: "vpc-1" }]]);
      expect((await run({ stackOutputs })).outputs.vpcId).to.equal("vpc-1");
    });

    it("types that are not modelled: kept as written, and known by name", async () => {
      write(
        "index.ts",
        ...start,
        'new aws.kinesis.Stream("jobs", { shardCount: 1 });',
        'new pulumi.CustomResource("tls:index/privateKey:PrivateKey", "key", { algorithm: "RSA" });',
      );
      const { account, resources } = await run();
      expect([...account.unmodelled]).to.have.members([
        "aws:kinesis/stream:Stream",
        "tls:index/privateKey:PrivateKey",
      ]);
      expect(resources.map((r) => r.outputs)).to.deep.include({ shardCount: 1 });
    });

    const unknownValues = {
      "an output of a type that is not modelled":
        'new aws.kinesis.Stream("jobs", { shardCount: 1 }).arn',
      "an answer of a function that is not modelled": "aws.getBillingServiceAccountOutput().arn",
      "the same in plain code": "(await aws.getBillingServiceAccount()).arn",
      "part of a list that is not known":
        'new aws.elasticache.Cluster("c").cacheNodes.apply((nodes) => nodes[0].address.toUpperCase())',
      "a text that plain code made of it": "`${(await aws.getBillingServiceAccount()).arn}/x`",
    };
    for (const [what, value] of Object.entries(unknownValues))
      it(`${what}: unknown, and nothing is refused for it`, async () => {
        write(
          "index.ts",
          ...start,
          `export = async () => {
             const l = new aws.lb.Listener("l", { loadBalancerArn: ${value}, port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: ${value} }] });
             return { port: l.port, arn: l.loadBalancerArn };
           };`,
        );
        const { resources, outputs } = await run();
        const listener = resources.find(({ name }) => name === "l");
        expect(listener?.inputs).to.include({ loadBalancerArn: UNKNOWN });
        expect(listener?.outputs).to.include({ loadBalancerArn: UNKNOWN });
        expect(outputs).to.deep.equal({ port: 80 });
      });

    it("what plain code computes of it, and asks with it: unknown, and nothing is refused", async () => {
      write(
        "index.ts",
        ...start,
        `export = async () => {
           const { port } = JSON.parse((await aws.secretsmanager.getSecretVersion({ secretId: "app" })).secretString);
           const lb = await aws.lb.getLoadBalancer({ name: "shared" });
           const listener = await aws.lb.getListener({ loadBalancerArn: lb.arn, port: 443 });
           const tg = new aws.lb.TargetGroup("t", { port: Number(port) + 1, protocol: "HTTP", vpcId: lb.vpcId });
           new aws.lb.ListenerRule("r", { listenerArn: listener.arn, conditions: [{ pathPattern: { values: ["/*"] } }], actions: [{ type: "forward", targetGroupArn: tg.arn }] });
         };`,
      );
      const { resources } = await run();
      const inputsOf = (wanted: string) => resources.find(({ name }) => name === wanted)?.inputs;
      expect(inputsOf("t")).to.include({ port: UNKNOWN, vpcId: UNKNOWN });
      expect(inputsOf("r")).to.include({ listenerArn: UNKNOWN });
    });

    for (const [what, url] of Object.entries({
      "of what is not known": "new URL(given)",
      "with a port that is not known": "new URL(`https://db.example.com:${given}/`)",
      "of node:url": 'new (require("node:url").URL)(given)',
    }))
      it(`a URL ${what}: unknown, as are its parts`, async () => {
        write(
          "index.ts",
          ...start,
          `export = async () => {
             const given = (await aws.secretsmanager.getSecretVersion({ secretId: "app" })).secretString;
             const { host } = ${url};
             const known = new URL("https://example.com/x");
             if (!(known instanceof URL)) throw new Error("another class");
             const port = Number(new URL("https://example.com:8443/").port);
             new aws.lb.TargetGroup("t", { port, protocol: "HTTP", vpcId: "vpc-0123456789abcdef0", name: host, tags: { known: known.host } });
           };`,
        );
        const [group] = (await run()).resources.filter(({ name }) => name === "t");
        expect(group?.inputs).to.include({ port: 8443, name: UNKNOWN });
        expect(group?.inputs.tags).to.deep.equal({ known: "example.com" });
      });

    it("an error over it: which line, and what to write instead", async () => {
      write(
        "index.ts",
        ...start,
        `export = async () => {
           const given = await aws.secretsmanager.getSecretVersion({ secretId: "app" });
           new aws.lb.TargetGroup("t", { port: Number(BigInt(given.secretString)) });
         };`,
      );
      const error = await run().then(
        () => undefined,
        (reason: unknown) => reason as ProgramError,
      );
      const [problem, ...more] = error?.problems ?? [];
      expect(more).to.deep.equal([]);
      expect(problem?.message).to.equal(
        "Cannot convert (not known) to a BigInt. The program computes it from a value that is not " +
          "known before the deployment. Take the value as an output " +
          "(aws.secretsmanager.getSecretVersionOutput) and compute in apply, which waits until it is known.",
      );
      expect(problem?.position).to.include({ file: "index.ts", line: start.length + 3 });
      expect(error?.message).to.include("getSecretVersionOutput").and.not.include("04da6b54");
    });

    it("a resource given for its id, as the engine passes it on", async () => {
      write(
        "index.ts",
        ...start,
        'const assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" });',
        'const role = new aws.iam.Role("r", { assumeRolePolicy });',
        'const topic = new aws.sns.Topic("t");',
        'new aws.iam.RolePolicyAttachment("a", { role, policyArn: aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy });',
        'new aws.sns.TopicSubscription("s", { topic, protocol: "email", endpoint: "ops@example.com" });',
        'new aws.iam.InstanceProfile("i", { role: new aws.iam.Role("r2", { assumeRolePolicy }) });',
      );
      const { resources } = await run();
      const of = (name: string) => resources.find((r) => r.name === name);
      expect(of("a")?.inputs.role).to.equal(of("r")?.id);
      expect(of("s")?.inputs.topic).to.equal(of("t")?.id);
      expect(of("i")?.inputs.role).to.equal(of("r2")?.id);
    });

    it("without a region: that of the environment, else nothing is refused for it", async () => {
      write(
        "index.ts",
        ...start,
        'const region = aws.config.region ?? "ap-southeast-2";',
        'const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });',
        'new aws.ec2.Subnet("s", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", availabilityZone: `${region}b` });',
        'new aws.ec2.Subnet("t", { vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.0.2.0/24", availabilityZoneId: "apse2-az9" });',
        'const at = "arn:aws:acm:eu-north-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";',
        'const lb = new aws.lb.LoadBalancer("lb", { subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] });',
        'new aws.lb.Listener("l", { loadBalancerArn: lb.arn, port: 443, protocol: "HTTPS", certificateArn: at, defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }] });',
        "export const zone = aws.getAvailabilityZonesOutput().names[0];",
      );
      expect((await run()).account.region).to.equal(REGION_NOT_SET);
      process.env.AWS_DEFAULT_REGION = "eu-north-1";
      try {
        const { account, outputs } = await run();
        expect(account.region).to.equal("eu-north-1");
        expect(outputs.zone).to.equal("eu-north-1a");
      } finally {
        delete process.env.AWS_DEFAULT_REGION;
      }
    });

    it("zones by id, and those that AWS chooses, count as different ones", async () => {
      write("Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
      write(
        "index.ts",
        ...start,
        'const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });',
        'const gateway = new aws.ec2.InternetGateway("g", { vpcId: vpc.id });',
        "const zones = aws.getAvailabilityZonesOutput();",
        "const byId = [0, 1].map((i) => new aws.ec2.Subnet(`i${i}`, { vpcId: vpc.id, cidrBlock: `10.0.${i}.0/24`, availabilityZoneId: zones.zoneIds[i] }));",
        "const chosen = [2, 3].map((i) => new aws.ec2.Subnet(`c${i}`, { vpcId: vpc.id, cidrBlock: `10.0.${i}.0/24` }));",
        "for (const [name, subnets] of Object.entries({ byId, chosen })) new aws.lb.LoadBalancer(name, { subnets: subnets.map(({ id }) => id) });",
        "export const names = byId.map(({ availabilityZone }) => availabilityZone);",
      );
      expect((await run()).outputs.names).to.deep.equal(["eu-west-1a", "eu-west-1b"]);
    });

    it("what is looked up by id has that id, whatever else is known of it", async () => {
      write(
        "index.ts",
        ...start,
        'const [a, b] = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];',
        'export const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "subnet-id", values: [b, a] }] }).ids;',
        'export const table = aws.ec2.getRouteTableOutput({ routeTableId: "rtb-0123456789abcdef0" }).id;',
        'export const balancer = aws.lb.getLoadBalancerOutput({ arn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shared/50dc6c495c0c9188" }).arn;',
        'export const cluster = aws.ecs.getClusterOutput({ clusterName: "shared" }).arn;',
        'export const tagged = aws.ec2.getSubnetsOutput({ tags: { tier: "private" } }).ids.length;',
        'export const policy = aws.iam.getPolicyOutput({ name: "AmazonSSMManagedInstanceCore" }).arn;',
      );
      const { outputs } = await run();
      expect(outputs).to.deep.include({
        subnets: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef0"],
        table: "rtb-0123456789abcdef0",
        balancer:
          "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shared/50dc6c495c0c9188",
        tagged: 2,
      });
      expect(outputs.cluster).to.match(/:cluster\/shared$/);
      expect(outputs).to.not.have.property("policy");
    });

    it("is evaluated as a preview", async () => {
      write(
        "index.ts",
        'import * as pulumi from "@pulumi/pulumi";',
        "export const preview = pulumi.runtime.isDryRun();",
      );
      expect((await run()).outputs).to.deep.equal({ preview: true });
    });

    it("the same resources under the other names that @pulumi/aws has for them", async () => {
      write(
        "index.ts",
        ...start,
        'const vpcId = "vpc-0123456789abcdef0";',
        'const g = new aws.alb.TargetGroup("g", { vpcId, port: 80, protocol: "HTTP" });',
        'const b = new aws.s3.BucketV2("b");',
        'new pulumi.CustomResource("aws:s3/bucketVersioningV2:BucketVersioningV2", "v", { bucket: b, versioningConfiguration: { status: "Enabled" } });',
        "export const arn = g.arn; export const host = b.bucketRegionalDomainName;",
      );
      const { resources, account, outputs } = await run();
      expect(resources.map(({ type }) => type)).to.have.members([
        token.targetGroup,
        token.bucket,
        token.bucketVersioning,
      ]);
      expect([...account.unmodelled]).to.deep.equal([]);
      expect(outputs).to.have.keys("arn", "host");
    });

    it("a lookup that finds nothing: an error, not a program that hangs", async () => {
      write(
        "index.ts",
        ...start,
        'const policy = aws.cloudfront.getCachePolicyOutput({ name: "Managed-Nothing" });',
        "export const id = policy.id;",
      );
      expect(await failure()).to.match(
        /no matching policy found: Managed-Nothing\. AWS manages Managed-/,
      );
    });

    it("images of the docker providers, which change with what they are built from", async () => {
      write("app/Dockerfile", "FROM scratch");
      write(
        "index.ts",
        'import * as docker from "@pulumi/docker";',
        'import * as build from "@pulumi/docker-build";',
        'const one = new docker.Image("one", { imageName: "acme/one:1", build: { context: "app" } });',
        'const two = new build.Image("two", { tags: ["acme/two:1"], push: false, context: { location: "app" } });',
        "export const one_ = one.repoDigest;",
        "export const two_ = two.ref;",
      );
      const before = (await run()).outputs;
      expect(before.one_).to.match(/^acme\/one@sha256:[0-9a-f]{64}$/);
      expect(before.two_).to.match(/^acme\/two:1@sha256:[0-9a-f]{64}$/);
      write("app/Dockerfile", "FROM alpine");
      const after = (await run()).outputs;
      expect(after.one_).not.to.equal(before.one_);
      expect(after.two_).not.to.equal(before.two_);
    });
  });
});
