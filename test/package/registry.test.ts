/** The package and a clone, installed by npm with what its registry has now. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { copyCheckout, npm, pack, temporaryFolder } from "../packed";
import { manifest, options } from "./template";

const quiet = ["--no-audit", "--no-fund", "--ignore-scripts"];

const program = `
import { NginxImage, Network, H2Direct } from "hopwise";

const network = new Network("shop");
const { imageUri: image } = new NginxImage("shop");
const { placement } = network;
const domain = { name: "shop.example.com", zoneName: "example.com" };
new H2Direct("shop", { placement, service: { image }, domain });
`;

describe("what npm installs", () => {
  let folder: string;
  let tarball: string;
  before(() => {
    folder = temporaryFolder();
    tarball = pack(folder, "--noCheck");
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const project = (name: string, ...options: string[]): string => {
    const directory = path.join(folder, name);
    fs.mkdirSync(directory);
    fs.writeFileSync(path.join(directory, "package.json"), JSON.stringify(manifest));
    fs.writeFileSync(path.join(directory, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    fs.writeFileSync(path.join(directory, "index.ts"), program);
    npm(["install", ...quiet, ...options, tarball], directory);
    return directory;
  };
  const run = (directory: string, ...command: string[]) => {
    const options = { cwd: directory, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
    return { status, output: stdout + stderr };
  };
  const hopwise = "node_modules/hopwise/cli/hopwise.js";

  it("checks the package with publint and Are The Types Wrong: every entry resolves", () => {
    const tools = path.join(folder, "tools");
    fs.mkdirSync(tools);
    fs.writeFileSync(path.join(tools, "package.json"), '{ "private": true }');
    npm(["install", ...quiet, "publint", "@arethetypeswrong/cli"], tools);
    for (const [file, ...args] of [
      ["publint/src/cli.js", "run", "--strict"],
      ["@arethetypeswrong/cli/dist/index.js"],
    ] as const) {
      const command = [path.join("node_modules", file), ...args, tarball];
      const { status, output } = run(tools, ...command);
      expect(status, output).to.equal(0);
    }
  });

  it("with the package, in Pulumi's template: one copy of the SDK, and the command", () => {
    const directory = project("template");
    const copies = fs
      .readdirSync(path.join(directory, "node_modules"), { recursive: true, encoding: "utf8" })
      .map((file) => file.split(path.sep).join("/"))
      .filter((file) => /(^|\/)@pulumi\/(pulumi|aws|awsx)\/package\.json$/.test(file));
    expect(copies).to.have.length(3);
    const { status, output } = run(directory, hopwise, "plan");
    expect(output).to.include("Path: shop.example.com").and.to.include("direct-http1-clients-464");
    expect(status).to.equal(0);
  });

  it("with the package, in Pulumi's template: types for any TypeScript", () => {
    const directory = project("types");
    // Of the entries that programs use. Those of @pulumi/policy do not pass by themselves.
    const entries = ["hopwise", "hopwise/path", "hopwise/testing"];
    const imports = entries.map((entry, i) => `import type * as _${i} from "${entry}";\n`);
    fs.writeFileSync(path.join(directory, "index.ts"), imports.join("") + program);
    const tsconfig = { compilerOptions: options.typescript, files: ["index.ts"] };
    fs.writeFileSync(path.join(directory, "tsconfig.json"), JSON.stringify(tsconfig));
    const versions = ["5.0", "5.9", "6", "7"];
    const named = versions.map((version) => `ts${version}@npm:typescript@${version}`);
    npm(["install", ...quiet, "--no-save", ...named], directory);
    for (const version of versions) {
      const tsc = `node_modules/ts${version}/bin/tsc`;
      const { status, output } = run(directory, tsc, "--noEmit");
      expect(status, `TypeScript ${version}:\n${output}`).to.equal(0);
    }
  });

  it("for the components only: nothing of the command's, which says what is missing", () => {
    const directory = project("components", "--omit=optional");
    const manifest = path.join(directory, "node_modules/hopwise/package.json");
    const { optionalDependencies } = JSON.parse(fs.readFileSync(manifest, "utf8")) as {
      optionalDependencies: Record<string, string>;
    };
    const present = Object.keys(optionalDependencies).filter((name) =>
      fs.existsSync(path.join(directory, "node_modules", name)),
    );
    // Pulumi's SDK needs this one too.
    expect(present.filter((name) => name !== "tinyglobby")).to.deep.equal([]);
    const { status, output } = run(directory, hopwise, "plan");
    expect(status).to.equal(1);
    expect(output).to.match(
      /^The hopwise command needs \S+, which is not installed\. .*--include=optional/,
    );
    const components = 'const { H2Direct } = require("hopwise"); console.log(typeof H2Direct);';
    expect(run(directory, "--eval", components).output).to.equal("function\n");
    const kit =
      'require("hopwise/testing").evaluateProgram().catch((e) => console.log(e.message));';
    expect(run(directory, "--eval", kit).output).to.match(
      /^hopwise\/testing needs \S+, which is not installed\. .*--include=optional/,
    );
  });

  it("in a clone with --omit=dev: all that its program and the command need", () => {
    const clone = path.join(folder, "clone");
    copyCheckout(clone);
    npm(["ci", ...quiet, "--omit=dev"], clone);
    const started = run(clone, "cli/start.js", "--check", "--port", "0", "--embedded-origin");
    expect(started.output).to.match(/All \d+ requests got what/);
    // Not installed once more.
    expect(started.output).not.to.include("npm ci");
    expect(run(clone, "cli/hopwise.js", "plan").output).to.include("No errors.");
  });
});
