/** Who may import what: the table's lint rule, and the picture of it in docs/architecture.md. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { ESLint, Linter, type Rule } from "eslint";
import { parser } from "typescript-eslint";
import { expectPart, root } from "./document";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- ESLint's configuration is JavaScript
const { mayImport, free, rule } = require("../../eslint.imports.js") as {
  mayImport: Readonly<Record<string, readonly string[]>>;
  free: readonly string[];
  rule: Rule.RuleModule;
};

/** What the rule says of a line in a file. */
function said(file: string, line: string): string[] {
  const linter = new Linter({ cwd: root });
  const messages = linter.verify(
    line,
    {
      files: ["**/*.ts"],
      languageOptions: { parser },
      plugins: { hopwise: { rules: { imports: rule } } },
      rules: { "hopwise/imports": "error" },
    },
    { filename: path.join(root, file) },
  );
  return messages.map(({ message }) => message);
}

const wrong: readonly [file: string, from: string, problem: string][] = [
  ["path/hops.ts", "../rules", "path imports rules (rules), but may import nothing of ours"],
  ["topology/stack/stack.ts", "../../rules/rule", "topology imports rules (rules/rule), but may"],
  ["rules/path/x.ts", "../../logs/advice", "rules imports logs (logs/advice), but may import only"],
  ["config/rules/x.ts", "../../rules/rule", "config imports rules (rules/rule), but may import"],
  ["components/x.ts", "../local/types", "components imports local (local/types), but may import"],
  ["components/x.ts", "../logs/advice", "components imports logs (logs/advice), but may import"],
  ["cost/x.ts", "../local/types", "cost imports local (local/types), but may import only path,"],
  ["logs/x.ts", "../local", "logs imports local (local), but may import only path, topology,"],
  ["local/serve/x.ts", "../../cli/http", "local imports cli (cli/http), but may import only"],
  ["cli/x.ts", "../test/parts", "cli imports test (test/parts), but may import only"],
  ["cli/x.ts", "../index", "cli imports index (index), but may import only"],
  ["cli/x.ts", "../testing", "cli imports testing (testing), but may import only"],
  ["testing/x.ts", "../config", "testing imports config (config), but may import only path,"],
  ["index.ts", "./rules/resolve", "index.ts imports rules (rules/resolve), but may import only"],
  ["path/x.ts", "@pulumi/pulumi", "path imports @pulumi/pulumi, but decides without Pulumi"],
  ["topology/x.ts", "@pulumi/policy", "topology imports @pulumi/policy, but decides without"],
  ["rules/x.ts", "node:fs", "rules imports node:fs, but decides without Pulumi and without I/O"],
  ["cost/x.ts", "fs", "cost imports fs, but decides without Pulumi and without I/O"],
  ["elsewhere/x.ts", "./y", "elsewhere has no row in the table of imports"],
];

const fine: readonly [file: string, from: string][] = [
  ["path/hops.ts", "./types"],
  ["path/hops.ts", "ipaddr.js"],
  ["config/load.ts", "./rules"],
  ["config/rules/x.ts", "../schema"],
  ["topology/stack/x.ts", "../rules"],
  ["components/x.ts", "../logs/sql/queries"],
  ["components/x.ts", "@pulumi/aws"],
  ["local/x.ts", "node:fs"],
  ["index.ts", "./config"],
  ["test/unit/x.test.ts", "../../cli/text"],
];

describe("who may import what", () => {
  for (const [file, from, problem] of wrong)
    it(`${file} may not import ${from}`, () => {
      const [message = "", ...more] = said(file, `import { x } from "${from}";`);
      expect(message).to.include(problem).and.include("docs/architecture.md");
      expect(more).to.deep.equal([]);
    });

  for (const [file, from] of fine)
    it(`${file} may import ${from}`, () => {
      expect(said(file, `import { x } from "${from}";`)).to.deep.equal([]);
    });

  for (const line of [
    'import "../rules";',
    'import type { X } from "../rules";',
    'import x = require("../rules");',
    'export { x } from "../rules";',
    'export * from "../rules";',
    'const x = require("../rules");',
    'const x = import("../rules");',
    'type X = typeof import("../rules");',
  ])
    it(`holds for ${line}`, () => {
      expect(said("path/x.ts", line)).to.have.lengthOf(1);
    });

  it("is part of the lint of every source file", async () => {
    const eslint = new ESLint({ cwd: root });
    for (const file of ["path/hops.ts", "cli/hopwise.js", "index.ts"]) {
      const config = (await eslint.calculateConfigForFile(path.join(root, file))) as Linter.Config;
      expect(config.rules?.["hopwise/imports"], file).to.deep.equal([2]);
    }
  });

  it("has a row for every folder of ours, and none for what does not exist", () => {
    const folders = fs
      .readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => name)
      .filter((name) => !["node_modules", "dist", "docs", "artifacts", "coverage"].includes(name));
    const rows = Object.keys(mayImport);
    expect([...rows, ...free].filter((name) => name !== "index.ts").sort()).to.deep.equal(
      folders.sort(),
    );
    for (const name of [...rows, ...Object.values(mayImport).flat()])
      expect(fs.existsSync(path.join(root, name)), name).to.equal(true);
  });

  it("goes one way: what a folder imports is above it in the table", () => {
    const rank = Object.keys(mayImport);
    for (const [from, allowed] of Object.entries(mayImport))
      for (const to of allowed.map((entry) => entry.split("/")[0] ?? ""))
        if (rank.includes(to))
          expect(rank.indexOf(to), `${from} → ${to}`).to.be.lessThan(rank.indexOf(from));
  });

  it("is the table and the picture in docs/architecture.md", () => {
    const own = Object.entries(mayImport).map(([from, allowed]) => {
      const ours = allowed.filter((to) => to !== "package.json");
      return [from, ours] as const;
    });
    const rows = own.map(([from, allowed]) => {
      const list = allowed.map((to) => `\`${to}\``).join(", ");
      return `| \`${from}\` | ${list || "nothing of ours"} |`;
    });
    const id = (name: string): string => name.replace(/\W/g, "_");
    const nodes = own.map(([name]) => `  ${id(name)}["${name}"]`);
    const edges = own.flatMap(([from, allowed]) =>
      direct(allowed).map((to) => {
        const [folder = "", ...part] = to.split("/");
        return `  ${id(from)} -->${part.length > 0 ? `|${to} only|` : ""} ${id(folder)}`;
      }),
    );
    expectPart("test/unit/imports.test.ts", "docs/architecture.md", "imports", [
      ...["```mermaid", "flowchart TD", ...nodes, ...edges, "```", ""],
      ...["| Folder | May import |", "| --- | --- |", ...rows],
    ]);
  });
});

/** What is allowed without what one of the others may import as well: a picture has no room for all. */
function direct(allowed: readonly string[]): string[] {
  return allowed.filter((to) => !allowed.some((via) => mayImport[via]?.includes(to)));
}
