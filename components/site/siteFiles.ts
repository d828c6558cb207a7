/** The files of a static site: what they are called, what they are, how long they may be kept. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { contentType } from "mime-types";
import { printable } from "../../path/printable";

/** One file to upload. */
interface SiteFile {
  /** Key in the bucket: the path below the folder, with `/` on every system. */
  readonly key: string;
  readonly file: string;
  readonly contentType: string;
  readonly cacheControl: string;
  /** SHA-256 of the content, in hexadecimal. */
  readonly digest: string;
}

/** A folder of files. */
export interface SiteFolder {
  /** Sorted by key. */
  readonly files: readonly SiteFile[];
  /** Changes whenever a file appears, disappears, moves or changes. */
  readonly digest: string;
}

/**
 * Reads a folder. Dot files stay out, but for `.well-known`, which is made to be served.
 *
 * @throws Error when there is no such folder or no file in it
 */
export function readSite(folder: string): SiteFolder {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `site.folder: there is no folder ${printable(folder)}. Build the site first, or name it.`,
    );
  }
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, key: path.relative(folder, file).split(path.sep).join("/") }))
    .filter(({ key }) => !key.split("/").some((part) => /^\.(?!well-known$)/.test(part)))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ file, key }) => ({
      key,
      file,
      contentType: contentTypeOf(key),
      cacheControl: cacheControlOf(key),
      digest: sha256(fs.readFileSync(file)),
    }));
  if (files.length === 0) {
    throw new Error(`site.folder: there is no file in ${printable(folder)}. Build the site first.`);
  }
  return { files, digest: sha256(files.map((f) => `${f.digest} ${f.key}\n`).join("")) };
}

/** What is wrong with a site's arguments, its folder included; empty where nothing is. */
export function siteProblems(
  site: { folder: string; paths: readonly string[]; fallback?: string } | undefined,
): string[] {
  if (site === undefined) return [];
  const odd = site.paths.filter((pattern) => !pattern.startsWith("/"));
  const again = site.paths.filter((pattern, i) => site.paths.indexOf(pattern) < i);
  const problems = [
    ...(site.paths.length > 0
      ? []
      : ["site.paths is empty: list the paths of the one that does not answer by default."]),
    ...odd.map((pattern) => `site.paths: "${pattern}" starts with a slash: "/${pattern}".`),
    ...again.map((pattern) => `site.paths: list each path pattern once, ${pattern} too.`),
  ];
  try {
    const { files } = readSite(site.folder);
    if (site.fallback !== undefined && !files.some(({ key }) => key === site.fallback)) {
      problems.push(
        `site.fallback: there is no file ${printable(site.fallback)} in ${printable(site.folder)}.`,
      );
    }
  } catch (error) {
    problems.push((error as Error).message);
  }
  return problems;
}

/** Content type by the name's ending; text is UTF-8. */
export function contentTypeOf(key: string): string {
  return contentType(path.posix.basename(key)) || "application/octet-stream";
}

/**
 * How long a file may be kept. A name that holds a digest of its content (as bundlers write them)
 * never gets another content: for ever. Everything else: browsers ask each time, and CloudFront,
 * whose cache starts anew with every change of the site, keeps it.
 */
export function cacheControlOf(key: string): string {
  return hasDigest(path.posix.basename(key))
    ? "public, max-age=31536000, immutable"
    : "public, max-age=0, s-maxage=31536000, must-revalidate";
}

/**
 * `app.3f9a1c2e.js`, `index-BvX2_k9Q.css`: eight or more letters and digits after a dot or hyphen,
 * digits among letters or both cases, so that `some-component.js` and `photo-20240101.jpg` are none.
 */
function hasDigest(name: string): boolean {
  const digest = /[.-]([A-Za-z0-9_]{8,})\.[a-z0-9]+(?:\.map)?$/.exec(name)?.[1] ?? "";
  const [upper, lower, digit] = [/[A-Z]/, /[a-z]/, /\d/].map((kind) => kind.test(digest));
  return (upper && lower) === true || (digit === true && (upper === true || lower === true));
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
