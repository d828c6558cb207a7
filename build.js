"use strict";
// `npm run build`, and what `npm pack` does first: all that the package holds of ours, compiled, at
// the same places below dist/ as here. What is no TypeScript is copied. Arguments go to tsc.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const dist = path.join(__dirname, "dist");

/** What is no TypeScript; the files right in cli/ start a checkout, or this. */
const copied = /^(nginx\/.+|(startup|testing|cli\/.+)\/.+\.js|local\/.+\.sh)$/;

// Files that have moved since the last time would be packed as well.
fs.rmSync(dist, { recursive: true, force: true });
const tsc = require.resolve("typescript/bin/tsc");
const { status } = spawnSync(
  process.execPath,
  [tsc, "-p", "tsconfig.build.json", ...process.argv.slice(2)],
  {
    cwd: __dirname,
    stdio: "inherit",
  },
);
for (const folder of ["cli", "local", "nginx", "startup", "testing"])
  for (const name of fs.readdirSync(path.join(__dirname, folder), { recursive: true })) {
    const file = path.join(folder, name);
    if (!copied.test(file.replaceAll("\\", "/"))) continue;
    fs.cpSync(path.join(__dirname, file), path.join(dist, file), { recursive: true });
  }

// A program that imports hopwise waits for what it uses of it, and for nothing else.
const lazyModules = path.join(dist, "startup/lazyModules.js");
const components = path.join(dist, "components");
for (const name of fs.readdirSync(components, { recursive: true })) {
  if (!name.endsWith(".js")) continue;
  const file = path.join(components, name);
  const whenUsed = `require("${path.relative(path.dirname(file), lazyModules).replaceAll("\\", "/")}").whenUsed`;
  const lazy = fs
    .readFileSync(file, "utf8")
    .replace(/^((?:const|var) \w+ = )(require\("\.[^"]+"\));$/gm, `$1${whenUsed}(() => $2);`);
  fs.writeFileSync(file, lazy);
}
process.exitCode = status ?? 1;
