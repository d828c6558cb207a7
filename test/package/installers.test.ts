/** The package in Pulumi's template, installed by other package managers than npm. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { npm, pack, temporaryFolder } from "../packed";
import { manifest } from "./template";

const program = `
import { Network, H1ViaCloudfront } from "hopwise";

const { placement } = new Network("shop");
const service = { image: "public.ecr.aws/nginx/nginx:1.29" };
new H1ViaCloudfront("shop", { placement, service, domain: { name: "shop.example.com", zoneName: "example.com" } });
`;

const berry = "@yarnpkg/cli-dist/bin/yarn.js";
const settings = "enableTelemetry: false\nenableScripts: false\nenableImmutableInstalls: false\n";

interface Installer {
  readonly name: string;
  /** File of a tool, and its arguments, which add a package. */
  readonly add: readonly [tool: string, ...args: string[]];
  /** The same, which run a command of a package. */
  readonly run: readonly [tool: string, ...args: string[]];
  readonly files?: Readonly<Record<string, string>>;
  /** True: it installs peer dependencies that the program does not list. */
  readonly addsPeers?: true;
}

const installers: readonly Installer[] = [
  {
    name: "pnpm",
    add: ["pnpm/bin/pnpm.cjs", "add", "--ignore-scripts"],
    run: ["pnpm/bin/pnpm.cjs", "exec"],
    addsPeers: true,
  },
  {
    name: "Yarn 1",
    // The newest SDK asks for a newer Node.js than ours, which other installers ignore.
    add: ["yarn/bin/yarn.js", "add", "--ignore-scripts", "--ignore-engines"],
    run: ["yarn/bin/yarn.js", "-s", "run"],
  },
  {
    name: "Yarn, node_modules",
    add: [berry, "add"],
    run: [berry, "run"],
    files: { ".yarnrc.yml": `nodeLinker: node-modules\n${settings}`, "yarn.lock": "" },
  },
  {
    name: "Yarn, Plug'n'Play",
    add: [berry, "add"],
    run: [berry, "run"],
    files: { ".yarnrc.yml": `nodeLinker: pnp\n${settings}`, "yarn.lock": "" },
  },
];

describe("other package managers", () => {
  let folder: string;
  let tarball: string;
  before(() => {
    folder = temporaryFolder();
    tarball = pack(folder, "--noCheck");
    fs.writeFileSync(path.join(folder, "package.json"), '{ "private": true }');
    const tools = ["pnpm@10", "yarn@1", "@yarnpkg/cli-dist@4"];
    npm(["install", "--no-audit", "--no-fund", "--ignore-scripts", ...tools], folder);
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  for (const { name, add, run, files = {}, addsPeers } of installers)
    it(`${name}: the command works, and says which peers are to be added`, () => {
      // Elsewhere: packages above a program would be found, too.
      const project = temporaryFolder();
      const all = {
        "package.json": JSON.stringify({ ...manifest, license: "MIT" }),
        "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
        "index.ts": program,
        ...files,
      };
      for (const [file, text] of Object.entries(all))
        fs.writeFileSync(path.join(project, file), text);
      const call = ([tool, ...args]: readonly [string, ...string[]], ...more: string[]): string => {
        const command = [path.join(folder, "node_modules", tool), ...args, ...more];
        const env = { ...process.env, NO_COLOR: "1", npm_config_engine_strict: "false" };
        const options = { cwd: project, encoding: "utf8", env } as const;
        const { stdout, stderr } = spawnSync(process.execPath, command, options);
        return (stdout + stderr).replace(/\s+/g, " ");
      };
      call(add, tool(add) === berry ? `hopwise@file:${tarball}` : tarball);
      let said = call(run, "hopwise", "plan");
      if (!addsPeers) {
        expect(said).to.include(
          `The package @pulumi/random, which hopwise needs, is not installed. Run yarn add @pulumi/random in ${project}.`,
        );
        call(add, "@pulumi/random");
        said = call(run, "hopwise", "plan");
      }
      expect(said).to.include("Path: shop.example.com").and.to.include("No errors.");
      fs.rmSync(project, { recursive: true });
    });
});

const tool = ([file]: readonly [string, ...string[]]): string => file;
