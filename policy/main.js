"use strict";
// What `pulumi preview --policy-pack` starts. The installed package holds the pack compiled; in a
// checkout its sources are run, with the types taken out (startup/).
const { existsSync } = require("node:fs");
const path = require("node:path");

require("../startup");
require(existsSync(path.join(__dirname, "pack.ts")) ? "./pack.ts" : "../dist/policy/pack.js");
