#!/usr/bin/env node
"use strict";
// The `hopwise` command: makes TypeScript loadable, then hands over to cli/main.ts.
require("./nodeVersion.js").requireNode();
require("node:module").enableCompileCache?.(); // from Node 22 on

require("../local/lazyModules.js").loadLazily();

const plain = require.extensions[".js"];
require("tsx/cjs");
// tsx looks into every .js file for syntax to translate. Packages need none, since this Node can
// require ES modules, and half a second goes by until all of Pulumi's have been looked into.
const translating = require.extensions[".js"];
if (process.features.require_module)
  require.extensions[".js"] = (module, file) =>
    (/[\\/]node_modules[\\/]/.test(file) ? plain : translating)(module, file);

require("./main.ts").main(process.argv);
