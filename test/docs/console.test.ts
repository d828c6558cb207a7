/**
 * Pages whose blocks are run in their order: a file under its name is written, a diff is applied to
 * index.ts, and what `$` runs prints the lines below it (`…`: any lines).
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { install, pack, temporaryFolder } from "../packed";
import { read, root } from "../unit/document";

interface Block {
  readonly language: string;
  readonly text: string;
  /** The file's name, where the line before the block is one. */
  readonly file?: string;
}

function blocksOf(page: string): Block[] {
  const found = page.matchAll(/(?:^`([\w.]+)`\n\n)?^```(\w*)\n([^]*?)^```$/gm);
  return [...found].map(([, file, language = "", text = ""]) => ({
    language,
    text,
    ...(file !== undefined && { file }),
  }));
}

/** A file's text with the lines of a diff that begin with `+`. */
function applied(text: string, diff: string): string {
  const lines = diff.trimEnd().split("\n");
  const part = (kept: RegExp): string =>
    lines
      .filter((line) => kept.test(line))
      .map((line) => line.slice(1))
      .join("\n");
  const before = part(/^[ -]/);
  expect(text, "the diff's context").to.contain(before);
  return text.replace(before, part(/^[ +]/));
}

function expectOutput(output: string, wanted: string): void {
  let rest = output;
  for (const lines of wanted.split(/^…\n/m).map((part) => part.trimEnd())) {
    expect(rest).to.contain(lines);
    rest = rest.slice(rest.indexOf(lines) + lines.length);
  }
}

function runConsole({ text }: Block, command: string, cwd: string): void {
  const [first = "", ...lines] = text.split("\n");
  const [, words = ""] = /^\$ npx hopwise (.+)$/.exec(first) ?? [];
  expect(words, first).not.to.equal("");
  const args = words.split(" ");
  // Another server may have the usual port.
  const all = args[0] === "local" ? [...args, "--port", "0"] : args;
  const env = { ...process.env, LANG: "C.UTF-8", LC_ALL: "", NO_COLOR: "1" };
  const { stdout, stderr } = spawnSync(process.execPath, [command, ...all], { cwd, encoding: "utf8", env }); // prettier-ignore
  expectOutput(stdout + stderr, lines.join("\n"));
}

describe("the pages with a console", () => {
  it("docs/464.md prints what it says", () => {
    const blocks = blocksOf(read("docs/464.md")).filter(({ language }) => language === "console");
    expect(blocks).to.have.length(1);
    for (const block of blocks) runConsole(block, path.join(root, "cli/hopwise.js"), root);
  });

  it("docs/tutorial.md is followed from its first file to its last command", () => {
    const project = temporaryFolder();
    try {
      install(pack(project, "--noCheck"), project);
      const command = path.join(project, "node_modules/hopwise/cli/hopwise.js");
      const index = path.join(project, "index.ts");
      const done = blocksOf(read("docs/tutorial.md")).map((block) => {
        if (block.file !== undefined) fs.writeFileSync(path.join(project, block.file), block.text);
        else if (block.language === "diff")
          fs.writeFileSync(index, applied(fs.readFileSync(index, "utf8"), block.text));
        else if (block.language === "console") runConsole(block, command, project);
        else return "";
        return block.file ?? block.language;
      });
      expect(done.filter((one) => one !== "")).to.deep.equal([
        ...["Pulumi.yaml", "Pulumi.dev.yaml", "package.json", "index.ts"],
        ...["console", "console", "diff", "console", "console"],
      ]);
    } finally {
      fs.rmSync(project, { recursive: true, force: true });
    }
  });

  for (const name of ["464.md", "502-504.md", "tutorial.md"])
    it(`docs/ja/${name} has the blocks of the English page`, () => {
      expect(blocksOf(read(`docs/ja/${name}`))).to.deep.equal(blocksOf(read(`docs/${name}`)));
    });
});
