/** Settings that a program requires: missing ones, given ones, encrypted ones. */
import { rmSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { writtenProject } from "../projectFolder";

describe("the settings of a program", () => {
  const project = writtenProject();
  const { write, run, failure } = project;

  const requiring = [
    'import { Config } from "@pulumi/pulumi";',
    'const own = new Config(), shared = new Config("shared");',
    'const size = own.requireNumber("size") + 1, { name } = shared.requireObject<any>("site");',
    'export const word = own.requireSecret("word").apply((text) => text.toUpperCase());',
  ];
  const missing = [
    "any:size (index.ts:3)\nshared:site (index.ts:3)\nany:word (index.ts:4)\n",
    "--config size=VALUE --config shared:site=VALUE --config word=VALUE.",
  ] as const;

  it("settings that are missing: all of them, the file, and what to write", async () => {
    write("index.ts", ...requiring);
    rmSync(path.join(project.folder, "Pulumi.dev.yaml"));
    const all = await failure({ collectMissing: true });
    expect(all).to.match(/^The program requires 3 settings, and there is no Pulumi\.dev\.yaml:/);
    for (const text of missing) expect(all).to.contain(text);
    write("Pulumi.dev.yaml", "config: { any:size: 2, any:word: w }");
    expect(await failure({ collectMissing: true })).to.match(
      /requires a setting that Pulumi\.dev\.yaml does not have:\nshared:site .*\n.*--config shared:site=VALUE\./,
    );
    // A run that stops at the first one names that.
    write("Pulumi.dev.yaml", "config: {}");
    expect(await failure()).to.match(/requires a setting .*:\nany:size /);
  });

  it("settings that are given win over those of the files", async () => {
    write("index.ts", ...requiring, "export const sum = size;");
    write("Pulumi.dev.yaml", "config: { any:size: 2 }");
    const config = new Map([
      ["size", "40"],
      ["any:word", "given"],
      ["shared:site", "{}"],
    ]);
    expect((await run({ config })).outputs).to.include({ sum: 41, word: "GIVEN" });
    expect(await failure({ collectMissing: true, config: new Map([["size", "1"]]) })).to.match(
      /requires 2 settings/,
    );
  });

  it("encrypted settings: different ones, for which nothing is refused", async () => {
    write("Pulumi.dev.yaml", "config: { any:zone: { secure: a }, any:other: { secure: b } }");
    write(
      "index.ts",
      'import * as aws from "@pulumi/aws"; import { Config } from "@pulumi/pulumi";',
      'const own = new Config(), zone = new aws.route53.Zone("z", { name: "example.com" });',
      'export const [one, other] = [own.require("zone"), own.require("other")];',
      "const record = (logical: string, name: string, to: string) =>",
      '  new aws.route53.Record(logical, { zoneId: zone.zoneId, name, type: "CNAME", ttl: 60, records: [to] });',
      'record("a", one, "a.example.net"); record("b", other, "b.example.net");',
      'const lb = new aws.lb.LoadBalancer("lb", { subnets: ["subnet-a", "subnet-b"] });',
      'new aws.lb.Listener("https", { loadBalancerArn: lb.arn, port: 443, protocol: "HTTPS", certificateArn: one, defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }] });',
    );
    const { outputs, refusals } = await run();
    expect(refusals).to.deep.equal([]);
    expect(outputs.one).not.to.equal(outputs.other);
  });
});
