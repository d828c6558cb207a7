/** Where a project's program is, and how Node.js takes it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { nearestWith, ProjectError, readJson } from "./projectFile";
import { isBag } from "../../topology/props";

export interface EntryPoint {
  /** Working directory of the program: relative paths in it start there. */
  readonly cwd: string;
  /** The file to load. */
  readonly entry: string;
  /** True for an ES module. */
  readonly isModule: boolean;
}

/**
 * Entry point and working directory, as Pulumi finds them: `main` of Pulumi.yaml, or else what
 * package.json exports, or else the folder itself.
 *
 * @throws ProjectError where there is no program
 */
export function entryPointOf(root: string, main: string | undefined): EntryPoint {
  const found = find(root, main);
  return { ...found, isModule: isModule(found.entry) };
}

function find(root: string, main: string | undefined): Omit<EntryPoint, "isModule"> {
  if (main === undefined) return { cwd: root, entry: inFolder(root) };
  const target = path.resolve(root, main);
  if (!fs.existsSync(target)) {
    throw new ProjectError(`Pulumi.yaml names the program ${main}, and ${target} is missing.`);
  }
  if (!fs.statSync(target).isDirectory()) return { cwd: path.dirname(target), entry: target };
  return { cwd: target, entry: inFolder(target) };
}

function inFolder(dir: string): string {
  const manifest = path.join(dir, "package.json");
  const named: string[] = [];
  if (fs.existsSync(manifest)) {
    const { main, exports: exported } = readJson(manifest);
    const dot = isBag(exported) ? exported["."] : exported;
    const target = isBag(dot) ? (dot.default ?? dot.require ?? dot.import) : dot;
    named.push(...[target, main].filter((c): c is string => typeof c === "string"));
  }
  const candidates = [...named, "index.ts", "index.js", "index.mts", "index.mjs"];
  const found = candidates
    .map((c) => path.join(dir, c))
    .find((file) => fs.existsSync(file) && fs.statSync(file).isFile());
  if (found === undefined) {
    const built =
      named.length === 0
        ? ""
        : ` If a build makes ${named.join(" or ")}, which package.json names, run it first.`;
    throw new ProjectError(
      `There is no program in ${dir}: looked for ${candidates.join(", ")}.${built}`,
    );
  }
  return found;
}

/** By the file's ending, or else by `type` of the nearest package.json, as Node.js decides. */
function isModule(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  if (/\.c[jt]s$/.test(file)) return false;
  const folder = nearestWith(path.dirname(file), ["package.json"]);
  return folder !== undefined && readJson(path.join(folder, "package.json")).type === "module";
}
