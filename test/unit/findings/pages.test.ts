/** docs/findings, a page for each code, held against the rules and the causes. `UPDATE=1` writes it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { rules } from "../../../rules";
import { root } from "../document";
import { indexText } from "./index";
import { settingsCodes } from "./others";
import { findingPages } from "./pages";

const folder = path.join(root, "docs/findings");

describe("docs/findings", () => {
  it("has a page for each code, and no other", async () => {
    const pages = await findingPages();
    const wanted = new Map(pages.map(({ code, text }) => [`${code}.md`, text]));
    expect(wanted.size, "a code has one page").to.equal(pages.length);
    wanted.set("README.md", await indexText());
    if (process.env.UPDATE === "1") {
      fs.rmSync(folder, { recursive: true, force: true });
      fs.mkdirSync(folder);
      for (const [file, text] of wanted) fs.writeFileSync(path.join(folder, file), text);
    }
    expect(fs.readdirSync(folder), "run this test with UPDATE=1").to.have.members([
      ...wanted.keys(),
    ]);
    for (const [file, text] of wanted)
      expect(
        fs.readFileSync(path.join(folder, file), "utf8"),
        `${file}: run this test with UPDATE=1`,
      ).to.equal(text);
  });

  it("has settings for each finding about settings", () => {
    const source = fs.readFileSync(path.join(root, "config/findings.ts"), "utf8");
    const codes = [...source.matchAll(/^\s+code: "([\w-]+)"/gm)].map(([, code]) => code);
    expect(settingsCodes).to.have.members(codes);
    for (const code of codes) expect(rules.map((rule) => rule.code)).not.to.include(code);
  });
});
