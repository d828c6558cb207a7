/** The package as npm makes it of this checkout, and projects that have it installed. */
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.join(__dirname, "..");

/** What of a checkout is not its source, and the website, which is not in the package. */
const made = [
  "node_modules",
  "website",
  "dist",
  ".git",
  ".tools",
  ".hopwise",
  "artifacts",
  "coverage",
];

/** npm, to its end, in a folder. @throws with what it printed when it fails */
export function npm(args: readonly string[], cwd: string): string {
  const running = process.env.npm_execpath ?? "";
  const options = { cwd, encoding: "utf8", maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr, error } = /npm-cli\.c?js$/.test(running)
    ? spawnSync(process.execPath, [running, ...args], options)
    : spawnSync("npm", [...args], options);
  if (status !== 0) throw error ?? new Error(`npm ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

/**
 * `npm pack` of a copy of this checkout, so that several at once are no trouble; gives the tarball.
 *
 * @param folder a temporary one, for the copy and the tarball
 * @param tsc arguments of the compiler, e.g. to leave the types out
 */
export function pack(folder: string, ...tsc: string[]): string {
  const copy = path.join(folder, "checkout");
  copyCheckout(copy);
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(copy, "node_modules"));
  const build = spawnSync(process.execPath, ["build.js", ...tsc], { cwd: copy, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`build.js failed:\n${build.stdout}\n${build.stderr}`);
  const [tarball = ""] = npm(["pack", "--silent", "--ignore-scripts"], copy).trim().split("\n");
  return path.join(copy, tarball);
}

/** The sources, without what was made of them, in a new folder. */
export function copyCheckout(folder: string): void {
  fs.mkdirSync(folder);
  for (const name of fs.readdirSync(ROOT).filter((name) => !made.includes(name)))
    fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
}

/** Gives a project's folder the package, and links to the packages of this checkout. */
export function install(tarball: string, project: string): void {
  const modules = path.join(project, "node_modules");
  const hopwise = path.join(modules, "hopwise");
  fs.mkdirSync(hopwise, { recursive: true });
  for (const name of fs.readdirSync(path.join(ROOT, "node_modules")))
    fs.symlinkSync(path.join(ROOT, "node_modules", name), path.join(modules, name));
  execFileSync("tar", ["-xzf", tarball, "-C", hopwise, "--strip-components", "1"]);
}

export function temporaryFolder(): string {
  // Real, as Node and TypeScript see the files in it.
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-package-")));
}
