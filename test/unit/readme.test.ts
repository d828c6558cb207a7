/** What the README and docs/settings.md say, held against the code. `UPDATE=1` writes the table. */
import * as fs from "node:fs";
import { expect } from "chai";
import { settingsMarkdown, settingsTable } from "../../config/table";
import { maxNameLength } from "../../components/variants/names";
import * as components from "../../components";
import { variants } from "../../path/variants";
import { expectPart, read, root } from "./document";

const expectTable = (document: string, name: string, lines: readonly string[], indent = "") => {
  expectPart("test/unit/readme.test.ts", document, name, lines, indent);
};

describe("docs/settings.md", () => {
  it("has the table of settings that the schema gives", () => {
    expectTable("docs/settings.md", "settings", settingsMarkdown().trim().split("\n"));
  });
});

describe("README", () => {
  it("has the table of variants", () => {
    const rows = Object.entries(variants).map(
      ([name, { component, means }]) => `| \`${name}\` | \`${component}\` | ${means} |`,
    );
    const head = ["| Variant | Component | What it is |", "| --- | --- | --- |"];
    expectTable("README.md", "variants", [...head, ...rows]);
  });

  it("has the committed stacks, each with its variant and the first sentence of its file", () => {
    const files = fs.readdirSync(root).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
    const rows = files.map((name) => {
      const text = read(name).replace(/^# yaml-language-server: .*\n/, "");
      const stack = `\`${name.split(".")[1] ?? ""}\``;
      const variant = `\`${/hopwise:variant: (\S+)/.exec(text)?.[1] ?? ""}\``;
      const comment = /^(?:#.*\n)*/
        .exec(text)?.[0]
        .replace(/\n?# ?/g, " ")
        .trim();
      return `| ${stack} | ${variant} | ${comment?.split(/\.(?:\s|$)/)[0] ?? ""} |`;
    });
    const head = ["| Stack | Variant | What it is |", "| --- | --- | --- |"];
    expectTable("README.md", "stacks", [...head, ...rows], "   ");
  });

  const readme = read("README.md");

  it("names every group of settings", () => {
    const groups = new Set(settingsTable().map((row) => row.key.split(".")[0]));
    const table = readme.slice(readme.indexOf("| Group | What it decides |"));
    const named = [...table.slice(0, table.indexOf("\n\n")).matchAll(/`(\w+)`/g)].map((m) => m[1]);
    expect(named.sort()).to.deep.equal([...groups].sort());
  });

  it("names every component class, and no other", () => {
    const table = readme.slice(readme.indexOf("| Component | What it makes |"));
    const named = [...table.slice(0, table.indexOf("\n\n")).matchAll(/`([A-Z]\w+)`/g)].map(
      (m) => m[1],
    );
    const exported = Object.entries(components)
      .filter(([name, value]) => typeof value === "function" && /^[A-Z]/.test(name))
      .map(([name]) => name);
    const ofVariants = Object.values(variants).map(({ component }) => component);
    expect([...named, ...ofVariants].sort()).to.deep.equal(exported.sort());
  });

  it("states the length that a component's name may have", () => {
    expect(readme).to.include(`A component's name may have ${maxNameLength} characters`);
  });
});
