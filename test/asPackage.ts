/** This package as a program finds it that npm installed it for, from its sources. */
import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");

/** Puts a `node_modules` with `hopwise` into a program's folder. */
export function linkHopwise(folder: string): void {
  const modules = path.join(folder, "node_modules");
  const packages = path.join(root, "node_modules");
  fs.mkdirSync(path.join(modules, "hopwise"), { recursive: true });
  for (const name of fs.readdirSync(packages))
    if (name !== "hopwise") fs.symlinkSync(path.join(packages, name), path.join(modules, name));
  const main = path.join(root, "components/index.ts");
  fs.writeFileSync(
    path.join(modules, "hopwise/index.js"),
    `module.exports = require(${JSON.stringify(main)});`,
  );
}
