"use strict";
// What `pulumi preview --policy-pack` starts. A checkout has the pack's sources, which are run with
// the types taken out (startup/); the installed package what they were compiled to, and so has what
// publishable.js writes, in the pack's own folder.
const { existsSync } = require("node:fs");
const path = require("node:path");

const has = (file) => existsSync(path.join(__dirname, file));
const root = path.join(__dirname, has("pack.ts") ? ".." : has("dist") ? "dist" : "../dist");

require(path.join(root, "startup"));
try {
  require(path.join(root, "policy/pack"));
} catch (error) {
  require(path.join(root, "startup/missingPackage.js")).explainMissingPeer(error);
  throw error;
}
