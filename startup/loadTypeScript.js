"use strict";
/**
 * Makes TypeScript loadable: our own files with their types stripped, as in a deployment, and anybody
 * else's (the programs that `--program` names) translated by tsx, which knows all of the language.
 */
const path = require("node:path");
const { compileStripped } = require("./typeStripping.js");

const root = path.join(__dirname, "..") + path.sep;
/** Whatever else lies in the checkout may be a program of somebody else's. */
const ours =
  /^(index\.ts$|(cli|components|config|cost|local|logs|nginx|path|policy|rules|testing|topology)[\\/])/;

const plain = require.extensions[".js"];
require("tsx/cjs");
const translate = require.extensions[".ts"];

// tsx looks into every .js file for syntax to translate. Packages need none, since this Node can
// require ES modules, and half a second goes by until all of Pulumi's have been looked into.
if (process.features.require_module)
  for (const extension of [".js", ".mjs"]) {
    const translated = require.extensions[extension];
    require.extensions[extension] = (module, file) =>
      (/[\\/]node_modules[\\/]/.test(file) ? plain : translated)(module, file);
  }

/** True for a file of ours, false for one of anybody else's program. */
const isOurs = (file) => file.startsWith(root) && ours.test(file.slice(root.length));

require.extensions[".ts"] = (module, file) => {
  (isOurs(file) ? compileStripped : translate)(module, file);
};

module.exports = { isOurs };
