"use strict";
// What `npm test` runs. Plain checks count as one test each.

const path = require("node:path");

const bin = (file) => path.join(__dirname, "..", "node_modules", file);

/** Programs that read the source. `lane: "static"` runs beside the tests where there are cores. */
const checks = [
  { name: "format", command: [bin("prettier/bin/prettier.cjs"), "--check", "."] },
  { name: "lint", command: [bin("eslint/bin/eslint.js"), "--max-warnings=0", "."] },
  { name: "types", command: [bin("typescript/bin/tsc"), "-p", "tsconfig.check.json"] },
];

/** Folders of mocha tests. `uses`: parts without which some of its tests skip themselves. */
const tests = [
  { name: "unit", folder: "test/unit" },
  { name: "local", folder: "test/local", uses: ["nginx", "curl"] },
  { name: "matrix", folder: "test/matrix" },
  { name: "clients", folder: "test/clients", uses: ["nginx", "curl", "h2load", "h2spec"] },
  { name: "browser", folder: "test/browser", uses: ["nginx", "chromium", "caddy"] },
  { name: "faults", folder: "test/faults", uses: ["nginx", "curl"] },
  { name: "cli", folder: "test/cli", uses: ["nginx"] },
  { name: "engine", folder: "test/engine", uses: ["pulumi"] },
  { name: "scan", folder: "test/scan", uses: ["scanners"] },
  // Each example is a program with its own dependencies; none is there yet in a young project.
  { name: "examples", folder: "test/examples", optional: true },
];

module.exports = { checks, tests };
