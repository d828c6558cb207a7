#!/usr/bin/env node
"use strict";
// The `hopwise` command: makes our TypeScript loadable, then hands over to cli/main.ts.
require("./nodeVersion.js").requireNode();
require("node:module").enableCompileCache?.(); // from Node 22 on
require("../startup");
require("./main.ts").main(process.argv);
