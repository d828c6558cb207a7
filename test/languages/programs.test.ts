/** Programs in YAML and Python that create every variant, by the real engine. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { Account } from "../../local/model";
import { variants } from "../../path/variants";
import { createProject, type Project } from "../engine/cli";
import { expectWhole } from "../engine/stack";
import { describeWith } from "../parts";
import { findLanguages, findPulumi, found } from "../tools";
import { type ComponentProvider, startComponentProvider } from "./componentProvider";

const schema = path.join(__dirname, "../../provider/schema.json");
const urls = {
  h2cf: "https://h2cf.example.com",
  grpc: "https://grpc.example.com",
  h2: "https://h2.example.com",
};

/** Every variant's component is there, with all its resources, and what they hand out. */
function expectEveryVariant(project: Project, outputs: Readonly<Record<string, unknown>>): void {
  expectWhole(project);
  const { resources = [] } = project.state();
  const made = resources.map(({ type }) => type);
  for (const { component } of Object.values(variants))
    expect(made).to.include(`hopwise:index:${component}`);
  expect(made.filter((type) => type === "aws:ecs/service:Service")).to.have.length(4);
  expect(outputs).to.deep.include(urls);
  expect(outputs.h1).to.match(/^https:\/\/\w+\.cloudfront\.net$/);
  expect(outputs.loadBalancer).to.match(/\.elb\.amazonaws\.com$/);
  // The stack's own file keeps what the program marked as a secret encrypted.
  expect(JSON.stringify(resources)).not.to.include("a secret of the program");
}

describeWith(["pulumi", "languages"], "the components, from other languages", () => {
  let provider: ComponentProvider;
  let project: Project;
  // A provider for each run that fails: as the engine has one, which it starts for the run.
  const start = async (folder: string, files: string[]): Promise<void> => {
    provider = await startComponentProvider();
    const also = { debugProviders: provider.debugProviders, folder: found(findLanguages()).folder };
    const account = new Account({ region: "eu-west-1" });
    project = await createProject(path.join(__dirname, folder), files, account, { also });
  };
  afterEach(async () => {
    (project as Project | undefined)?.close();
    await (provider as ComponentProvider | undefined)?.close();
  });

  describe("YAML", () => {
    beforeEach(async () => {
      await start("yaml", ["Pulumi.yaml"]);
      await project.ok("stack", "init", "test");
      await project.ok("config", "set", "aws:region", "eu-west-1");
    });

    const refused = async (from: string, to: string): Promise<string> => {
      const file = path.join(project.directory, "Pulumi.yaml");
      fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(from, to));
      const { code, output } = await project.run("preview");
      expect(code, output).not.to.equal(0);
      return output;
    };

    it("refuses a value that the schema does not have", async () => {
      expect(await refused("vpc-origin", "vpc-orign")).to.include('VpcOrigin ("vpc-origin")');
    });

    it("refuses a path that cannot work, with the component's own words", async () => {
      const output = await refused("vpc-origin", "prefix-list");
      expect(output).to.include("plain-http-to-public-load-balancer");
    });

    it("refuses what is not known before it decides what is created", async () => {
      const output = await refused(
        "port: 3000",
        "user: ${net.placement.vpcId}\n          port: 3000",
      );
      expect(output).to.match(/service\.app\.user.*only known once other resources exist/);
    });

    it("creates every variant, leaves it alone, and takes it away", async () => {
      await project.ok("preview");
      await project.ok("up", "--yes", "--skip-preview");
      const shown = await project.ok("stack", "output", "--json");
      const json = shown.output.slice(shown.output.indexOf("{"), shown.output.lastIndexOf("}") + 1);
      expectEveryVariant(project, JSON.parse(json) as Record<string, unknown>);
      await project.ok("up", "--yes", "--skip-preview", "--expect-no-changes");
      await project.ok("destroy", "--yes", "--skip-preview");
      expect(project.providers.account.resources).to.deep.equal([]);
    });
  });

  describe("Python", () => {
    beforeEach(async () => {
      await start("python", ["program.py"]);
      // What `pulumi package add` does: the SDK is made of the schema and installed.
      const { python, gensdk } = found(findLanguages());
      const sdk = path.join(project.directory, "sdk");
      execFileSync(gensdk, [schema, sdk]);
      const target = path.join(project.directory, "packages");
      const options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation"];
      execFileSync(python, ["-m", "pip", "install", ...options, "--target", target, sdk]);
    });

    const run = async (command: string): Promise<string> => {
      const { python } = found(findLanguages());
      const { directory, env } = project;
      const cli = path.dirname(found(findPulumi()));
      const child = spawn(python, ["program.py", command], {
        cwd: directory,
        env: { ...env, PYTHONPATH: "packages", PATH: `${cli}${path.delimiter}${env.PATH ?? ""}` },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const said = Promise.all([text(child.stdout), text(child.stderr)]);
      const [code] = (await once(child, "exit")) as [number | null];
      const [output, error] = await said;
      expect(code, error).to.equal(0);
      return output;
    };

    it("creates every variant, leaves it alone, and takes it away", async () => {
      expectEveryVariant(project, JSON.parse(await run("up")) as Record<string, unknown>);
      await run("again");
      await run("destroy");
      expect(project.providers.account.resources).to.deep.equal([]);
    });
  });
});
