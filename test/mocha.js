"use strict";
// Runs the mocha tests of one folder in a process of its own and tells its parent, test/run.js,
// how it goes: node test/mocha.js <folder> [grep] [retries].
const fs = require("node:fs");
const path = require("node:path");
const { format } = require("node:util");
const Mocha = require("mocha");

const config = require("../.mocharc.json");
for (const module of config.require) require(module);

/** Failures as mocha words them, instead of on the screen. */
function failureText(failures) {
  const { Base } = Mocha.reporters;
  const lines = [];
  Base.consoleLog = (...args) => lines.push(format(...args));
  Base.list(failures);
  return lines.join("\n");
}

/** Tells the parent the counts while tests run, and at the end what failed. */
class Reporter extends Mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: [], again: [] };
    const tell = (type, more) => process.send?.({ type, ...counts, ...more });
    runner.on("pass", () => {
      counts.passed += 1;
      tell("progress");
    });
    runner.on("fail", () => {
      counts.failed += 1;
      tell("progress");
    });
    runner.on("retry", (test, error) => {
      counts.again.push(`${test.fullTitle()}: ${error.message.split("\n")[0]}`);
    });
    runner.on("pending", (test) => {
      counts.skipped.push(test.fullTitle());
    });
    runner.once("end", () => {
      tell("end", { failures: failureText(this.failures) });
    });
  }
}

const [folder, grep, retries = "0"] = process.argv.slice(2);
const options = { timeout: config.timeout, retries: Number(retries), forbidOnly: true };
const mocha = new Mocha({ ...options, reporter: Reporter });
if (grep) mocha.grep(new RegExp(grep));
const files = fs
  .readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith(".test.ts"))
  .sort();
for (const file of files) mocha.addFile(path.join(folder, file));
try {
  mocha.run((failures) => {
    process.exitCode = failures > 0 ? 1 : 0;
    // The parent waits for this process to end by itself: what a test leaves open is a failure.
  });
} catch (error) {
  // A test file that cannot be loaded: its stack says which, the code around it is noise.
  console.error(error.stack);
  process.exitCode = 1;
}
