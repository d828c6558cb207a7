#!/usr/bin/env node
"use strict";
// The `hopwise` command. A checkout has its sources, the package what they were compiled to.
const { existsSync } = require("node:fs");
const path = require("node:path");
const { version, optionalDependencies } = require("../package.json");
require("./nodeVersion.js").requireNode();

const root = path.join(__dirname, existsSync(path.join(__dirname, "main.ts")) ? ".." : "../dist");

function start() {
  require("node:module").enableCompileCache?.(); // from Node 22 on
  require(path.join(root, "startup/lazyModules.js")).loadLazily();
  require(path.join(root, "startup/loadTypeScript.js"));
  require(path.join(root, "cli/main")).main(process.argv, version);
}

/** The package of the command that is missing, as an install with --omit=optional leaves it. */
function omitted({ code, message }) {
  const [, name] = /^Cannot find module '((?:@[^/']+\/)?[^/']+)/.exec(message) ?? [];
  return code === "MODULE_NOT_FOUND" && name in optionalDependencies ? name : undefined;
}

try {
  start();
} catch (error) {
  const name = omitted(error);
  if (name === undefined) throw error;
  console.error(
    `The hopwise command needs ${name}, which is not installed: what only the command needs was ` +
      "left out (--omit=optional). Run npm install again with --include=optional.",
  );
  process.exitCode = 1;
}
