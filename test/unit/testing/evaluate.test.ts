/** The kit on whole programs: what it evaluates, what it says of failures, and what it leaves as it was. */
import * as fs from "node:fs";
import Module from "node:module";
import * as path from "node:path";
import { expect } from "chai";
import { evaluateProgram, ProgramError, UNKNOWN, type EvaluateOptions } from "../../../testing";
import { writtenProject } from "../projectFolder";

const root = path.join(__dirname, "../../..");
const article = path.join(root, "examples/article-464");

/** The error with which an evaluation rejects. */
async function failure(options: EvaluateOptions): Promise<ProgramError> {
  try {
    await evaluateProgram(options);
  } catch (error) {
    if (error instanceof ProgramError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

describe("evaluateProgram on a foreign program", () => {
  const state = () => ({
    cwd: process.cwd(),
    parse: JSON.parse,
    resolve: (Module as unknown as { _resolveFilename: unknown })._resolveFilename,
    load: (Module as unknown as { _load: unknown })._load,
    listeners: process.eventNames().map((event) => [event, process.listenerCount(event)]),
    environment: { ...process.env },
  });

  it("says what requests get, several evaluations at once, and changes nothing of the process", async () => {
    const before = state();
    const evaluating = [article, article].map((projectDir) => evaluateProgram({ projectDir }));
    const during = state();
    const [stack, same] = await Promise.all(evaluating);
    for (const part of ["cwd", "parse", "resolve", "load"] as const) {
      expect(during[part], part).to.equal(before[part]);
      expect(state()[part], part).to.equal(before[part]);
    }
    expect(state().environment).to.deep.equal(before.environment);
    expect(state().listeners).to.deep.equal(before.listeners);
    expect(same?.snapshot()).to.deep.equal(stack?.snapshot());
    expect(stack?.answer("/").status).to.equal(464);
    expect(stack?.answer("https://www.example.com/", { connectTo: "test-alb" }).status).to.equal(
      200,
    );
    expect(stack?.verdict).to.equal("error");
    const [worst] = stack?.findings ?? [];
    expect(worst).to.include({ code: "edge-http1-to-http2-target", severity: "error" });
    expect(worst?.resource).to.deep.include({ name: "nginx" });
    expect(worst?.resource?.position).to.include({ file: "index.ts" });
    expect(stack?.resource("nginx", "TargetGroup").inputs).to.include({ protocolVersion: "HTTP2" });
    expect(stack?.containers.map(({ who }) => who)).to.deep.equal([["security group alb"]]);
  });

  it("gives a snapshot without ids and without places on this machine", async () => {
    const stack = await evaluateProgram({ projectDir: article });
    const text = JSON.stringify(stack.snapshot());
    expect(text)
      .to.include("edge-http1-to-http2-target: nginx")
      .and.include('"a viewer, HTTP/2":464');
    expect(text).not.to.match(/arn:|sg-|amazonaws|cloudfront\.net/);
    expect(text).not.to.include(root);
  });

  it("has one resource by its name and type", async () => {
    const stack = await evaluateProgram({ projectDir: article });
    expect(() => stack.resource("alb", "Listener")).to.throw(
      "No resource Listener alb. There is aws:ec2/securityGroup:SecurityGroup.",
    );
    expect(() => stack.resource("nginx")).to.throw(
      /Several resources are called nginx: .*Add the type/,
    );
  });
});

describe("evaluateProgram on a program that is written out", () => {
  const project = writtenProject();
  const { write } = project;
  const aws = 'import * as aws from "@pulumi/aws";';
  const pulumi = 'import * as pulumi from "@pulumi/pulumi";';

  it("takes settings, and says in its own words which are missing", async () => {
    const count = 'export const count = new pulumi.Config().requireObject("sizes");';
    write("index.ts", pulumi, 'export const image = new pulumi.Config().require("image");', count);
    const { message } = await failure({ projectDir: project.folder });
    expect(message)
      .to.match(/requires 2 settings/)
      .and.include('config: { "image": VALUE, "sizes": VALUE }');
    const config = { image: "web:1", "any:sizes": [1, 2] };
    const { outputs } = await evaluateProgram({ projectDir: project.folder, config });
    expect(outputs).to.deep.equal({ image: "web:1", count: [1, 2] });
  });

  it("fails where the program does", async () => {
    write("index.ts", 'throw new Error("no such thing");');
    const { message } = await failure({ projectDir: project.folder });
    expect(message).to.equal("The program of stack dev fails:\nindex.ts:1: no such thing");
  });

  it("fails where AWS refuses, unless it is to continue", async () => {
    const name = '"a-name-that-is-longer-than-the-32-characters-of-aws"';
    const vpcId = '"vpc-0123456789abcdef0"';
    const group = `{ name: ${name}, port: 80, protocol: "HTTP", vpcId: ${vpcId}, targetType: "ip" }`;
    write("index.ts", aws, `new aws.lb.TargetGroup("web", ${group});`);
    const { message, refusals } = await failure({ projectDir: project.folder });
    expect(message).to.match(
      /^The program of stack dev is refused:\nindex\.ts:2 lb TargetGroup web: /,
    );
    const refused = refusals.map(({ resource }) => resource?.name);
    expect(refused).to.deep.equal(["web"]);
    const stack = await evaluateProgram({ projectDir: project.folder, onRefusal: "continue" });
    expect(stack).to.deep.include({ verdict: "error", complete: false, refusals });
    expect(() => stack.answer("/")).to.throw("no path to a container");
  });

  it("says which option names a stack, and what a folder is not", async () => {
    write("Pulumi.prod.yaml", "config: {}");
    write("Pulumi.test.yaml", "config: {}");
    write("index.ts", "export {};");
    expect((await evaluateProgram({ projectDir: project.folder, stack: "prod" })).stack).to.equal(
      "prod",
    );
    const elsewhere = await failure({ projectDir: project.folder, stack: "qa" });
    expect(elsewhere.message).to.include("There is no stack 'qa'");
    const none = await failure({ projectDir: path.join(project.folder, "src") });
    expect(none.message).to.include("There is no folder");
  });

  it("shows no secret", async () => {
    const value = 'pulumi.secret("hush-hush-hush")';
    const parameter = `{ name: "key", type: "SecureString", value: ${value} }`;
    write(
      "index.ts",
      aws,
      pulumi,
      `new aws.ssm.Parameter("key", ${parameter});`,
      `export const key = ${value};`,
    );
    const stack = await evaluateProgram({ projectDir: project.folder });
    expect(stack.resource("key").inputs).to.include({ name: "key", value: "[secret]" });
    expect(JSON.stringify([stack.resources, stack.outputs])).not.to.include("hush-hush");
  });

  it("says that an answer is not known, and knows it with another stack's outputs", async () => {
    const source = fs.readFileSync(path.join(article, "index.ts"), "utf8");
    const version =
      '(new pulumi.StackReference("acme/net/prod").getOutput("version") as pulumi.Output<string>)';
    write(
      "index.ts",
      pulumi,
      source.replace('protocolVersion: "HTTP2"', `protocolVersion: ${version}`),
    );
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml"])
      write(file, fs.readFileSync(path.join(article, file), "utf8"));
    const projectDir = project.folder;
    const unknown = await evaluateProgram({ projectDir });
    expect(unknown).to.include({ verdict: "unknown", complete: false });
    expect(unknown.answer("/").status).to.equal("not known");
    expect(unknown.answer("/").why).to.include("protocolVersion of nginx is not known");
    expect(unknown.answer("http://www.example.com/").status).to.equal(301);
    expect(unknown.resource("nginx", "TargetGroup").inputs.protocolVersion).to.equal(UNKNOWN);
    for (const [value, status] of [
      ["HTTP1", 200],
      ["HTTP2", 464],
    ] as const) {
      const stackOutputs = { "acme/net/prod": { version: value } };
      const stack = await evaluateProgram({ projectDir, stackOutputs });
      expect(stack.answer("/").status).to.equal(status);
    }
  });

  it("evaluates a file in place of a project", async () => {
    const ingress = '[{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }]';
    write("parts/group.ts", "export const ports = 22;");
    write(
      "group.ts",
      aws,
      'import { ports } from "./parts/group";',
      "export { ports };",
      `new aws.ec2.SecurityGroup("ssh", { ingress: ${ingress} });`,
    );
    const main = path.join(project.folder, "group.ts");
    const stack = await evaluateProgram({ main, config: { "aws:region": "eu-west-1" } });
    expect(stack).to.include({ project: "test", stack: "dev" });
    expect(stack.outputs).to.deep.equal({ ports: 22 });
    expect(stack.resource("ssh").position).to.include({ file: "group.ts", line: 4 });
    const missing = await failure({ main: path.join(project.folder, "grup.ts") });
    expect(missing.message).to.match(/^There is no file .*grup\.ts\.$/);
  });
});
