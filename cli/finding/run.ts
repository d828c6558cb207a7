/** Prints a page of docs/findings as text for a terminal. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { CommandFailure } from "../failure";
import type { Language } from "../language";
import { screenOf, type Screen } from "../screen";
import { meantText } from "../spelling";
import { wrap } from "../text";

/** The pages by their codes: from docs/ in a checkout, in the package from a file of `build.js`. */
function pagesOf(language: Language): ReadonlyMap<string, string> {
  const packed = path.join(__dirname, "pages.json.br");
  if (existsSync(packed)) {
    const text = brotliDecompressSync(readFileSync(packed)).toString();
    const pages = JSON.parse(text) as Record<string, Record<Language, string>>;
    return new Map(Object.entries(pages).map(([code, page]) => [code, page[language]]));
  }
  const docs = path.join(__dirname, "../../docs");
  const folder = path.join(docs, ...(language === "en" ? [] : [language]), "findings");
  const files = readdirSync(folder).filter((file) => file !== "README.md");
  return new Map(
    files.map((file) => [file.replace(/\.md$/, ""), readFileSync(path.join(folder, file), "utf8")]),
  );
}

/**
 * Prints the page of a code; without one, all codes.
 * @throws {CommandFailure} with exit code 2 where there is no such code
 */
export function runFinding(code: string | undefined, screen: Screen = screenOf()): void {
  const pages = pagesOf(screen.language);
  const codes = [...pages.keys()];
  if (code === undefined) {
    for (const one of codes) screen.print(one);
    return;
  }
  const page = pages.get(code);
  if (page === undefined) {
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
