"use strict";
// `npm test`: see `npm test -- --help`, in test/help.js.
const os = require("node:os");
const path = require("node:path");
const { parseArgs } = require("node:util");
const { requireNode } = require("../cli/nodeVersion.js");
const { ensureInstalled } = require("../cli/ensureInstalled.js");
const { checks, tests } = require("./suites.js");

const root = path.join(__dirname, "..");

const options = {
  help: { type: "boolean", short: "h" },
  all: { type: "boolean" },
  grep: { type: "string" },
  "also-without-tools": { type: "boolean" },
};

/** What the command line asks for. Throws where it is wrong. */
function choose(argv) {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  const all = [...checks, ...tests];
  const unknown = positionals.filter((name) => !all.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    const known = all.map((suite) => suite.name).join(", ");
    throw new Error(`no such suite: ${unknown.join(", ")} (${known})`);
  }
  const asked = ({ name, folder, second }) =>
    positionals.length === 0 ? values.all || (folder && !second) : positionals.includes(name);
  const suites = all.filter(asked).filter((suite) => suite.folder || !values.grep);
  const again = values["also-without-tools"] ? suites.filter((suite) => suite.uses) : [];
  const twice = again.map((suite) => ({ ...suite, withoutTools: true, second: true }));
  return { ...values, suites: [...suites, ...twice] };
}

/**
 * Runs suites side by side, the longest first, one more than there are cores because they wait
 * much of their time. ESLint and tsc need about 1.5 GB each, so that checks run one after the
 * other, and everything does where memory is short.
 */
async function runAll(suites, run) {
  const lanes = os.totalmem() > 3.5 * 2 ** 30 ? os.availableParallelism() + 1 : 1;
  const first = suites.filter((suite) => suite.command);
  const rest = suites.filter((suite) => suite.folder).sort((a, b) => b.seconds - a.seconds);
  const lane = async (own) => {
    for (let suite; (suite = own.shift() ?? rest.shift());) await run(suite);
  };
  await Promise.all([lane(first), ...Array.from({ length: lanes - 1 }, () => lane([]))]);
}

async function main() {
  process.chdir(root);
  require("../startup");
  const { findParts, partInfo, partNames } = require("./parts.ts");
  let chosen;
  let missing;
  try {
    chosen = choose(process.argv.slice(2));
    missing = await findParts();
  } catch (error) {
    console.error(`npm test: ${error.message}`);
    return 2;
  }
  if (chosen.help) {
    console.log(require("./help.js").help({ checks, tests, partInfo, partNames }));
    return 0;
  }
  const { runSuite, stopAll } = require("./runSuite.js");
  process.once("exit", stopAll);
  const { Report } = require("./report.js");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.once(signal, () => {
      process.exit(128 + os.constants.signals[signal]);
    });

  const requireAll = !["", "0", undefined].includes(process.env.HOPWISE_REQUIRE_ALL);
  const report = new Report({ missing, partInfo, requireAll });
  const run = async (suite) => {
    report.started(suite);
    const env = { ...suite.env, ...(suite.withoutTools && { HOPWISE_HIDE_TOOLS: "all" }) };
    const onProgress = (counts) => report.progress(suite, counts);
    report.finished(suite, await runSuite(suite, { grep: chosen.grep, env, onProgress }));
  };
  const everyday = chosen.suites.filter((suite) => !suite.second);
  const second = chosen.suites.filter((suite) => suite.second);
  await runAll(everyday, run);
  if (everyday.length > 0 && second.length > 0) report.secondPart();
  await runAll(second, run);
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
      // Other suites may be running.
      process.exit(1);
    },
  );
} else process.exitCode = 1;
