/** The tests of docs/testing.md on the package as npm makes it, in the runners that need no install. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { findNginx } from "../../local/nginx";
import { install, pack, temporaryFolder } from "../packed";
import { itWith } from "../parts";
import { documentedTests, writeProgram } from "../testKit";

const bin = (file: string): string => path.join(__dirname, "../../node_modules", file);

describe("docs/testing.md", () => {
  let project: string;
  const [answers = "", callers = "", served = ""] = documentedTests();

  let nginx: { HOPWISE_NGINX?: string } = {};
  before(async () => {
    // The package does not know the tools of this checkout.
    const found = await findNginx();
    if (found) nginx = { HOPWISE_NGINX: found.path };
    project = temporaryFolder();
    install(pack(project, "--noCheck"), project);
    writeProgram(project);
  });
  after(() => {
    fs.rmSync(project, { recursive: true, force: true });
  });

  /** Runs a test file. The variable keeps node:test from reporting to a runner above it. */
  const run = (file: string, source: string, ...command: string[]) => {
    fs.writeFileSync(path.join(project, file), source);
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined, ...nginx };
    const options = { cwd: project, encoding: "utf8", env } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [...command, file], options);
    return { status, output: stdout + stderr };
  };
  const nodeTest = (source: string) => run("node.test.ts", source, "--import", "tsx", "--test");

  it("has three examples", () => {
    expect(documentedTests()).to.have.length(3);
  });

  it("has its types", () => {
    const options = ["--strict", "--noEmit", "--skipLibCheck", "--types", "node"];
    const modules = ["--module", "node16", "--moduleResolution", "node16", "--target", "es2022"];
    const tsc = [bin("typescript/bin/tsc"), ...options, ...modules];
    for (const source of [answers, callers, served]) {
      const { status, output } = run("types.ts", source, ...tsc);
      expect(status, output).to.equal(0);
    }
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
