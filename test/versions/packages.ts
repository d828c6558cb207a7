/** Packages of other versions, installed for these tests and kept. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const kept = path.join(__dirname, "..", "..", ".hopwise", "versions");

/** A folder with these packages in its node_modules; installed where that has not been done. */
export function installed(packages: readonly string[]): string {
  const folder = path.join(kept, packages.join("+").replace(/[^a-z0-9.+-]/gi, "_"));
  const done = path.join(folder, "installed");
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{ "private": true }');
  // Without scripts: those of Pulumi's packages fetch plugins.
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages];
  execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(done, "");
  return folder;
}
