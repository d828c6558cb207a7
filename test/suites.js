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

/**
 * Folders of mocha tests. `uses`: parts without which some of its tests skip themselves. `retries`:
 * where processes, ports and other people's programs take part, a test is tried again before it
 * counts as failed; which ones were is said at the end.
 */
const tests = [
  { name: "unit", folder: "test/unit" },
  { name: "local", folder: "test/local", retries: 1, uses: ["nginx", "curl"] },
  { name: "matrix", folder: "test/matrix", retries: 1 },
  {
    name: "clients",
    folder: "test/clients",
    retries: 1,
    uses: ["nginx", "curl", "h2load", "h2spec"],
  },
  { name: "browser", folder: "test/browser", retries: 1, uses: ["nginx", "chromium", "caddy"] },
  { name: "faults", folder: "test/faults", retries: 1, uses: ["nginx", "curl"] },
  { name: "cli", folder: "test/cli", retries: 1, uses: ["nginx"] },
  { name: "engine", folder: "test/engine", retries: 1, uses: ["pulumi"] },
  { name: "scan", folder: "test/scan", uses: ["scanners"] },
  // Each example is a program with its own dependencies; none is there yet in a young project.
  { name: "examples", folder: "test/examples", retries: 1, optional: true },
];

module.exports = { checks, tests };
