/** Every document: the files that it names exist, and its diagrams are valid Mermaid. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { read, root } from "./document";
import { mermaidType } from "./mermaid";

/** Files that a recipe has its reader write. */
const written: ReadonlySet<string> = new Set([
  "rules/path/edge-read-timeout-order.ts",
  "test/unit/rules/cases/edge-read-timeout-order.ts",
  "local/model/rows/ssmParameter.ts",
  "components/variants/h1Direct.ts",
  "test/unit/components/h1Direct.test.ts",
  "test/unit/components/names/H1Direct.txt",
]);

const documents = [".", "docs", ".github", "examples"].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: folder !== ".", encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && name !== "CHANGELOG.md")
    .filter((name) => !name.includes("node_modules"))
    .map((name) => path.join(folder, name)),
);

/** Folders with code, as they are written at the start of a path. Documents are linked to. */
const folders = fs
  .readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["node_modules", "docs"].includes(entry.name))
  .map(({ name }) => name.replace(".", "\\."))
  .join("|");

describe("documents", () => {
  for (const document of documents) {
    const page = read(document);

    it(`${document} links only to files that exist`, () => {
      const folder = path.join(root, path.dirname(document));
      for (const [, link = ""] of page.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g))
        expect(fs.existsSync(path.join(folder, link)), link).to.equal(true);
    });

    it(`${document} names only files that exist`, () => {
      // In backticks, and in the nodes of diagrams.
      const names = new RegExp(`["\`>]((?:${folders})/[\\w./-]*)(?=[\`"<: ])`, "g");
      for (const [, name = ""] of page.matchAll(names))
        if (!written.has(name)) expect(fs.existsSync(path.join(root, name)), name).to.equal(true);
    });

    // A recipe's file is the last one named before its code.
    const recipes = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].flatMap(
      ({ 1: code = "", index }) => {
        const file = [...written].sort((a, b) => lastNamed(b) - lastNamed(a))[0] ?? "";
        function lastNamed(name: string): number {
          return page.slice(0, index).lastIndexOf(`\`${name}\``);
        }
        const imports = /import (?:type )?\{([^}]*)\} from "(\.[^"]*)"/g;
        return [...code.matchAll(imports)].map(([, names = "", from = ""]) => ({
          names: names.split(",").map((name) => name.replace(/^\s*(type )?/, "").trim()),
          source: `${path.join(path.dirname(file), from)}.ts`,
        }));
      },
    );
    if (recipes.length > 0)
      it(`${document} imports only what exists in the code of its recipes`, () => {
        for (const { names, source } of recipes)
          for (const name of names)
            expect(read(source), `${source}: ${name}`).to.match(
              new RegExp(`export [^;=(]*\\b${name}\\b`),
            );
      });

    const diagrams = [...page.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
    if (diagrams.length > 0)
      it(`${document} has valid diagrams`, async () => {
        for (const text of diagrams) expect(await mermaidType(text), text).to.be.a("string");
      });
  }
});
