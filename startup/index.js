"use strict";
/**
 * Loaded before the program (`nodeargs` of Pulumi.yaml), so that a preview starts in a fraction of
 * the time; bench/evaluation.ts measures it. Without it the program does the same, slower:
 *
 * 1. What Pulumi's packages hardly ever use is not loaded before it is: lazyModules.js.
 * 2. TypeScript sources are stripped of their types, and nothing else: typeStripping.js.
 * 3. From Node 22 on, what V8 compiled is kept from one start to the next.
 */
require("node:module").enableCompileCache?.();
require("./lazyModules.js").loadLazily();
require.extensions[".ts"] = require("./typeStripping.js").compileStripped;
