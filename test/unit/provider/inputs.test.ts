/** What a program passed, as a component takes it; and what a component hands out. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { argumentsOf } from "../../../provider/inputs";
import { outputsOf } from "../../../provider/outputs";
import type { PackageSpec, ResourceSpec } from "../../../provider/spec";

const types: PackageSpec["types"] = {
  "p:index:Access": {
    type: "string",
    enum: [
      { name: "Public", value: "public" },
      { name: "Vpc", value: "vpc" },
    ],
  },
  "p:index:Service": {
    type: "object",
    properties: {
      image: { type: "string" },
      cpu: { type: "integer", plain: true },
      secrets: {
        type: "object",
        additionalProperties: { type: "string" },
        language: { hopwise: { known: true } },
      },
      words: { type: "array", plain: true, items: { type: "string", plain: true } },
    },
    required: ["image"],
  },
};
const component: ResourceSpec = {
  type: "object",
  isComponent: true,
  inputProperties: {
    service: { $ref: "#/types/p:index:Service", plain: true },
    access: { $ref: "#/types/p:index:Access", plain: true },
    internal: { type: "boolean", plain: true },
    anything: { $ref: "pulumi.json#/Any", plain: true },
  },
  requiredInputs: ["service"],
  properties: {},
};
const read = (inputs: Record<string, unknown>) => argumentsOf(inputs, component, types);
const problems = async (inputs: Record<string, unknown>) =>
  (await read(inputs)).problems.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
const service = { image: "web:1" };

/** An output that no preview knows. */
const unknown = new (pulumi.Output as unknown as new (...args: unknown[]) => pulumi.Output<string>)(
  [],
  Promise.resolve(undefined),
  Promise.resolve(false),
  Promise.resolve(false),
  Promise.resolve([]),
);

const valueOf = (output: unknown) =>
  new Promise((resolve) => void (output as pulumi.Output<unknown>).apply(resolve));

describe("arguments from other languages", () => {
  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
      call: ({ inputs }) => inputs as object,
    });
  });

  it("are passed on as they are", async () => {
    const inputs = {
      service: { ...service, cpu: 256, words: ["a"] },
      access: "vpc",
      anything: [1],
    };
    expect(await read(inputs)).to.deep.equal({ args: inputs, problems: [] });
  });

  it("are absent where they are null, as some SDKs send it", async () => {
    const { args } = await read({ service: { ...service, cpu: null }, access: null });
    expect(args.access).to.be.undefined;
    expect((args.service as { cpu?: number }).cpu).to.be.undefined;
  });

  it("stay outputs where a component takes one", async () => {
    const image = pulumi.output("web:2");
    const { args, problems } = await read({ service: { image: unknown, secrets: { A: image } } });
    expect(problems).to.deep.equal([]);
    const taken = args.service as { image: unknown; secrets: { A: unknown } };
    expect(taken.image).to.equal(unknown);
    expect(taken.secrets.A).to.equal(image);
  });

  it("are unwrapped where a whole group is an output, without losing a secret in it", async () => {
    const whole = pulumi.secret({ ...service, cpu: 512, secrets: { A: "x" }, words: ["a", "b"] });
    const { args, problems } = await read({ service: whole });
    expect(problems).to.deep.equal([]);
    const taken = args.service as Record<string, unknown> & { secrets: { A: unknown } };
    expect(taken.cpu).to.equal(512);
    expect(taken.words).to.deep.equal(["a", "b"]);
    expect(await pulumi.isSecret(taken.image as pulumi.Output<string>)).to.be.true;
    expect(await pulumi.isSecret(taken.secrets.A as pulumi.Output<string>)).to.be.true;
    expect(await valueOf(taken.secrets.A)).to.equal("x");
  });

  it("are unwrapped where a map is an output, but not its elements", async () => {
    const secrets = pulumi.output({ A: pulumi.secret("x"), B: "y" });
    const { args, problems } = await read({ service: { ...service, secrets } });
    expect(problems).to.deep.equal([]);
    const taken = (args.service as { secrets: Record<string, unknown> }).secrets;
    expect(Object.keys(taken)).to.deep.equal(["A", "B"]);
    expect(await valueOf(taken.A)).to.equal("x");
    expect(await pulumi.isSecret(taken.A as pulumi.Output<string>)).to.be.true;
  });

  const refused: [string, Record<string, unknown>, string[]][] = [
    ["one that is required", {}, ["service is required"]],
    ["one that is required, within another", { service: {} }, ["service.image is required"]],
    [
      "one that does not exist",
      { service: { ...service, cpus: 1 } },
      ["service.cpus there is no such argument; there are image, cpu, secrets, words"],
    ],
    [
      "all at once",
      { service: { ...service, cpu: "256", words: ["a", 1] }, access: "private", internal: 1 },
      [
        'service.cpu must be a whole number, not "256"',
        "service.words[1] must be a string, not 1",
        'access must be one of public, vpc, not "private"',
        "internal must be a boolean, not 1",
      ],
    ],
    ["a text for a group", { service: "web" }, ['service must be an object, not "web"']],
    [
      "a text for a list",
      { service: { ...service, words: "a" } },
      ['service.words must be a list, not "a"'],
    ],
    [
      "a secret, which is not quoted",
      { service: pulumi.secret({ ...service, cpu: "hush" }) },
      ["service.cpu must be a whole number"],
    ],
    [
      "what is not known yet",
      { service, access: unknown },
      [
        "access is only known once other resources exist, but decides what is created: write its value",
      ],
    ],
    [
      "a map whose keys are not known yet",
      { service: { ...service, secrets: unknown } },
      [
        "service.secrets is only known once other resources exist, but decides what is created: write its value",
      ],
    ],
  ];
  for (const [what, inputs, expected] of refused)
    it(`are refused: ${what}`, async () => {
      expect(await problems(inputs)).to.deep.equal(expected);
    });
});

describe("outputs for other languages", () => {
  it("are what the schema names, and nothing else", () => {
    const url = pulumi.output("https://example.com");
    const made = {
      url,
      hidden: 1,
      absent: undefined,
      bucket: { arn: "arn", policy: {} },
      services: { a: { arn: "a", more: 1 } },
      list: [{ arn: "b", more: 1 }],
    };
    const ids = { $ref: "#/types/p:index:Ids" };
    const properties = {
      url: { type: "string" as const },
      absent: { type: "string" as const },
      bucket: ids,
      services: { type: "object" as const, additionalProperties: ids },
      list: { type: "array" as const, items: ids },
    };
    const own = {
      "p:index:Ids": { type: "object" as const, properties: { arn: { type: "string" as const } } },
    };
    expect(outputsOf(made, { properties }, own)).to.deep.equal({
      url,
      bucket: { arn: "arn" },
      services: { a: { arn: "a" } },
      list: [{ arn: "b" }],
    });
  });
});
