"use strict";
// `npm start [-- options]`: installs when needed, then `hopwise local` with the same options.
const path = require("node:path");
const { requireNode } = require("./nodeVersion.js");
const { ensureInstalled } = require("./ensureInstalled.js");

requireNode();
if (ensureInstalled(path.join(__dirname, ".."), { dev: false })) {
  process.argv.splice(2, 0, "local");
  require("./hopwise.js");
} else {
  process.exitCode = 1;
}
