/** The examples of docs/findings, run as they are written, with the fix. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { evaluate } from "../../local/program";
import { rules } from "../../rules";
import { planOf, prefixed } from "../unit/rules/firstBroken";
import type { Registered } from "../unit/rules/asProgram";
import { root } from "../unit/document";
import { exampleOf } from "../unit/findings/examples";
import { statementsOf } from "../unit/findings/programText";

/** Programs in one file, each in a block with a prefix of its own. */
async function sourceOf(programs: ReadonlyMap<string, readonly Registered[]>): Promise<string> {
  const blocks = await Promise.all(
    [...programs].map(async ([prefix, program]) => {
      const statements = await statementsOf(prefixed(program, prefix).program);
      return `{\n${[...statements.values()].join("")}}\n`;
    }),
  );
  const imports = ["aws", "random", "pulumi"].map(
    (name) => `import * as ${name} from "@pulumi/${name}";`,
  );
  return `${imports.join("\n")}\n${blocks.join("")}`;
}

describe("the examples of docs/findings", () => {
  let folder: string;
  const found: string[][] = [];
  const codes: string[] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-findings-"));
    const programs = new Map<string, readonly Registered[]>();
    for (const rule of rules) {
      const example = await exampleOf(rule);
      if (example === undefined) continue;
      codes.push(rule.code);
      programs.set(`f${codes.length}`, example.fixed);
    }
    const files = {
      "index.ts": await sourceOf(programs),
      "Pulumi.yaml": "name: findings\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
      "package.json": '{ "main": "index.ts" }',
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    const { findings } = planOf(
      await evaluate({ projectDir: folder, stack: "dev", onRefusal: "continue" }),
    );
    for (const i of codes.keys()) {
      const own = findings.filter(({ resource }) => resource?.name?.startsWith(`f${i + 1}-`));
      found.push(own.map(({ code }) => code));
    }
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("keep their rule", () => {
    expect(codes).not.to.be.empty;
    codes.forEach((code, i) => {
      expect(found[i], code).not.to.include(code);
    });
  });
});
