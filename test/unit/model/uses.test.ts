/** What programs use that is older than ours, or made elsewhere. */
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { writtenProject } from "../projectFolder";
import { ProgramError } from "../../../local/program";
import { token } from "../../../topology/tokens";

const modules = path.join(__dirname, "../../../node_modules");

describe("what a program uses", () => {
  const project = writtenProject();
  const { write, run } = project;
  const start = [
    'import * as pulumi from "@pulumi/pulumi";',
    'import * as aws from "@pulumi/aws";',
  ];
  /** Packages of the program's own, and links to some of ours. */
  function packages(...ours: string[]): void {
    rmSync(path.join(project.folder, "node_modules"));
    mkdirSync(path.join(project.folder, "node_modules/@pulumi"), { recursive: true });
    for (const name of ours)
      symlinkSync(
        path.join(modules, "@pulumi", name),
        path.join(project.folder, "node_modules/@pulumi", name),
      );
  }

  it("ids of the right kind, and a property that is set to nothing", async () => {
    write(
      "index.ts",
      ...start,
      'const lb = new aws.lb.LoadBalancer("lb", { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-web"] });',
      'new aws.lb.Listener("a", { loadBalancerArn: lb.arn, port: 443, protocol: "HTTPS", certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/shop", defaultActions: [{ type: "redirect", targetGroupArn: "", redirect: { port: "8443", protocol: "HTTPS", statusCode: "HTTP_301" } }] });',
      'new aws.route53.Record("r", { zoneId: "Z1", name: "www.example.com", type: "CNAME", ttl: 60, records: [lb.dnsName] });',
    );
    expect((await run({ onRefusal: "continue" })).refusals).to.deep.equal([]);
  });

  it("random values: text, numbers and names that stay the same", async () => {
    write(
      "index.ts",
      'import * as random from "@pulumi/random";',
      'export const uuid = new random.RandomUuid("u").result;',
      'export const text = new random.RandomString("s", { length: 12, special: false, upper: false }).result;',
      'export const id = new random.RandomId("i", { byteLength: 4, prefix: "x-" }).hex;',
      'export const number = new random.RandomInteger("n", { min: 10, max: 12 }).result;',
      'export const pet = new random.RandomPet("p", { prefix: "my" }).id;',
    );
    const { outputs, account } = await run();
    expect(outputs.uuid).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(outputs.text).to.match(/^[a-z0-9]{12}$/);
    expect(outputs.id).to.match(/^x-[0-9a-f]{8}$/);
    expect(outputs.number).to.be.within(10, 12);
    expect(outputs.pet).to.match(/^my-[a-z]+-[a-z]+$/);
    expect([...account.unmodelled]).not.to.include.members(["random:index/randomUuid:RandomUuid"]);
    expect((await run()).outputs).to.deep.equal(outputs);
  });

  it("images that @pulumi/docker builds itself before version 4: none is built", async () => {
    packages("pulumi", "aws");
    const docker = "node_modules/@pulumi/docker";
    write(
      `${docker}/package.json`,
      '{ "name": "@pulumi/docker", "version": "3.6.1", "main": "index.js" }',
    );
    write(`${docker}/index.js`, 'Object.assign(exports, require("./docker"));');
    write(
      `${docker}/docker.js`,
      'for (const name of ["buildAndPushImage", "buildAndPushImageAsync"]) exports[name] = () => { throw new Error("docker"); };',
    );
    write(
      "index.js",
      'const docker = require("@pulumi/docker");',
      'exports.image = docker.buildAndPushImage("app", "./app", "registry.example.com/app");',
      'exports.local = docker.buildAndPushImageAsync("app:2", "./app", undefined);',
    );
    expect((await run()).outputs).to.deep.equal({
      image: "registry.example.com/app:not-built-here",
      local: "app:2:not-built-here",
    });
  });

  it("components of the program with the types of awsx before 1.0: as the program makes them", async () => {
    write(
      "index.ts",
      ...start,
      "class Balancer extends pulumi.ComponentResource {",
      '  constructor() { super("awsx:lb:NetworkLoadBalancer", "net"); new aws.lb.LoadBalancer("net", { loadBalancerType: "network", subnets: ["subnet-1"] }, { parent: this }); }',
      "}",
      "new Balancer();",
    );
    const { resources } = await run();
    expect(resources.map(({ type }) => type)).to.deep.equal([
      "awsx:lb:NetworkLoadBalancer",
      token.loadBalancer,
    ]);
  });

  it("more time than it may: what it declared until then, and what to write", async () => {
    write(
      "index.ts",
      ...start,
      'new aws.ecs.Cluster("early");',
      "export = async () => { await new Promise((resolve) => setTimeout(resolve, 60_000).unref()); };",
    );
    const error = await run({ seconds: 0.01 }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ProgramError);
    const { message, until } = error as ProgramError;
    expect(message).to.match(/did not end within 0\.01 s; .*--time-limit/);
    expect(until?.resources.map(({ name }) => name)).to.deep.equal(["early"]);
  });

  it("an SDK that is too old: ours runs it", async () => {
    packages();
    write("node_modules/@pulumi/pulumi/package.json", '{ "version": "3.40.0" }');
    write("index.js", 'exports.version = require("@pulumi/pulumi/version").version;');
    const { outputs, replacedSdk } = await run();
    expect(replacedSdk).to.deep.equal({ of: "3.40.0", by: outputs.version });
  });
});
