/** Where packages are to be installed, and with what. */
import * as path from "node:path";
import { firstThere, nearestWith } from "./projectFile";

const lockFiles: readonly (readonly [file: string, installer: string])[] = [
  ["pnpm-lock.yaml", "pnpm install"],
  ["yarn.lock", "yarn install"],
  ["bun.lock", "bun install"],
  ["bun.lockb", "bun install"],
];

/** The command that installs what a folder's programs need, and where: `npm install in /home/me/app`. */
export function installIn(dir: string): string {
  const folder = nearestWith(dir, ["package.json"]) ?? dir;
  const locks = lockFiles.map(([file]) => file);
  // Workspaces have one lock file, at their root.
  const locked = nearestWith(folder, [...locks, "package-lock.json"]);
  const lock = locked && path.basename(firstThere(locked, [...locks, "package-lock.json"]) ?? "");
  const command = lockFiles.find(([file]) => file === lock)?.[1] ?? "npm install";
  return `${command} in ${folder}`;
}
