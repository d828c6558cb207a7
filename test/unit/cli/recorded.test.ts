/** What `--from` reads: the files that Pulumi's CLI writes of a stack. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { assumedOf } from "../../../cli/evaluation/assumed";
import { deployedStack, recordedStack } from "../../../cli/evaluation/recorded";
import { makePlan } from "../../../cli/plan/make";
import { UNKNOWN_TEXT } from "../../../topology/resource";
import { asPreview } from "../rules/preview";
import { soundProgram } from "../rules/program";
import { FromUnknown } from "../rules/support";
import { expectValid } from "./planOf";

const signature = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({
  [signature]: "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
const encrypted = { [signature]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };

const root = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const urn = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;
const balancer = "aws:lb/loadBalancer:LoadBalancer";

/** The resources of a program in which everything is as it should be, as the CLI writes them. */
function sound(kind: "preview" | "state"): object[] {
  const resources = kind === "preview" ? asPreview(soundProgram()) : soundProgram();
  const wire = (value: unknown): unknown => {
    if (value instanceof FromUnknown) return UNKNOWN_TEXT;
    if (Array.isArray(value)) return value.map(wire);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(inner)]));
  };
  const makers = (value: unknown): string[] => {
    if (value instanceof FromUnknown) return [...value.urns];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(makers) : [];
  };
  // What refers to what shows only where it is not known yet.
  const previewed = asPreview(soundProgram());
  return resources.map(({ urn: of, type, id, inputs, outputs, dependsOn = [] }, i) => {
    const references = Object.entries(previewed[i]?.inputs ?? {}).map(
      ([key, value]) => [key, makers(value)] as const,
    );
    return {
      ...{ urn: of, type, custom: true, parent: root, inputs: wire(inputs) },
      propertyDependencies: Object.fromEntries(references),
      dependencies: [...dependsOn, ...references.flatMap(([, urns]) => urns)],
      ...(kind === "state" && { id, outputs: wire(outputs) }),
    };
  });
}

describe("what Pulumi's CLI writes, in place of a program", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-recorded-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (content: unknown): string => {
    const file = path.join(folder, "written.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
  const state = (...resources: object[]) =>
    written({
      version: 3,
      deployment: { resources: [{ urn: root, type: "pulumi:pulumi:Stack" }, ...resources] },
    });
  const preview = (resources: readonly object[], more: object = {}) =>
    written({
      config: { "aws:region": "eu-west-1" },
      steps: resources.map((newState) => ({
        op: "create",
        ...(newState as { urn: string }),
        newState,
      })),
      ...more,
    });
  const read = (file: string, stack?: string) => recordedStack(file, folder, stack);

  for (const kind of ["preview", "state"] as const)
    it(`has the path and the findings of the program: a ${kind}`, () => {
      const resources = sound(kind);
      const recorded = read(kind === "preview" ? preview(resources) : state(...resources));
      const plan = makePlan({ ...recorded, problems: [] });
      expectValid(plan);
      expect(plan.findings).to.deep.equal([]);
      expect(plan.paths).to.have.lengthOf(1);
      expect(plan.paths[0]?.requests.find(({ kind: of }) => of === "http")?.status).to.equal(200);
      expect(plan.verdict).to.equal("ok");
      expect(plan.assumed[0]).to.match(new RegExp(`written.json, a ${kind} that Pulumi wrote`));
    });

  it("names project, stack and region, and each resource's own", () => {
    const provider = (name: string, region: string) => ({
      ...{ urn: urn("pulumi:providers:aws", name), type: "pulumi:providers:aws", custom: true },
      ...{ id: `${name}-id`, inputs: { region } },
    });
    const bucket = (name: string, by: string) => ({
      ...{
        urn: urn("aws:s3/bucket:Bucket", name),
        type: "aws:s3/bucket:Bucket",
        custom: true,
        id: name,
      },
      ...{
        provider: `${urn("pulumi:providers:aws", by)}::${by}-id`,
        sourcePosition: "project:///__main__.py#12,3",
      },
    });
    const { project, stack, region, evaluation } = read(
      state(
        ...[provider("default_7_48_0", "eu-west-1"), provider("edge", "us-east-1")],
        ...[bucket("here", "default_7_48_0"), bucket("there", "edge")],
      ),
    );
    expect({ project, stack, region }).to.deep.equal({
      project: "shop",
      stack: "dev",
      region: "eu-west-1",
    });
    const [here, there] = evaluation.resources;
    expect([here?.outputs.region, there?.outputs.region]).to.deep.equal([undefined, "us-east-1"]);
    expect(here?.position).to.deep.equal({ file: "__main__.py", line: 12, column: 3 });
  });

  it("holds secrets as secrets, and says where it does not know them", () => {
    const resource = { urn: urn(balancer, "front"), type: balancer, custom: true, id: "arn:front" };
    const shown = read(
      state(
        {
          ...resource,
          inputs: { name: secret("sesame-1"), tags: secret({ a: "sesame-2", b: "plain-text" }) },
        },
        { ...resource, urn: urn(balancer, "other"), inputs: { name: "plain-text" } },
      ),
    ).evaluation;
    expect(shown.resources[0]?.inputs.name).to.equal("sesame-1");
    expect([...shown.secrets]).to.have.members(["sesame-1", "sesame-2"]);
    expect(assumedOf(shown).join(" ")).not.to.include("--show-secrets");
    for (const hidden of [encrypted, "[secret]"]) {
      const { evaluation } = read(state({ ...resource, inputs: { name: hidden } }));
      expect(evaluation.resources[0]?.inputs.name).to.be.a("symbol");
      expect(assumedOf(evaluation).join(" ")).to.include("--show-secrets");
    }
  });

  it("has what will be, not what goes", () => {
    const step = (op: string, name: string, type = balancer) => ({
      op,
      urn: urn(type, name),
      newState: { urn: urn(type, name), type, custom: true },
    });
    const { resources } = read(
      written({ steps: [step("same", "stays"), step("delete", "goes"), step("create", "comes")] }),
    ).evaluation;
    expect(resources.map(({ name }) => name)).to.deep.equal(["stays", "comes"]);
  });

  it("is read as PowerShell writes it", () => {
    const of = urn(balancer, "a");
    const json = JSON.stringify({ steps: [{ op: "create", urn: of, newState: { urn: of } }] });
    const file = written("");
    for (const bytes of [Buffer.from(`\uFEFF${json}`, "utf16le"), Buffer.from(`\uFEFF${json}`)]) {
      writeFileSync(file, bytes);
      expect(read(file).project).to.equal("shop");
    }
  });

  it("knows which types no model has", () => {
    const types = [balancer, "aws:apigateway/restApi:RestApi", "random:index/randomId:RandomId"];
    const all = types.map((type) => ({ urn: urn(type, "one"), type, custom: true, id: "one" }));
    expect([...read(state(...all)).evaluation.account.unmodelled]).to.deep.equal([types[1]]);
  });

  for (const [what, content, why] of [
    ["no JSON", "Previewing update (dev)", /--from: .*written\.json.*pulumi preview --json/],
    ["neither of them", {}, /is not a stack's preview or a stack's state\. Write it with/],
    ["nothing", { steps: [] }, /has no resources/],
    [
      "only what changes",
      {
        steps: [{ op: "update", urn: urn(balancer, "a"), newState: { urn: urn(balancer, "a") } }],
        changeSummary: { same: 7, update: 1 },
      },
      /7 resources that stay as they are are not in it.*--show-sames/,
    ],
  ] as const)
    it(`is refused where it is ${what}, with the command that writes it`, () => {
      expect(() => read(written(content))).to.throw(why);
    });

  it("is refused for another stack than the one that was asked for", () => {
    const file = state({ urn: urn(balancer, "a"), type: balancer, custom: true, id: "a" });
    expect(() => read(file, "prod")).to.throw(/is of the stack dev, not prod/);
    expect(read(file, "dev").stack).to.equal("dev");
  });

  it("is served from a state only: a preview knows no addresses", () => {
    expect(deployedStack(state(...sound("state")), folder).resources).not.to.deep.equal([]);
    expect(() => deployedStack(preview(sound("preview")), folder)).to.throw(/pulumi stack export/);
  });
});
