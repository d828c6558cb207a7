#!/usr/bin/env node
"use strict";
// The `hopwise` command: makes TypeScript loadable, then hands over to cli/main.ts.
require("./nodeVersion.js").requireNode();
require("node:module").enableCompileCache?.(); // from Node 22 on
require("../startup/lazyModules.js").loadLazily();
require("./loadTypeScript.js");
require("./main.ts").main(process.argv);
