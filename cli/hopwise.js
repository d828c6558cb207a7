#!/usr/bin/env node
"use strict";
// The `hopwise` command. A checkout has its sources, the package what they were compiled to.
const { existsSync } = require("node:fs");
const path = require("node:path");
const { version, optionalDependencies, peerDependencies } = require("../package.json");
require("./nodeVersion.js").requireNode();

const isCheckout = existsSync(path.join(__dirname, "main.ts"));
const root = path.join(__dirname, isCheckout ? ".." : "../dist");

function start() {
  require("node:module").enableCompileCache?.(); // from Node 22 on
  require(path.join(root, "startup"));
  require(path.join(root, "cli/main")).main(process.argv, version);
}

/** The package that the command needs and an error says is missing. */
function missing({ code, message }) {
  const [, name] = /^Cannot find module '((?:@[^/']+\/)?[^/']+)/.exec(message) ?? [];
  const ours =
    code === "MODULE_NOT_FOUND" && name in { ...optionalDependencies, ...peerDependencies };
  return ours ? name : undefined;
}

try {
  start();
} catch (error) {
  const name = missing(error);
  if (name === undefined) throw error;
  console.error(
    `The hopwise command needs ${name}, which is not installed. ` +
      (isCheckout
        ? `Run npm ci in ${root}.`
        : "An install with --omit=optional leaves it out: run npm install --include=optional."),
  );
  process.exitCode = 1;
}
