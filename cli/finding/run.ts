/** Prints a page of docs/findings, which the package carries, as text for a terminal. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { CommandFailure } from "../failure";
import type { Language } from "../language";
import { screenOf, type Screen } from "../screen";
import { meantText } from "../spelling";
import { wrap } from "../text";

/** The documents: next to the sources in a checkout, next to `dist` in the package. */
const documents = ["../../docs", "../../../docs"]
  .map((folder) => path.join(__dirname, folder))
  .find((folder) => existsSync(path.join(folder, "findings")));

const folderOf = (language: Language): string =>
  path.join(documents ?? "docs", ...(language === "en" ? [] : [language]), "findings");

/**
 * Prints the page of a code; without one, all codes.
 * @throws {CommandFailure} with exit code 2 where there is no such code
 */
export function runFinding(code: string | undefined, screen: Screen = screenOf()): void {
  const codes = readdirSync(folderOf("en"))
    .filter((file) => file !== "README.md")
    .map((file) => file.replace(/\.md$/, ""));
  if (code === undefined) {
    for (const one of codes) screen.print(one);
    return;
  }
  if (!codes.includes(code)) {
    // A status, or a word of what went wrong.
    const about = codes.filter((one) => one.includes(code.toLowerCase()));
    if (about.length > 0)
      throw new CommandFailure(
        `There is no finding ${code}. With it in their code: ${about.join(", ")}.`,
        2,
      );
    throw new CommandFailure(
      `There is no finding ${code}.${meantText(code, codes)} "hopwise finding" without a code lists all.`,
      2,
    );
  }
  const page = readFileSync(path.join(folderOf(screen.language), `${code}.md`), "utf8");
  for (const line of terminalLines(page, screen)) screen.print(line);
}

/** A page's Markdown as lines of text. */
export function terminalLines(markdown: string, screen: Screen): string[] {
  let inCode = false;
  return (
    markdown
      .replace(/^<!--.*-->\n+/, "")
      // The link to the other language: --lang leads there.
      .replace(/^\[(?:English|日本語)\]\([^)]*\)\n+/m, "")
      .trimEnd()
      .split("\n")
      .flatMap((line): string[] => {
        if (line.startsWith("```")) {
          inCode = !inCode;
          return [];
        }
        if (inCode) {
          const style = line.startsWith("-") ? "red" : line.startsWith("+") ? "green" : "dim";
          return [`    ${screen.style(style, line)}`];
        }
        if (line.startsWith("#")) return [screen.style("bold", line.replace(/^#+ /, ""))];
        const [, mark = "", text = ""] = /^(> |- |)(.*)$/.exec(line) ?? [];
        const indent = mark === "" ? "" : "  ";
        const first = mark === "- " ? `${screen.signs.dot} ` : indent;
        const lines = wrap(plain(text), screen.width - indent.length);
        return lines.length === 0
          ? [""]
          : lines.map((part, i) => (i === 0 ? first : indent) + part);
      })
  );
}

/** Text without the marks of Markdown. */
function plain(text: string): string {
  return text
    .replace(/(?<!\\)\[`?([^\]`]*)`?\]\([^)]*\)/g, "$1")
    .replace(/(?<!\\)<(https:[^>]*)>/g, "$1")
    .replace(/(?<!\\)\*\*|(?<!\\)`/g, "")
    .replace(/\\([\\`*_<>[\]])/g, "$1");
}
