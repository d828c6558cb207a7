/** The tests of docs/testing.md in the runners that npm's registry has now, on the packed package. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { transform } from "sucrase";
import { findNginx } from "../../local/nginx";
import { install, npm, pack, temporaryFolder } from "../packed";
import { itWith } from "../parts";
import { documentedTests, writeProgram } from "../testKit";

describe("the package's kit in other runners", () => {
  let folder: string;
  let project: string;
  let tools: string;
  let nginx: { HOPWISE_NGINX?: string } = {};
  before(async () => {
    const found = await findNginx();
    if (found) nginx = { HOPWISE_NGINX: found.path };
    folder = temporaryFolder();
    [project, tools] = ["project", "tools"].map((name) => {
      fs.mkdirSync(path.join(folder, name));
      return path.join(folder, name);
    }) as [string, string];
    install(pack(folder, "--noCheck"), project);
    writeProgram(project);
    fs.writeFileSync(path.join(tools, "package.json"), '{ "private": true }');
    npm(["install", "--no-audit", "--no-fund", "--ignore-scripts", "vitest", "jest"], tools);
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const [answers = "", callers = "", served = ""] = documentedTests();
  /** With the runner's own `test`, which is global. */
  const withGlobals = (source: string): string =>
    source.replace('import { test } from "node:test";\n', "");

  const run = (file: string, source: string, program: string, ...args: string[]) => {
    fs.writeFileSync(path.join(project, file), source);
    const command = [path.join(tools, "node_modules", program), ...args];
    const env = { ...process.env, NO_COLOR: "1", CI: "1", ...nginx };
    const options = { cwd: project, encoding: "utf8", env } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
    return { status, output: stdout + stderr };
  };
  const runners = {
    vitest: (source: string) =>
      run(
        ...(["kit.test.ts", withGlobals(source), "vitest/vitest.mjs", "run"] as const),
        ...["--globals", "--testTimeout=60000"],
      ),
    // In the worker threads that share a process.
    "vitest, threads": (source: string) =>
      run(
        ...(["kit.test.ts", withGlobals(source), "vitest/vitest.mjs", "run"] as const),
        ...["--globals", "--testTimeout=60000", "--pool=threads"],
      ),
    jest: (source: string) => {
      const { code } = transform(withGlobals(source), { transforms: ["imports"] });
      return run("kit.test.js", code, "jest/bin/jest.js", "--testTimeout=60000", "kit.test.js");
    },
  };

  const snapshot = `
import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluateProgram } from "hopwise/testing";

test("the same snapshot twice", async () => {
  const [one, other] = await Promise.all([evaluateProgram(), evaluateProgram()]);
  expect(one.snapshot()).toStrictEqual(other.snapshot());
  const { inputs } = one.resource("shop-alb", "LoadBalancer");
  assert.deepEqual(inputs.subnets, ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]);
  assert.equal(one.snapshot().paths[0].requests["a viewer, HTTP/2"], 200);
  await assert.rejects(evaluateProgram({ stack: "qa" }), { name: "ProgramError" });
});
`;

  for (const [name, runTest] of Object.entries(runners)) {
    for (const [title, source] of Object.entries({ answers, callers, snapshot }))
      it(`run in ${name}: ${title}`, () => {
        const { status, output } = runTest(source);
        expect(status, output).to.equal(0);
        expect(output).to.match(/Tests:? +1 passed/);
      });

    itWith(["nginx"], `run in ${name}: what is served`, () => {
      const { status, output } = runTest(served);
      expect(status, output).to.equal(0);
    });
  }
});
