"use strict";
// What the engine starts for `pulumi package add` and for a program that uses the package. A checkout
// has the provider's sources, the package on npm what they were compiled to.
const { existsSync } = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, existsSync(path.join(__dirname, "host.ts")) ? ".." : "../dist");

require(path.join(root, "startup"));
require(path.join(root, "provider/host")).serve(path.join(root, "provider/schema.json"));
