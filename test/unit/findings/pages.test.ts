/** docs/findings, a page for each code, held against the rules and the causes. `UPDATE=1` writes it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { rules } from "../../../rules";
import { root } from "../document";
import { indexText, japaneseIndexText } from "./index";
import { settingsCodes } from "./others";
import { findingPages, type Page } from "./pages";

/** Holds the files of a folder against pages and an index. */
function expectFolder(name: string, pages: readonly Page[], index: string): void {
  const folder = path.join(root, name);
  const wanted = new Map(pages.map(({ code, text }) => [`${code}.md`, text]));
  expect(wanted.size, "a code has one page").to.equal(pages.length);
  wanted.set("README.md", index);
  if (process.env.UPDATE === "1") {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    for (const [file, text] of wanted) fs.writeFileSync(path.join(folder, file), text);
  }
  expect(fs.readdirSync(folder), "run this test with UPDATE=1").to.have.members([...wanted.keys()]);
  for (const [file, text] of wanted) {
    const found = fs.readFileSync(path.join(folder, file), "utf8");
    expect(found, `${name}/${file}: run this test with UPDATE=1`).to.equal(text);
  }
}

describe("docs/findings", () => {
  it("has a page for each code, and no other", async () => {
    expectFolder("docs/findings", await findingPages("en"), await indexText());
  });

  it("has settings for each finding about settings", () => {
    const source = fs.readFileSync(path.join(root, "config/findings.ts"), "utf8");
    const codes = [...source.matchAll(/^\s+code: "([\w-]+)"/gm)].map(([, code]) => code);
    expect(settingsCodes).to.have.members(codes);
    for (const code of codes) expect(rules.map((rule) => rule.code)).not.to.include(code);
  });
});

describe("docs/ja/findings", () => {
  it("has a page for each code, and no other", async () => {
    expectFolder("docs/ja/findings", await findingPages("ja"), japaneseIndexText());
  });
});
