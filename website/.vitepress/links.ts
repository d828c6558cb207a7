/** Links between documents, which are written for the repository's files, as links between pages. */
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import type { MarkdownRenderer } from "vitepress";
import { addressOf, root } from "./pages";

/** Files that are linked to and are no pages: they become files of the site. */
const linked = new Set<string>();

/** A browser shows a source as text only under a name of text. */
const shownAs = (file: string): string => (/\.(?:json|svg)$/.test(file) ? file : `${file}.txt`);

/** The address of what a document links to; undefined where it is no file of the repository. */
function target(document: string, href: string): string | undefined {
  if (/^(?:[a-z]+:|\/|#)/.test(href)) return undefined;
  const [path = "", anchor] = href.split("#");
  let file = posix.join(posix.dirname(document), path);
  if (!existsSync(join(root, file))) throw new Error(`${document}: there is no ${path}`);
  if (statSync(join(root, file)).isDirectory()) file = posix.join(file, "README.md");
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (file.endsWith(".md")) return addressOf(file) + hash;
  linked.add(file);
  return `/files/${shownAs(file)}`;
}

/** Turns links as a document is read. */
export function siteLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("site-links", ({ tokens, env }) => {
    const { realPath, path } = env as { realPath?: string; path: string };
    const document = relative(root, realPath ?? path);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== "link_open") continue;
      const to = target(document, token.attrGet("href") ?? "");
      if (to !== undefined) token.attrSet("href", to);
    }
  });
}

/** Copies the files that pages link to into the site. */
export function copyLinked(site: string): void {
  for (const file of linked) {
    const to = join(site, "files", shownAs(file));
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(root, file), to);
  }
}
