"use strict";
// `npm test [-- suite ...] [--grep PATTERN]`: everything this machine has the parts for.
// HOPWISE_REQUIRE_ALL=1 (CI) makes a failure of every skip.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { parseArgs } = require("node:util");
const { requireNode } = require("../cli/nodeVersion.js");
const { ensureInstalled } = require("../cli/ensureInstalled.js");

const root = path.join(__dirname, "..");

/** The chosen suites; undefined, with the reason on stderr, when the command line is wrong. */
function choose(argv) {
  const { checks, tests } = require("./suites.js");
  const all = [...checks, ...tests].filter(
    (suite) => !suite.optional || fs.existsSync(path.join(root, suite.folder)),
  );
  try {
    const options = { grep: { type: "string" } };
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    const unknown = positionals.filter((name) => !all.some((suite) => suite.name === name));
    if (unknown.length > 0)
      throw new Error(
        `no such suite: ${unknown.join(", ")} (${all.map((s) => s.name).join(", ")})`,
      );
    const chosen = all.filter((s) => positionals.length === 0 || positionals.includes(s.name));
    return { suites: values.grep ? chosen.filter((s) => s.folder) : chosen, grep: values.grep };
  } catch (error) {
    console.error(`npm test: ${error.message}`);
    return undefined;
  }
}

/**
 * Lanes of suites that run beside each other. eslint and tsc need about 1.5 GB each, so that the
 * checks are one lane, one after the other; the tests are the other where the machine is up to it.
 */
function lanes(suites) {
  const roomy = os.availableParallelism() > 1 && os.totalmem() > 3.5 * 2 ** 30;
  if (!roomy) return [suites];
  return [suites.filter((s) => s.command), suites.filter((s) => s.folder)];
}

async function main() {
  process.chdir(root);
  const chosen = choose(process.argv.slice(2));
  if (chosen === undefined) return 2;
  const { runSuite, stopAll } = require("./runSuite.js");
  const { Report } = require("./report.js");
  const { missingParts } = require("./parts.js");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.once(signal, () => {
      stopAll();
      process.exit(128 + os.constants.signals[signal]);
    });

  const requireAll = !["", "0", undefined].includes(process.env.HOPWISE_REQUIRE_ALL);
  const missing = await missingParts(chosen.suites.flatMap((suite) => suite.uses ?? []));
  const report = new Report({ missing, requireAll });
  const run = async (suites) => {
    for (const suite of suites) {
      report.started(suite);
      const options = { grep: chosen.grep, onProgress: report.progress };
      report.finished(suite, await runSuite(suite, options));
    }
  };
  await Promise.all(lanes(chosen.suites).map(run));
  return report.close() ? 0 : 1;
}

requireNode();
if (ensureInstalled(root, { dev: true })) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
} else process.exitCode = 1;
