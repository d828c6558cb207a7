"use strict";
/**
 * Evaluates one program in this process, for evaluateInChild.ts. In addition to what the command
 * loads TypeScript with, ES modules are translated: those that a program imports, and a program that is one.
 */
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
// From Node 22 on.
Module.enableCompileCache?.();
require("../../startup/lazyModules.js").loadLazily();
let isOurs;
try {
  ({ isOurs } = require("../../startup/loadTypeScript.js"));
} catch ({ message }) {
  // tsx reads the program's tsconfig.json first, and what that extends may be missing.
  process.once("message", () =>
    process.send({ kind: "unreadable", message }, () => process.exit(1)),
  );
  return;
}

let registered = false;

/** Has tsx translate ES modules. It starts a thread, and so waits until one is imported. */
function translateModules() {
  if (registered) return;
  registered = true;
  // The CommonJS form of this module looks for its hooks in the wrong folder.
  const tsx = path.dirname(require.resolve("tsx/package.json"));
  require(path.join(tsx, "dist/esm/api/index.mjs")).register();
}

function importModule(file) {
  translateModules();
  return import(pathToFileURL(file).href);
}

// A CommonJS program may import TypeScript, whose ending Node.js does not know. We do not.
const load = require.extensions[".ts"];
require.extensions[".ts"] = (module, file) => {
  const programs = !isOurs(file) && !file.includes("node_modules");
  if (programs && /\bimport\s*\(/.test(fs.readFileSync(file))) translateModules();
  load(module, file);
};

// The parent ends this process once it has the result, before Node would write the cache.
require("./runChild").runChild(importModule, () => Module.flushCompileCache?.());
