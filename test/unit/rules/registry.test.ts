/** The registry: every rule once, in a file of its own, and nothing of it written elsewhere. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { rules } from "../../../rules";
import { pathRules } from "../../../rules/path";
import { plannedRules } from "../../../rules/planned";
import { resourceRules } from "../../../rules/resources";
import type { Rule } from "../../../rules/rule";

const root = path.join(__dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const codes = rules.map(({ code }) => code);
const camel = (code: string): string =>
  code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Folders of the library's own source. */
const folders = ["cli", "components", "config", "cost", "local", "logs", "path", "policy", "rules"];
const sources = [...folders, "topology"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file.replaceAll(path.sep, "/")}`),
);

/** Files that write the code as a text of its own; causes in logs report it where a line proves it. */
const writing = (code: string): string[] =>
  sources.filter(
    (file) => !file.startsWith("logs/causes/") && read(file).includes(`code: "${code}"`),
  );

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

  const listed: [folder: string, list: readonly Rule[]][] = [
    ["rules/path", pathRules],
    ["rules/resources", resourceRules],
  ];
  for (const [folder, list] of listed)
    it(`${folder}: a file for each rule, named after its code, and no other`, () => {
      const files = readdirSync(path.join(root, folder)).filter((file) => file !== "index.ts");
      expect(files.sort()).to.deep.equal(list.map(({ code }) => `${code}.ts`).sort());
      for (const { code } of list)
        expect(read(`${folder}/${code}.ts`)).to.include(`export const ${camel(code)} = `);
    });

  it("lists every rule that a path without resources can break", () => {
    const expected = rules.filter((rule) => rule.about === "path" || rule.planned !== undefined);
    expect(plannedRules.map(({ code }) => code)).to.have.members(expected.map(({ code }) => code));
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
