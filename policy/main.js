"use strict";
// What `pulumi preview --policy-pack` starts. The installed package holds the pack compiled; in a
// checkout its sources are run, with the types taken out (startup.js).
const { existsSync } = require("node:fs");
const path = require("node:path");

if (existsSync(path.join(__dirname, "pack.ts"))) {
  require("../startup.js");
  require("./pack.ts");
} else {
  require("../dist/policy/pack.js");
}
