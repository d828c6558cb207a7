/** Where packages are to be installed, and with what. */
import * as path from "node:path";
import { firstThere, nearestWith, readJson } from "./projectFile";
import { isBag } from "../../topology/props";

const lockFiles: readonly (readonly [file: string, installer: string])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

/** The program that installs a folder's packages, and the folder whose package.json lists them. */
function installerOf(dir: string): { readonly folder: string; readonly installer: string } {
  const folder = nearestWith(dir, ["package.json"]) ?? dir;
  const locks = lockFiles.map(([file]) => file);
  // Workspaces have one lock file, at their root.
  const locked = nearestWith(folder, [...locks, "package-lock.json"]);
  const lock = locked && path.basename(firstThere(locked, [...locks, "package-lock.json"]) ?? "");
  return { folder, installer: lockFiles.find(([file]) => file === lock)?.[1] ?? "npm" };
}

/** The command that installs what a folder's programs need, and where: `npm install in /home/me/app`. */
export function installIn(dir: string): string {
  const { folder, installer } = installerOf(dir);
  return `${installer} install in ${folder}`;
}

/** The command that adds a package to a folder's programs: `yarn add @pulumi/aws in /home/me/app`. */
export function addIn(dir: string, name: string): string {
  const { folder, installer } = installerOf(dir);
  return `${installer} ${installer === "npm" ? "install" : "add"} ${name} in ${folder}`;
}

/** A package that a file is of; undefined for a program's own file. */
export interface InstalledPackage {
  readonly name: string;
  /** True for what has to be listed by the program: not every installer adds peer dependencies. */
  hasPeer(other: string): boolean;
}

/** The package that an installed file is of. */
export function packageOf(file: string): InstalledPackage | undefined {
  const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
  if (folder === undefined) return undefined;
  const name = folder.replace(/^.*[\\/]node_modules[\\/]/, "").replaceAll("\\", "/");
  return {
    name,
    hasPeer: (other) => {
      const { peerDependencies } = manifestOf(folder);
      return isBag(peerDependencies) && other in peerDependencies;
    },
  };
}

/** package.json of a folder; empty where there is none that can be read. */
export function manifestOf(folder: string): Record<string, unknown> {
  try {
    return readJson(path.join(folder, "package.json"));
  } catch {
    return {};
  }
}
