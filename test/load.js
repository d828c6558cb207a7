"use strict";
/**
 * Loaded by mocha before anything else: TypeScript as the CLI loads it, tests included, several
 * times faster than tsx translates it and with every line where it was written.
 */
const path = require("node:path");
const { loadLazily } = require("../startup/lazyModules.js");
const { compileStripped } = require("../startup/typeStripping.js");

loadLazily();
require("../startup/loadTypeScript.js");

const load = require.extensions[".ts"];
const tests = __dirname + path.sep;
require.extensions[".ts"] = (module, file) =>
  (file.startsWith(tests) ? compileStripped : load)(module, file);

// Mocha lifts Node's limit, and Pulumi's SDK takes a trace for every promise that it makes.
Error.stackTraceLimit = 10;
