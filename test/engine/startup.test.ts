/** startup/: the program has the same result with it, and what it defers still works. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { evaluate, programOf } from "../../bench/program";
import { readProject } from "../../local/program/project";
import { type Variant, variants } from "../../path/variants";
import { committedStacks } from "../committedStacks";
import { thorough } from "../thorough";

const ROOT = path.join(__dirname, "../..");

/** Runs JavaScript behind startup/ and gives what it returns. */
function behindStartup(body: string): unknown {
  const script = `process.stdout.write(JSON.stringify((() => {${body}})()))`;
  const output = execFileSync(process.execPath, ["--require", "./startup", "--eval", script], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return JSON.parse(output) as unknown;
}

/** Stacks that the engine can deploy with the installed provider, which knows no HTTP/2 to origins. */
const deployable = committedStacks.filter((stack) => {
  const variant = readProject(ROOT, stack).config["hopwise:variant"] as Variant;
  return variants[variant].edge?.originHttpVersion !== "http2";
});

describe("startup/", () => {
  it("is what Pulumi.yaml starts the program with", () => {
    const { nodeArguments, typescript } = programOf(ROOT, {});
    expect(nodeArguments).to.deep.equal(["--require", "./startup"]);
    expect(typescript).to.be.false;
  });

  for (const stack of thorough ? deployable : ["prod"])
    it(`registers the same resources of ${stack} as the TypeScript loader of Pulumi`, async () => {
      const program = programOf(ROOT, readProject(ROOT, stack).config);
      const fast = await evaluate(program);
      const plain = await evaluate({ ...program, nodeArguments: [], typescript: true });
      expect([...fast.resources].sort()).to.deep.equal([...plain.resources].sort());
      expect(fast.resources.length).to.be.greaterThan(30);
    });

  it("leaves every service of the cloud's packages where it was", () => {
    const kinds = behindStartup(`
      const aws = require("@pulumi/aws");
      const awsx = require("@pulumi/awsx");
      const found = [aws.s3.Bucket, aws.Provider, aws.getRegionOutput, aws.types.enums, awsx.ec2.Vpc];
      return found.map((value) => typeof value);
    `);
    expect(kinds).to.deep.equal(["function", "function", "function", "object", "function"]);
  });

  it("loads what it defers when that is used", () => {
    const kinds = behindStartup(`
      const pulumi = require("@pulumi/pulumi");
      const ts = require("@pulumi/pulumi/typescript-shim");
      return [typeof pulumi.automation.LocalWorkspace.create, typeof ts.transpileModule];
    `);
    expect(kinds).to.deep.equal(["function", "function"]);
    const before = behindStartup(`
      require("@pulumi/pulumi");
      return Object.keys(require.cache).filter((file) => /typescript\\.js$|arborist/.test(file));
    `);
    expect(before).to.deep.equal([]);
  });

  it("keeps the lines of the source in a stack trace, and follows a change of the file", () => {
    const folder = fs.mkdtempSync(path.join(ROOT, "node_modules/.cache-test-"));
    const file = path.join(folder, "program.ts");
    const throwOn = (line: number) => {
      const types = Array.from({ length: line - 1 }, (_, i) => `interface T${i} { a: string }`);
      fs.writeFileSync(file, `${types.join("\n")}\nthrow new Error("here" as string);\n`);
      return behindStartup(
        `try { require(${JSON.stringify(file)}) } catch (error) { return error.stack }`,
      );
    };
    try {
      expect(throwOn(7)).to.include("program.ts:7:");
      expect(throwOn(9)).to.include("program.ts:9:");
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
