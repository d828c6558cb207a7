"use strict";
// Packages that an install may have left out, in words.
const { existsSync } = require("node:fs");
const path = require("node:path");

/** The checkout has its sources, the package what they were compiled to. */
const isCheckout = existsSync(path.join(__dirname, "../cli/main.ts"));
const root = path.join(__dirname, isCheckout ? ".." : "../..");

/**
 * What an error says is missing, and how to install it: `tsx, which is not installed. Run …`.
 * Undefined for any other error.
 */
function missingPackage({ code, message }) {
  const [, name] = /^Cannot find (?:module|package) '((?:@[^/']+\/)?[^/']+)/.exec(message) ?? [];
  const { optionalDependencies, peerDependencies } = require(path.join(root, "package.json"));
  const ours =
    code === "MODULE_NOT_FOUND" && name in { ...optionalDependencies, ...peerDependencies };
  if (!ours) return undefined;
  return (
    `${name}, which is not installed. ` +
    (isCheckout
      ? `Run npm ci in ${root}.`
      : "An install with --omit=optional leaves it out: run npm install --include=optional.")
  );
}

module.exports = { missingPackage };
