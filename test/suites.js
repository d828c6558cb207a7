"use strict";
// What `npm test` runs. A check counts as one test.

const path = require("node:path");

const bin = (file) => path.join(__dirname, "..", "node_modules", file);

/** Where the checks keep what they found of files that have not changed since. */
const cache = (name) => path.join(__dirname, "..", ".hopwise", "checks", name);

/**
 * Programs that read the source. `seconds`: about how long the first time, next to the others of
 * `npm test` on two cores.
 */
const checks = [
  {
    name: "format",
    command: [
      ...[bin("prettier/bin/prettier.cjs"), "--check", "."],
      ...["--cache", "--cache-strategy", "content", "--cache-location", cache("format")],
    ],
    seconds: 20,
  },
  {
    name: "lint",
    // Without a cache: its rules read the types of other files, which ESLint's cache does not see.
    command: [bin("eslint/bin/eslint.js"), "--max-warnings=0", "."],
    seconds: 110,
  },
  {
    name: "types",
    command: [
      ...[bin("typescript/bin/tsc"), "-p", "tsconfig.check.json"],
      ...["--incremental", "--tsBuildInfoFile", cache("types")],
    ],
    seconds: 35,
  },
];

/**
 * Folders of mocha tests. `uses`: the parts (test/parts.ts) that some of its tests need. `same`:
 * long files for which they make no difference. `parallel`: its files run in as many processes as
 * there are cores, which end when the tests do, whatever was left open; `longest` come first, so that
 * no process waits for the other one in the end.
 * `second`: takes long and rarely finds what the others do not; runs after them, and only where it is
 * named or with --all. `network`: needs a package registry.
 * `only`: just these of its files; `env`: what is added to its environment. Suite `thorough` tries
 * more values where they are random or very many (test/thorough.ts).
 */
const tests = [
  {
    name: "unit",
    folder: "test/unit",
    parallel: true,
    longest: ["testing/evaluate", "rules/one-verdict", "rules/unknown", "provider/schema"],
    seconds: 120,
  },
  { name: "local", folder: "test/local", uses: ["nginx", "curl"], seconds: 240 },
  { name: "matrix", folder: "test/matrix", seconds: 75 },
  {
    name: "clients",
    folder: "test/clients",
    uses: ["nginx", "curl", "h2load", "h2spec"],
    seconds: 120,
  },
  { name: "browser", folder: "test/browser", uses: ["nginx", "chromium", "caddy"], seconds: 75 },
  { name: "faults", folder: "test/faults", uses: ["nginx"], same: ["malformed"], seconds: 85 },
  { name: "cli", folder: "test/cli", uses: ["nginx", "curl"], seconds: 170 },
  { name: "engine", folder: "test/engine", uses: ["pulumi"], seconds: 370 },
  { name: "scan", folder: "test/scan", uses: ["scanners"], seconds: 25 },
  {
    name: "examples",
    folder: "test/examples",
    uses: ["nginx", "curl"],
    seconds: 95,
  },
  {
    name: "lifecycles",
    folder: "test/lifecycles",
    uses: ["pulumi"],
    second: true,
    seconds: 750,
  },
  {
    name: "languages",
    folder: "test/languages",
    uses: ["pulumi", "languages", "java"],
    second: true,
    seconds: 150,
  },
  {
    name: "thorough",
    folder: "test",
    only: [
      ...["config/properties", "config/secrets", "path/properties"].map((name) => `unit/${name}`),
      ...["unit/explain/bounds", "unit/rules/unknown", "matrix/matrix", "engine/startup"],
    ],
    env: { HOPWISE_THOROUGH: "1" },
    parallel: true,
    second: true,
    seconds: 90,
  },
  {
    name: "docs",
    folder: "test/docs",
    uses: ["website", "chromium", "nginx"],
    second: true,
    seconds: 120,
  },
  { name: "package", folder: "test/package", second: true, network: true, seconds: 300 },
  { name: "versions", folder: "test/versions", second: true, network: true, seconds: 300 },
];

module.exports = { checks, tests };
