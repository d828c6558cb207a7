/** `pulumi new` and `pulumi policy new` with each template, and what comes of it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import { evaluate } from "../../local/program";
import { judge } from "../../rules/judge";
import { Stack } from "../../topology/stack/stack";
import { linkHopwise } from "../asPackage";
import { describeWith } from "../parts";
import { createProject, type Project } from "../engine/cli";

const ROOT = path.join(__dirname, "../..");
const folder = path.join(ROOT, "templates");

interface Template {
  readonly name: string;
  readonly template: { readonly config: Record<string, { readonly default: string }> };
}

describeWith("pulumi", "templates", () => {
  let project: Project;
  beforeEach(async () => {
    project = await createProject(ROOT, ["package.json"]);
  });
  afterEach(() => {
    project.close();
  });

  for (const [name, component] of Object.entries({
    cloudfront: "H1ViaCloudfront",
    direct: "H2Direct",
  }))
    it(`${name}: a program whose path works`, async () => {
      const directory = path.join(project.directory, "shop");
      const from = path.join(folder, name);
      await project.ok(
        ...["new", from, "--generate-only", "--yes", "--name", "shop"],
        "--dir",
        directory,
      );
      const made = parse(fs.readFileSync(path.join(directory, "Pulumi.yaml"), "utf8")) as Template;
      expect(made.name).to.equal("shop");
      expect(fs.readFileSync(path.join(directory, "package.json"), "utf8")).to.include('"shop"');
      const text = fs.readFileSync(path.join(from, "Pulumi.yaml"), "utf8");
      const { config } = (parse(text) as Template).template;
      const values = Object.entries(config).map(([key, { default: value }]) => {
        return [key.includes(":") ? key : `shop:${key}`, value] as const;
      });
      fs.writeFileSync(
        path.join(directory, "Pulumi.dev.yaml"),
        stringify({ config: Object.fromEntries(values) }),
      );
      linkHopwise(directory);
      const { resources } = await evaluate({ projectDir: directory, stack: "dev" });
      expect(resources.map(({ type }) => type)).to.include(`hopwise:index:${component}`);
      const errors = judge(Stack.of(resources)).findings.filter((one) => one.severity === "error");
      expect(errors).to.deep.equal([]);
    });

  it("policy: a policy pack", async () => {
    const directory = path.join(project.directory, "rules");
    const from = path.join(folder, "policy");
    await project.ok("policy", "new", from, "--generate-only", "--dir", directory);
    expect(fs.readdirSync(directory)).to.include.members(["PulumiPolicy.yaml", "index.ts"]);
  });
});
