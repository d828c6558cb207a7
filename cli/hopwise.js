#!/usr/bin/env node
"use strict";
// The `hopwise` command. A checkout has its sources, the package what they were compiled to.
const { existsSync } = require("node:fs");
const path = require("node:path");
const { version } = require("../package.json");
require("./nodeVersion.js").requireNode();

const isCheckout = existsSync(path.join(__dirname, "main.ts"));
const root = path.join(__dirname, isCheckout ? ".." : "../dist");
const { missingPackage } = require(path.join(root, "startup/missingPackage.js"));

function start() {
  require(path.join(root, "startup"));
  require(path.join(root, "cli/main")).main(process.argv, version);
}

try {
  start();
} catch (error) {
  const missing = missingPackage(error);
  if (missing === undefined) throw error;
  console.error(`The hopwise command needs ${missing}`);
  process.exitCode = 1;
}
