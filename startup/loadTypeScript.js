"use strict";
/**
 * Makes TypeScript loadable: our own files with their types stripped, as in a deployment, and anybody
 * else's (the programs that `--program` names) translated by tsx, which knows all of the language.
 */
const Module = require("node:module");
const path = require("node:path");
const { compileStripped } = require("./typeStripping.js");

const root = path.join(__dirname, "..") + path.sep;
/** Whatever else lies in the checkout may be a program of somebody else's. */
const ours =
  /^(index\.ts$|(cli|components|config|cost|local|logs|nginx|path|policy|rules|testing|topology)[\\/])/;

/** True for a file of ours, false for one of anybody else's program. */
const isOurs = (file) => file.startsWith(root) && ours.test(file.slice(root.length));
/** True for a package's JavaScript. A package may have TypeScript too. */
const isPackaged = (file) => /[\\/]node_modules[\\/].*\.[cm]?js$/.test(file);

const plain = require.extensions[".js"];
const resolvePlain = Module._resolveFilename;
require("tsx/cjs");
const translate = require.extensions[".ts"];
const resolve = Module._resolveFilename;

// tsx turns source maps on, and Node.js then reads those of all packages.
const withoutSourceMap = (load) => (module, file) => {
  process.setSourceMapsEnabled(false);
  try {
    load(module, file);
  } finally {
    process.setSourceMapsEnabled(true);
  }
};
const loadPackaged = withoutSourceMap(plain);
const loadOurs = withoutSourceMap(compileStripped);

// tsx looks into every .js file for syntax to translate. Packages need none, since this Node can
// require ES modules, and half a second goes by until all of Pulumi's have been looked into.
if (process.features.require_module)
  for (const extension of [".js", ".mjs"]) {
    const translated = require.extensions[extension];
    require.extensions[extension] = (module, file) =>
      (isPackaged(file) ? loadPackaged : translated)(module, file);
  }

require.extensions[".ts"] = (module, file) => {
  (isOurs(file) ? loadOurs : translate)(module, file);
};

// It also looks for a file in more places than there can be one of what we and packages require.
Module._resolveFilename = function (request, parent, ...rest) {
  const from = parent?.filename ?? "";
  const find = isOurs(from) || isPackaged(from) ? resolvePlain : resolve;
  return find.call(this, request, parent, ...rest);
};

module.exports = { isOurs };
