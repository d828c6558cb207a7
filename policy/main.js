"use strict";
// What `pulumi preview --policy-pack` starts. A checkout has the pack's sources, which are run with
// the types taken out (startup/); the installed package what they were compiled to.
const { existsSync } = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, existsSync(path.join(__dirname, "pack.ts")) ? ".." : "../dist");

require(path.join(root, "startup"));
require(path.join(root, "policy/pack"));
