/** docs/settings.schema.json, which editors check stack files against. */
import Ajv from "ajv";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { settingsJsonSchema } from "../../../config/jsonSchema";
import { keys } from "../../../config/keys";
import { committedStacks } from "../../committedStacks";
import { expectWhole, read, root } from "../document";

const header = "# yaml-language-server: $schema=docs/settings.schema.json\n";

describe("docs/settings.schema.json", () => {
  it("is what config/schema.ts gives", () => {
    expectWhole(
      "docs/settings.schema.json",
      `${JSON.stringify(settingsJsonSchema(), undefined, 1)}\n`,
    );
  });

  const fits = new Ajv({ strict: true, allowUnionTypes: true }).compile(settingsJsonSchema());
  const variant = { "hopwise:variant": "h1-via-cloudfront" };
  const checked = (config: object) => fits({ config: { ...variant, ...config } });

  for (const name of committedStacks)
    it(`fits the committed stack ${name}, which names it`, () => {
      const text = read(`Pulumi.${name}.yaml`);
      expect(text.startsWith(header), "its first line").to.be.true;
      expect(fits(parse(text)), JSON.stringify(fits.errors)).to.be.true;
    });

  const all = new Ajv({ allowUnionTypes: true, allErrors: true }).compile(settingsJsonSchema());
  for (const document of fs.readdirSync(path.join(root, "docs"), "utf8")) {
    if (!document.endsWith(".md")) continue;
    const blocks = [...read(`docs/${document}`).matchAll(/^```yaml\n([^]*?)^```/gm)];
    const settings = blocks
      .map(([, text = ""]) => parse(text) as Record<string, unknown>)
      .map((block) => (block.config ?? block) as Record<string, unknown>)
      .filter((config) => Object.keys(config).some((key) => key.startsWith("hopwise:")));
    for (const [i, config] of settings.entries())
      it(`fits block ${i + 1} of settings in docs/${document}`, () => {
        all({ config: { ...variant, ...config } });
        // A block shows what it is about, not all that a stack needs.
        expect(all.errors?.filter(({ keyword }) => keyword !== "required") ?? []).to.deep.equal([]);
      });
  }

  it("has examples that fit it", () => {
    const { definitions } = settingsJsonSchema() as Record<string, unknown>;
    const ajv = new Ajv({ allowUnionTypes: true });
    const check = (schema: unknown): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { examples = [], description } = schema as Record<string, unknown>;
      for (const example of Array.isArray(examples) ? examples : [])
        expect(ajv.validate({ ...schema, definitions }, example), String(description)).to.be.true;
      for (const part of Object.values(schema)) check(part);
    };
    check(settingsJsonSchema());
  });

  it("says of each key what docs/settings.md says", () => {
    const text = JSON.stringify(settingsJsonSchema());
    for (const { about } of keys) expect(text).to.include(JSON.stringify(about.means).slice(1, -1));
  });

  const right: [string, object][] = [
    ["keys of other packages", { "aws:region": "eu-west-1" }],
    ["numbers and booleans in quotes", { "hopwise:service": { cpu: "512", count: "3" } }],
    ["words that YAML takes for numbers", { "hopwise:viewers": { minimumTls: 1.2 } }],
    ["encrypted values", { "hopwise:domain": { name: { secure: "v1:abc=" } } }],
    ["maps of services", { "hopwise:services": { api: { paths: ["/api/*"] } } }],
    [
      "environment variables",
      { "hopwise:service": { app: { image: "a:1", port: 1, environment: { A: 1 } } } },
    ],
  ];
  for (const [what, config] of right)
    it(`takes ${what}`, () => {
      expect(checked(config), JSON.stringify(fits.errors)).to.be.true;
    });

  const wrong: [string, object][] = [
    ["a misspelt group", { "hopwise:viewer": {} }],
    ["a misspelt key", { "hopwise:service": { cpus: 256 } }],
    ["a value that is none of the few", { "hopwise:variant": "h3" }],
    ["a number out of bounds", { "hopwise:service": { count: 0 } }],
    ["a text for a number", { "hopwise:service": { port: "http" } }],
    ["a group without a key that it needs", { "hopwise:domain": {} }],
    ["a text for a list", { "hopwise:viewers": { allowedCidrs: "10.0.0.0/8" } }],
    [
      "a service without the image of its app",
      { "hopwise:services": { api: { app: { port: 1 } } } },
    ],
  ];
  for (const [what, config] of wrong)
    it(`refuses ${what}`, () => {
      expect(checked(config)).to.be.false;
    });

  it("refuses a stack without a variant", () => {
    expect(fits({ config: { "aws:region": "eu-west-1" } })).to.be.false;
  });
});
