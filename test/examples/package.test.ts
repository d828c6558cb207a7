/**
 * The README's program and the tests of docs/testing.md on the package as npm makes it, in the
 * runners that need no install; test/package has more of that.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { findNginx } from "../../local/nginx";
import { evaluate } from "../../local/program";
import { install, pack, temporaryFolder } from "../packed";
import { itWith } from "../parts";
import { documentedTests, writeProgram } from "../testKit";

const bin = (file: string): string => path.join(__dirname, "../../node_modules", file);

describe("the packed package", () => {
  let project: string;
  const [answers = "", callers = "", served = ""] = documentedTests();

  let nginx: { HOPWISE_NGINX?: string } = {};
  before(async () => {
    // The package does not know the tools of this checkout.
    const found = await findNginx();
    if (found) nginx = { HOPWISE_NGINX: found.path };
    project = temporaryFolder();
    install(pack(project, "--noCheck", "--isolatedModules"), project);
    writeProgram(project);
  });
  after(() => {
    fs.rmSync(project, { recursive: true, force: true });
  });

  /** Runs Node.js. The variable keeps node:test from reporting to a runner above it. */
  const node = (...args: string[]) => {
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined, ...nginx };
    const options = { cwd: project, encoding: "utf8", env } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    return { status, output: stdout + stderr };
  };
  /** Runs a test file. */
  const run = (file: string, source: string, ...command: string[]) => {
    fs.writeFileSync(path.join(project, file), source);
    return node(...command, file);
  };
  const nodeTest = (source: string) => run("node.test.ts", source, "--import", "tsx", "--test");

  it("carries the nginx folder, so that NginxImage can build it", () => {
    const folder = path.join(project, "node_modules/hopwise/dist/nginx");
    expect(fs.existsSync(path.join(folder, "Dockerfile"))).to.equal(true);
  });

  it("makes the path of the README's program", async () => {
    const { resources, outputs } = await evaluate({ projectDir: project, stack: "dev" });
    expect(outputs.url).to.equal("https://shop.example.com");
    const types = resources.map((resource) => resource.type);
    expect(types).to.include("aws:cloudfront/distribution:Distribution");
    expect(types.filter((type) => type.startsWith("awsx:"))).to.deep.equal([]);
  });

  it("has the types of the README's program and of the three tests", () => {
    expect(documentedTests()).to.have.length(3);
    const files = [answers, callers, served].map((source, i) => {
      const file = `types-${i}.ts`;
      fs.writeFileSync(path.join(project, file), source);
      return file;
    });
    const options = ["--strict", "--noEmit", "--skipLibCheck", "--types", "node"];
    const modules = ["--module", "node16", "--moduleResolution", "node16", "--target", "es2022"];
    const tsc = [bin("typescript/bin/tsc"), ...options, ...modules];
    const { status, output } = node(...tsc, "index.ts", ...files);
    expect(status, output).to.equal(0);
  });

  for (const [title, source] of Object.entries({ answers, callers }))
    it(`runs with node:test: ${title}`, () => {
      const { status, output } = nodeTest(source);
      expect(output).to.match(/pass 1\b/);
      expect(status, output).to.equal(0);
    });

  itWith(["nginx"], "runs with node:test: what is served", () => {
    const { status, output } = nodeTest(served);
    expect(status, output).to.equal(0);
  });

  it("runs with mocha", () => {
    const source = answers.replace('{ test } from "node:test"', '{ it as test } from "mocha"');
    const mocha = [bin("mocha/bin/mocha.js"), "--require", "tsx", "--timeout", "60000"];
    const { status, output } = run("mocha.spec.ts", source, ...mocha);
    expect(output).to.match(/1 passing/);
    expect(status, output).to.equal(0);
  });

  it("fails where the program answers otherwise", () => {
    const { status, output } = nodeTest(
      answers.replace('answer("/").status, 200', 'answer("/").status, 464'),
    );
    expect(output).to.match(/200 !== 464/);
    expect(status).to.equal(1);
  });
});
