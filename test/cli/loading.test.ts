/** Programs as people have them, loaded by the command: how they are built, and how they end. */
import { expect } from "chai";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { descendants, describeRuns, projectDir, run, type Ended } from "./hopwise";

describeRuns("hopwise plan of a program", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-loading-"));
    symlinkSync(path.join(projectDir, "node_modules"), path.join(folder, "node_modules"));
    write("Pulumi.yaml", "name: any\nruntime: nodejs\n");
    write("package.json", "{}");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const plan = (...args: string[]): Promise<Ended> => run(["plan", "--program", folder, ...args]);
  /** Names of the resources that a plan has. */
  async function resources(...args: string[]): Promise<string[]> {
    const { stdout, stderr } = await plan("--format", "json", ...args);
    expect(stderr).to.equal("");
    const { refusals, resources: all } = JSON.parse(stdout) as {
      refusals: unknown[];
      resources: { name: string }[];
    };
    expect(refusals).to.deep.equal([]);
    return all.map(({ name }) => name);
  }
  const vpc = (name: string): string =>
    `new aws.ec2.Vpc(${JSON.stringify(name)}, { cidrBlock: "10.0.0.0/16" });\n`;
  const aws = 'import * as aws from "@pulumi/aws";\n';
  const module = '{ "type": "module", "main": "src/main.ts" }';

  it("that is an ES module with top-level await, imports by name, and paths of tsconfig.json", async () => {
    write("package.json", module);
    write(
      "Pulumi.yaml",
      "name: any\nruntime: { name: nodejs, options: { nodeargs: --import=tsx } }",
    );
    write("tsconfig.json", '{ "compilerOptions": { "paths": { "$parts/*": ["./src/parts/*"] } } }');
    // All names of a package, whose own modules export them further on.
    write(
      "src/parts/tags.ts",
      'import * as pulumi from "@pulumi/pulumi"; export class Part extends pulumi.ComponentResource {}',
    );
    write("src/parts/name.ts", "export const name: string = await Promise.resolve('one');");
    write(
      "src/parts/net.ts",
      `${aws}import { name } from "$parts/name";\nimport "./tags.ts";\n${vpc("a")}${vpc("b")}`,
    );
    write("src/main.ts", 'await Promise.all(["net"].map((part) => import(`./parts/${part}.ts`)));');
    expect(await resources()).to.deep.equal(["a", "b"]);
  });

  it("that is CommonJS and imports TypeScript", async () => {
    write("part.ts", `${aws}${vpc("late")}export const done: boolean = true;`);
    write("index.ts", 'export = async () => ({ ...(await import("./part.ts")) });');
    expect(await resources()).to.deep.equal(["late"]);
  });

  it("for Bun, as one for Node.js, without the thread that translates ES modules", async () => {
    write("Pulumi.yaml", "name: any\nruntime: bun\n");
    write(
      "index.ts",
      `${aws}for (const file of Object.keys(require.cache))
        if (/tsx.dist.esm/.test(file)) throw new Error(file);
      ${vpc("a")}`,
    );
    expect(await resources()).to.deep.equal(["a"]);
  });

  it("with arguments for Node.js", async () => {
    write("variables", "NAME=given\n");
    const nodeargs = "--env-file=../variables -r ts-node/register --inspect-brk";
    write(
      "Pulumi.yaml",
      `name: any\nmain: app\nruntime: { name: nodejs, options: { nodeargs: "${nodeargs}" } }`,
    );
    write(
      "app/index.ts",
      `${aws}new aws.ec2.Vpc(process.env.NAME!, { cidrBlock: "10.0.0.0/16" });`,
    );
    expect(await resources()).to.deep.equal(["given"]);
  });

  it("whose classes declare fields, as Pulumi compiles them", async () => {
    write(
      "index.ts",
      `${aws}import * as pulumi from "@pulumi/pulumi";
      class Part extends pulumi.dynamic.Resource { readonly label!: pulumi.Output<string>; }
      const part = new Part({ async create() { return { id: "1" }; } }, "part", { label: "x" });
      part.label.apply(() => 1);
      ${vpc("a")}`,
    );
    expect(await resources()).to.include("a");
  });

  it("whose output goes to standard error, out of the way of the plan", async () => {
    write("index.ts", `${aws}console.log("building ...");\n${vpc("a")}`);
    const { stdout, stderr } = await plan("--format", "json");
    expect(JSON.parse(stdout)).to.include({ project: "any" });
    expect(stderr).to.equal("building ...\n");
  });

  const ends: [what: string, program: string, said: RegExp][] = [
    ["ends its process", "process.exit(0);", /index\.ts:2: The program calls process\.exit\(0\)/],
    [
      "fails after its end",
      "setTimeout(() => { throw new Error('late'); }, 200);",
      /index\.ts:2: late/,
    ],
    ["has a loop without an end", "for (;;);", /did not end within 3 s and was stopped/],
    ["waits for ever", "export default new Promise(() => {});", /waits for something that never/],
  ];
  for (const [what, program, said] of ends)
    it(`that ${what}: exit code 1, and why`, async () => {
      write("index.ts", `${aws}${program}`);
      const limit = program === "for (;;);" ? ["--time-limit", "3"] : [];
      const { code, stdout, stderr } = await plan(...limit);
      expect(stdout + stderr).to.match(said);
      expect(code).to.equal(1);
      expect(descendants(process.pid).length).to.be.at.most(1);
    });

  it("whose tsconfig.json extends one that is missing", async () => {
    write("tsconfig.json", '{ "extends": "../shared/tsconfig.json" }');
    write("index.ts", "export const one: number = 1;");
    const { code, stderr } = await plan();
    expect(stderr).to.match(
      /^The tsconfig\.json of the program cannot be read: .*shared\/tsconfig\.json.*\n$/,
    );
    expect(code).to.equal(1);
  });

  it("with settings from the command line; those that are missing, all at once", async () => {
    write(
      "index.ts",
      `${aws}import * as pulumi from "@pulumi/pulumi";
      const config = new pulumi.Config();
      new aws.ec2.Vpc(config.require("one"), { cidrBlock: config.require("two") });`,
    );
    expect((await plan("-c", "one=a")).stdout).to.match(
      /^. index\.ts:4: The program requires a setting, and there is no Pulumi\.dev\.yaml:\n\s+any:two \(index\.ts:4\)/,
    );
    expect((await plan()).stdout).to.match(
      /any:one .*\n.*any:two .*\n[^]*--config one=VALUE --config two=VALUE/,
    );
    expect(await resources("-c", "one=a", "--config", "any:two=10.0.0.0/16")).to.deep.equal(["a"]);
  });

  it("with a server that it leaves running", async () => {
    write(
      "index.ts",
      `${aws}require("node:http").createServer().listen(0, "127.0.0.1");\n${vpc("a")}`,
    );
    expect(await resources()).to.deep.equal(["a"]);
  });

  it("of which there is one stack, or which reads another stack's outputs", async () => {
    write("Pulumi.live.yaml", "config: { any:name: from-live }");
    write(
      "index.ts",
      `${aws}import * as pulumi from "@pulumi/pulumi";
      const net = new pulumi.StackReference(\`\${pulumi.getOrganization()}/net/\${pulumi.getStack()}\`);
      new aws.ec2.SecurityGroup(new pulumi.Config().require("name"), { vpcId: net.requireOutput("vpcId") });`,
    );
    write("outputs.json", '{ "vpcId": "vpc-0a1b2c3d" }');
    const given = `organization/net/live=${path.join(folder, "outputs.json")}`;
    expect(await resources("--stack-outputs", given)).to.include("from-live");
  });

  it("whose stack has ESC environments: named, or their values from a file", async () => {
    write("Pulumi.dev.yaml", "environment: [shop/base, shop/dev]\nconfig: { any:one: own }");
    write(
      "index.ts",
      `${aws}import * as pulumi from "@pulumi/pulumi";
      const config = new pulumi.Config();
      for (const name of [config.require("one"), config.require("two"), process.env.THREE!])
        new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16" });`,
    );
    const missing = await plan();
    expect(missing.stdout.replace(/\s+/g, " ")).to.match(
      /any:two .*ESC environments of the stack: shop\/base, shop\/dev\. Run: pulumi env open shop\/base/,
    );
    write("base.json", '{ "pulumiConfig": { "two": "base", "any:one": "lost" } }');
    write(
      "dev.json",
      '{ "pulumiConfig": { "any:two": "dev" }, "environmentVariables": { "THREE": "3" } }',
    );
    const files = ["base", "dev"].flatMap((name) => [
      "--environment",
      `shop/${name}=${path.join(folder, `${name}.json`)}`,
    ]);
    expect(await resources(...files)).to.deep.equal(["own", "dev", "3"]);
    const stray = await plan("--environment", `other=${path.join(folder, "dev.json")}`);
    expect([stray.code, stray.stderr]).to.match(/^2,--environment other: .* names shop\/base/);
  });

  it("whose names hold control characters: none reaches the terminal", async () => {
    write(
      "index.ts",
      `${aws}${vpc("a\u001b]0;title\u0007\u009b2J\u202eb")}throw new Error("\u001b[2J");`,
    );
    for (const format of ["text", "mermaid", "svg"]) {
      const { stdout, stderr } = await plan("--format", format, "--all");
      // eslint-disable-next-line no-control-regex -- these are what a terminal obeys
      expect(stdout + stderr).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  const others: [what: string, files: Record<string, string>, said: RegExp][] = [
    ["an SST app", { "sst.config.ts": "" }, /makes it an SST app/],
    [
      "a program that runs Pulumi itself",
      { "src/main.ts": 'import { LocalWorkspace } from "@pulumi/pulumi/automation";' },
      /src\/main\.ts runs Pulumi itself \(Automation API\)/,
    ],
    ["a project below it", { "infra/Pulumi.yaml": "name: x" }, /--program \S*infra\.$/m],
  ];
  for (const [what, files, said] of others)
    it(`that is not there, but ${what}`, async () => {
      rmSync(path.join(folder, "Pulumi.yaml"));
      for (const [file, text] of Object.entries(files)) write(file, text);
      const { code, stderr } = await plan();
      expect(stderr).to.match(said);
      expect(code).to.equal(2);
    });

  it("without packages: what to run, and where", async () => {
    rmSync(path.join(folder, "node_modules"));
    write("yarn.lock", "");
    write("app/Pulumi.yaml", "name: any\nruntime: nodejs\n");
    write("app/index.ts", "");
    const { stderr } = await run(["plan", "--program", path.join(folder, "app")]);
    expect(stderr).to.match(
      /@pulumi\/pulumi is not installed .* run yarn install in .*hopwise-loading-\w+\.$/m,
    );
    expect(existsSync(path.join(folder, "node_modules"))).to.equal(false);
  });
});
