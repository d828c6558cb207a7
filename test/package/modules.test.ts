/** The package in other people's programs: each way that TypeScript and Node.js find a module. */
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { evaluate, programOf } from "../../bench/program";
import { install, pack, temporaryFolder } from "../packed";
import { options as templates } from "./template";

const ROOT = path.join(__dirname, "../..");
const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");

const component = `
const shop = new H1ViaCloudfront("shop", {
  placement: {
    vpcId: "vpc-0123456789abcdef0",
    loadBalancerSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    taskSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
  },
  service: { image: "public.ecr.aws/nginx/nginx:1.29" },
  domain: { name: "shop.example.com", zoneName: "example.com" },
} satisfies H1ViaCloudfrontArgs);
`;

/** A stack's program. */
const program = `
import { H1ViaCloudfront, type H1ViaCloudfrontArgs } from "hopwise";
${component}
export const url = shop.url;
`;

/** The entries of the package, with the mocks of Pulumi's guide to unit tests. */
const everyEntry = (withPolicy: boolean) => `
import * as pulumi from "@pulumi/pulumi";
import { H1ViaCloudfront, Network, type H1ViaCloudfrontArgs } from "hopwise";
import { answer, resolvePath, type PathSpec } from "hopwise/path";
import { evaluateProgram, ProgramError, type Answer, type Stack } from "hopwise/testing";
${withPolicy ? 'import { policies } from "hopwise/policy";' : "const policies: string[] = [];"}

const hops = (spec: PathSpec) => resolvePath(spec).hops;
const ask = (stack: Stack): Answer => stack.answer("/", { kind: "grpc" });

async function main() {
  await pulumi.runtime.setMocks({
    newResource: (args) => ({ id: args.name + "_id", state: args.inputs }),
    call: (args) => args.inputs,
  });
  ${component}
  const url = await new Promise((resolve) => shop.url.apply(resolve));
  const missing = await evaluateProgram({ projectDir: "missing" }).catch((error) => error);
  console.log(missing instanceof ProgramError, typeof ask);
  console.log(url, typeof Network, typeof answer, typeof hops, policies.length);
}
void main();
`;
const says = /^true function\nhttps:\/\/shop\.example\.com function function function \d+$/m;

interface Mode {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** "type" of package.json. @default none */
  readonly type?: "module";
  /** False where the output is a bundler's to run. @default true */
  readonly runs?: false;
}

const strict = { strict: true, outDir: "bin", target: "es2022", skipLibCheck: true };
const modes: readonly Mode[] = [
  { name: "Pulumi's template", options: templates.typescript },
  { name: "Pulumi's template before", options: templates.typescriptBefore },
  { name: "Pulumi's template for Bun", options: templates.bun, type: "module", runs: false },
  { name: "node16, CommonJS", options: { ...strict, module: "node16" } },
  { name: "node16, ES modules", options: { ...strict, module: "node16" }, type: "module" },
  { name: "nodenext, CommonJS", options: { ...strict, module: "nodenext" } },
  {
    name: "nodenext, ES modules",
    options: { ...strict, module: "nodenext", skipLibCheck: false },
    type: "module",
  },
  {
    name: "bundler",
    options: { ...strict, module: "esnext", moduleResolution: "bundler" },
    runs: false,
  },
];

describe("the package, imported", () => {
  let folder: string;
  let tarball: string;
  before(() => {
    folder = temporaryFolder();
    tarball = pack(folder);
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  let projects = 0;
  const project = (
    source: string,
    { options, type }: Pick<Mode, "options" | "type"> = { options: templates.typescript },
  ): string => {
    const directory = path.join(folder, `project-${projects++}`);
    fs.mkdirSync(directory);
    const write = (file: string, content: unknown) => {
      fs.writeFileSync(path.join(directory, file), JSON.stringify(content));
    };
    write("package.json", { name: "shop", main: "index.ts", type });
    write("tsconfig.json", { compilerOptions: options, files: ["index.ts"] });
    // Which is YAML as well.
    write("Pulumi.yaml", { name: "shop", runtime: "nodejs" });
    fs.writeFileSync(path.join(directory, "index.ts"), source);
    install(tarball, directory);
    return directory;
  };

  for (const mode of modes)
    it(`compiles strictly and runs: ${mode.name}`, () => {
      // The types of @pulumi/policy 1.21 do not pass a check of libraries by themselves.
      const directory = project(everyEntry(mode.options.skipLibCheck === true), mode);
      const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", "."], {
        cwd: directory,
        encoding: "utf8",
      });
      expect(status, stdout).to.equal(0);
      if (mode.runs === false) return;
      const output = execFileSync(process.execPath, ["bin/index.js"], {
        cwd: directory,
        encoding: "utf8",
      });
      expect(output).to.match(says);
    });

  for (const [name, type, ...args] of [
    ["tsx, CommonJS", undefined, "--import", "tsx"],
    ["tsx, ES modules", "module", "--import", "tsx"],
    ["tsx, loaded by --require", undefined, "--require", "tsx/cjs"],
  ] as const)
    it(`runs under ${name}`, () => {
      const directory = project(everyEntry(true), { options: templates.typescript, type });
      const options = { cwd: directory, encoding: "utf8" } as const;
      expect(execFileSync(process.execPath, [...args, "index.ts"], options)).to.match(says);
    });

  it("runs as a stack's program, under the ts-node of Pulumi", async () => {
    const directory = project(program);
    const config = { "aws:region": "eu-west-1" };
    const { resources } = await evaluate(programOf(directory, config));
    expect(resources).to.include("hopwise:index:H1ViaCloudfront shop");
    expect(resources).to.include("aws:lb/targetGroup:TargetGroup shop-tasks");
  });

  it("loads what a program uses of it, and nothing of awsx", () => {
    const directory = project(program);
    const loaded = (code: string): string[] => {
      const script = `
        const pulumi = require("@pulumi/pulumi");
        require("@pulumi/aws");
        pulumi.runtime.setMocks({
          newResource: (args) => ({ id: args.name, state: args.inputs }),
          call: (args) => args.inputs,
        });
        const before = new Set(Object.keys(require.cache));
        (async () => {
          ${code}
          const files = Object.keys(require.cache).filter((file) => !before.has(file));
          console.log(JSON.stringify(files));
        })();`;
      const output = execFileSync(process.execPath, ["--eval", script], {
        cwd: directory,
        encoding: "utf8",
      });
      return (JSON.parse(output) as string[]).map((file) => file.split(path.sep).join("/"));
    };
    const required = loaded('require("hopwise");');
    expect(required.length).to.be.lessThan(10);
    // Node reads every export of a CommonJS module that an ES module imports.
    const imported = loaded('await import("hopwise");');
    expect(imported.filter((file) => /\/@pulumi\/awsx\/|\/dist\/(rules|logs)\//.test(file))).to.be
      .empty;
    const used = loaded('new (require("hopwise").Network)("shop");');
    expect(used.filter((file) => file.includes("/@pulumi/awsx/"))).not.to.be.empty;
  });
});
