import { expect } from "chai";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseSettings } from "../../../config";
import { objectFieldsOf, shapeOf } from "../../../config/keys";
import { schema } from "../../../config/schema";
import { sentenceList } from "../../../config/names";
import { settingsTable } from "../../../config/table";
import { variantNames, variants, variantsTaking } from "../../../path/variants";

const root = join(__dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

interface Declaration {
  readonly type: string;
  readonly description?: string;
  readonly default?: unknown;
}
const project = parse(read("Pulumi.yaml")) as {
  readonly name: string;
  readonly config: Record<string, Declaration>;
};

describe("Pulumi.yaml", () => {
  const fields = objectFieldsOf(schema) ?? {};

  it("is the project that the settings' namespace is named for", () => {
    expect(project.name).to.equal("hopwise");
  });

  it("declares the schema's keys, in its order", () => {
    expect(Object.keys(project.config)).to.deep.equal(
      Object.keys(fields).map((name) => `hopwise:${name}`),
    );
  });

  it("describes the variants as their table does", () => {
    const means = variantNames.map((name) => `${name}: ${variants[name].means}`).join(". ");
    if (process.env.UPDATE === "1") {
      const line = /(hopwise:variant:\n +type: string\n +description: ).*/;
      const text = read("Pulumi.yaml").replace(
        line,
        (_, before: string) => before + JSON.stringify(means),
      );
      writeFileSync(join(root, "Pulumi.yaml"), text);
      return;
    }
    const { description } = project.config["hopwise:variant"] ?? {};
    expect(description, "run this test with UPDATE=1").to.equal(means);
  });

  for (const [name, field] of Object.entries(fields)) {
    it(`declares ${name} as the schema does`, () => {
      const declared = project.config[`hopwise:${name}`];
      expect(declared?.type).to.equal(shapeOf(field).type);
      expect(declared?.description).to.be.a("string").with.length.greaterThan(10);
      // Pulumi asks for every key without a default; an object's is empty, so that the defaults
      // within it stay in path/defaults.ts.
      const own = field.safeParse(undefined);
      const scalar = own.success && typeof own.data !== "object" ? own.data : undefined;
      const expected = shapeOf(field).type === "object" ? {} : scalar;
      expect(declared?.default).to.deep.equal(expected);
    });
  }
});

describe("the committed stacks", () => {
  const files = readdirSync(root).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
  const stacks = Object.fromEntries(
    files.map((file) => {
      const stack = parse(read(file)) as { config: Record<string, unknown> };
      const own = Object.entries(stack.config).filter(([key]) => key.startsWith("hopwise:"));
      const raw = Object.fromEntries(
        own.map(([key, value]) => [key.slice("hopwise:".length), value]),
      );
      const region = String(stack.config["aws:region"]);
      return [file, { stack, region, settings: () => parseSettings(raw, { region }) }];
    }),
  );

  it("are dev, h2 and prod, at least", () => {
    expect(files).to.include.members(["Pulumi.dev.yaml", "Pulumi.h2.yaml", "Pulumi.prod.yaml"]);
  });

  for (const variant of variantNames) {
    it(`are one of ${variant}, at least`, () => {
      const having = files.filter((file) => stacks[file]?.settings().variant === variant);
      expect(having, `no Pulumi.<stack>.yaml says hopwise:variant: ${variant}`).not.to.deep.equal(
        [],
      );
    });
  }

  for (const [file, { stack, region, settings }] of Object.entries(stacks)) {
    it(`${file} is without a problem, names its region and nobody's secrets`, () => {
      expect(settings()).to.be.an("object");
      expect(region).to.match(/^[a-z]{2}-[a-z]+-\d$/);
      expect(Object.keys(stack)).to.deep.equal(["config"]);
    });
  }

  it("dev needs no domain and pays for no NAT gateway", () => {
    const dev = stacks["Pulumi.dev.yaml"]?.settings();
    expect(dev?.domain).to.equal(undefined);
    expect(dev?.waf.enabled).to.equal(false);
    expect(dev?.origin.access).to.equal("vpc-origin");
    expect(dev?.network).to.have.property("egress", "public-ip");
    expect(dev?.service).to.include({ count: 1, cpu: 256, memory: 512 });
  });

  it("prod is public behind CloudFront, spread, and protected", () => {
    const prod = stacks["Pulumi.prod.yaml"]?.settings();
    expect(prod?.variant).to.equal("h1-via-cloudfront");
    expect(prod?.origin.access).to.equal("prefix-list");
    expect(prod?.network).to.include({ egress: "nat-per-az", availabilityZones: 3 });
    expect(prod?.service.count).to.be.greaterThan(1);
    expect(prod?.deletionProtection).to.equal(true);
    expect(prod?.waf).to.include({ enabled: true, mode: "block", logging: true });
  });

  it("h2 has no CloudFront and a domain of its own", () => {
    const h2 = stacks["Pulumi.h2.yaml"]?.settings();
    expect(h2?.variant).to.equal("h2-direct");
    expect(h2?.domain?.name).to.equal("h2.example.com");
    expect(h2?.waf).to.include({ enabled: true, mode: "block" });
  });
});

describe("the table of settings", () => {
  const table = settingsTable();

  for (const variant of variantNames) {
    it(`has every setting that the row of ${variant} lists`, () => {
      const unknown = variants[variant].settings.filter(
        (setting) => !table.some(({ key }) => `${key}.`.startsWith(`${setting}.`)),
      );
      expect(unknown, "in path/variants.ts, but not in config/schema.ts").to.deep.equal([]);
    });
  }

  it("names the variants of a key in one sentence", () => {
    expect([["a"], ["a", "b"], ["a", "b", "c"]].map(sentenceList)).to.deep.equal([
      "a",
      "a and b",
      "a, b and c",
    ]);
    expect(variantsTaking("origin.secret.send")).to.not.include("h2-direct");
  });

  it("has a row a key, with words of its own", () => {
    expect(table.length).to.be.greaterThan(35);
    for (const { key, values, description } of table) {
      expect(description, key).to.have.length.greaterThan(10);
      expect(description, key).to.match(/[^.]$/);
      expect(values, key).not.to.equal("");
    }
    expect(new Set(table.map(({ description }) => description)).size).to.equal(table.length);
  });

  it("says the default, the values and the variant", () => {
    const row = (key: string) => table.find((one) => one.key === key);
    expect(row("variant")).to.include({ required: true, default: undefined });
    expect(row("service.port")).to.include({ required: false, default: "8080", type: "integer" });
    expect(row("service.image")).to.include({ required: false, default: undefined });
    expect(row("viewers.allowedCidrs")).to.include({ default: '["0.0.0.0/0"]', type: "array" });
    expect(row("viewers.redirectHttp")?.variants).to.include("h2-direct");
    expect(row("viewers.redirectHttp")?.variants).not.to.include("h1-via-cloudfront");
    expect(row("origin.timeouts.drain")).to.include({ values: "1 to 115" });
  });
});
