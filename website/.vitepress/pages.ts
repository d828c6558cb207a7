/** Which documents are pages, and how they are grouped: from the files, without a list of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** The repository's folder. */
export const root = join(import.meta.dirname, "../..");

export interface Page {
  /** From the repository's folder. */
  readonly file: string;
  readonly title: string;
  /** Address in the site, without its beginning. */
  readonly address: string;
}

const title = (file: string): string =>
  /^# (.+)$/m.exec(readFileSync(join(root, file), "utf8"))?.[1]?.replaceAll("`", "") ?? file;

/** The Markdown files of a folder. */
export function pagesIn(folder: string): Page[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => {
      const file = posix.join(folder, name);
      return { file, title: title(file), address: addressOf(file) };
    });
}

/** `docs/plan.md` is `/plan`, `README.md` is `/`, `docs/ja/README.md` is `/ja/`. */
export function addressOf(file: string): string {
  const path = rewritten(file)
    .replace(/(?:^|(?<=\/))index\.md$/, "")
    .replace(/\.md$/, "");
  return `/${path}`;
}

/** Where a document is in the site. */
export function rewritten(file: string): string {
  return file
    .replace(/^docs\//, "")
    .replace(/^README\.(\w\w)\.md$/, "$1/index.md")
    .replace(/(^|\/)README\.md$/, "$1index.md");
}
