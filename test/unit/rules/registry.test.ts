/** The registry: every rule once, in a file of its own, and nothing of it written elsewhere. */
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { rules } from "../../../rules";
import { errorOrder } from "../../../rules/errorOrder";
import { pathRules } from "../../../rules/path";
import type { Rule } from "../../../rules/rule";
import { expectWhole, read, root } from "../document";

const codes = rules.map(({ code }) => code);
const camel = (code: string): string =>
  code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The rules that the files of a folder hold, listed or not, by the file's name. */
const filesOf = (folder: string): [name: string, rule: Rule | undefined][] =>
  readdirSync(path.join(root, folder))
    .filter((file) => file !== "index.ts")
    .sort()
    .map((file) => {
      const name = file.replace(/\.ts$/, "");
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- not every file is listed yet
      const exported = require(path.join(root, folder, name)) as Record<string, Rule | undefined>;
      return [name, exported[camel(name)]];
    });

/**
 * The text of a list with an import and an entry for each of these codes and for no other: what is
 * listed already keeps its place, what is new comes last.
 */
function listing(text: string, folder: string, listed: readonly string[]): string {
  const imports = listed.map((code) => `import { ${camel(code)} } from "${folder}/${code}";`);
  const names = listed.map(camel);
  const entryOf = (line: string): string | undefined => /^ {2}(\w+),$/.exec(line)?.[1];
  const isImport = (line: string): boolean =>
    line.startsWith(`import { ${camel(/\/([\w-]+)";$/.exec(line)?.[1] ?? "")} } from`);
  const lines = text.split("\n");
  const entries = lines.map(entryOf);
  const added = names.filter((name) => !entries.includes(name)).map((name) => `  ${name},`);
  const kept = lines.filter((line) => {
    const entry = entryOf(line);
    return !isImport(line) && (entry === undefined || names.includes(entry));
  });
  return kept
    .flatMap((line) => {
      if (line.startsWith("import type { Rule }")) return [line, ...imports];
      return line === "];" ? [...added, line] : [line];
    })
    .join("\n");
}

/** Folders of the library's own source. */
const folders = [
  "cli",
  "components",
  "config",
  "cost",
  "local",
  "logs",
  "path",
  "policy",
  "program",
  "rules",
];
const sources = [...folders, "topology"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file.replaceAll(path.sep, "/")}`),
);

/** Their texts, but for causes in logs, which report the code that a line proves. */
const texts = sources
  .filter((file) => !file.startsWith("logs/causes/"))
  .map((file) => [file, read(file)] as const);

/** Files that write the code as a text of its own. */
const writing = (code: string): string[] =>
  texts.filter(([, text]) => text.includes(`code: "${code}"`)).map(([file]) => file);

/** What the local AWS refuses with, among all else that the model says. */
const refusals = sources
  .filter((file) => file.startsWith("local/model/"))
  .map(read)
  .join("\n");

describe("the registry of rules", () => {
  it("has each code once", () => {
    expect(codes).to.deep.equal([...new Set(codes)]);
    for (const code of codes) expect(code).to.match(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  });

  for (const folder of ["rules/path", "rules/resources"]) {
    const files = filesOf(folder);

    it(`${folder}: a file for each rule, named after its code`, () => {
      for (const [name, rule] of files)
        expect(rule?.code, `${folder}/${name}.ts: the code of ${camel(name)}`).to.equal(name);
    });

    it(`${folder}: lists the rules of its files`, () => {
      const list = `${folder}/index.ts`;
      const names = files.map(([name]) => name);
      expectWhole(list, listing(read(list), ".", names));
    });
  }

  it("lists every rule about resources that a path without any can break", () => {
    const planned = filesOf("rules/resources").filter(([, rule]) => {
      return rule?.about !== "path" && rule?.planned !== undefined;
    });
    const names = planned.map(([name]) => name);
    const list = "rules/planned.ts";
    expectWhole(list, listing(read(list), "./resources", names));
  });

  it("orders every error by when it is met", () => {
    const errors = rules.filter(({ severity }) => severity === "error").map(({ code }) => code);
    expect([...errorOrder].sort()).to.deep.equal(errors.sort());
  });

  it("is the only place where a code is given to a text", () => {
    for (const { code } of rules) {
      const folder = pathRules.some((rule) => rule.code === code) ? "path" : "resources";
      expect(writing(code)).to.deep.equal([`rules/${folder}/${code}.ts`]);
    }
  });

  for (const rule of rules)
    it(`${rule.code}: says what holds, what to write, and on which page`, () => {
      for (const text of [rule.holds, rule.fix]) {
        expect(text).to.match(/^[A-Z].{10,}\.$/s);
        expect(text).not.to.match(/\s{2}|\n|nginx|mend\b|\btold\b|whoever|which it has not/);
      }
      expect(rule.source).to.match(/^https:\/\/\S+$/);
      for (const code of rule.unless ?? []) expect(codes).to.include(code);
      expect(rule.unless ?? []).not.to.include(rule.code);
      if (rule.refusedAs !== undefined) {
        expect(rule.severity).to.equal("error");
        const { code } = rule.refusedAs;
        expect(refusals, `${code} in local/model`).to.include(`"${code}"`);
      }
      if (rule.mandatory === false)
        expect(rule.access === true || rule.severity === "error").to.equal(true);
    });
});
