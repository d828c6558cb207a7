"use strict";
// Packages that an install may have left out, in words.
const { existsSync } = require("node:fs");
const path = require("node:path");

/** The checkout has its sources, the package what they were compiled to. */
const isCheckout = existsSync(path.join(__dirname, "../cli/main.ts"));
const root = path.join(__dirname, isCheckout ? ".." : "../..");

/** Node.js's words, and Yarn's where it resolves packages itself (Plug'n'Play). */
const notFound =
  /Cannot find (?:module|package) '((?:@[^/']+\/)?[^/']+)|tried to access ((?:@[^/\s]+\/)?[^/\s,]+)/;

/** The package of ours that an error says is missing, by what package.json calls it. */
function missingOf(kind, error) {
  const { code, message } = error ?? {};
  const [, found, refused] = notFound.exec(message) ?? [];
  const name = found ?? refused;
  const named =
    code === "MODULE_NOT_FOUND" && name in (require(path.join(root, "package.json"))[kind] ?? {});
  return named ? name : undefined;
}

/**
 * What an error says is missing, and how to install it: `tsx, which is not installed. Run …`.
 * Undefined for any other error.
 */
function missingPackage(error) {
  const optional = missingOf("optionalDependencies", error);
  const name = optional ?? missingOf("peerDependencies", error);
  if (name === undefined) return undefined;
  const how = isCheckout
    ? `Run npm ci in ${root}.`
    : optional === undefined
      ? "It is a peer dependency, which not every package manager installs: add it to your package.json."
      : "An install with --omit=optional leaves it out: run npm install --include=optional.";
  return `${name}, which is not installed. ${how}`;
}

/**
 * Gives an error of a program that lacks a peer of ours a message that says so. Pulumi prints errors
 * with this mark without their stack trace.
 */
function explainMissingPeer(error) {
  const name = missingOf("peerDependencies", error);
  if (name === undefined) return;
  error.message = `Cannot find module '${name}', which hopwise needs. It is a peer dependency, which not every package manager installs: add ${name} to your package.json.`;
  error.__pulumiRunError = true;
}

module.exports = { explainMissingPeer, missingPackage };
