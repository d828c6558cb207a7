"use strict";
/**
 * Writes the pack into a folder that `pulumi policy publish` can publish: that command packs the
 * pack's own folder with npm, and the rules lie outside of this one.
 *
 *     node node_modules/hopwise/policy/publishable.js policy-pack
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const [folder] = process.argv.slice(2);
if (folder === undefined || fs.existsSync(folder)) {
  const wrong = folder === undefined ? "Name a folder to write." : `${folder} exists already.`;
  process.stderr.write(`${wrong} Usage: node publishable.js FOLDER\n`);
  process.exit(2);
}
const root = path.join(__dirname, "..");
if (fs.existsSync(path.join(__dirname, "pack.ts"))) {
  const build = [path.join(root, "build.js"), "--declaration", "false"];
  const { status } = spawnSync(process.execPath, build, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

fs.mkdirSync(folder, { recursive: true });
for (const name of ["PulumiPolicy.yaml", "main.js"])
  fs.copyFileSync(path.join(__dirname, name), path.join(folder, name));
/** What policy/ imports: docs/architecture.md. */
for (const part of ["path", "policy", "rules", "startup", "topology"])
  fs.cpSync(path.join(root, "dist", part), path.join(folder, "dist", part), {
    recursive: true,
    filter: (file) => !file.endsWith(".d.ts"),
  });
const { name, description, version, license, main } = require("./package.json");
const { dependencies, peerDependencies, engines } = require(path.join(root, "package.json"));
const needed = {
  "@pulumi/policy": peerDependencies["@pulumi/policy"],
  "@pulumi/pulumi": peerDependencies["@pulumi/pulumi"],
  "ipaddr.js": dependencies["ipaddr.js"],
};
const about = { name, description, version, license, main };
const manifest = { ...about, engines, dependencies: needed };
fs.writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
process.stdout.write(
  `Wrote ${folder}. Next:\n\n  cd ${folder}\n  npm install\n  pulumi policy publish ORGANISATION\n`,
);
