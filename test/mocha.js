"use strict";
// Runs the mocha tests of one folder in a process of its own and tells its parent, test/run.js,
// how it goes: node test/mocha.js <folder> [grep]. Prints failures in full, as mocha words them.
const fs = require("node:fs");
const path = require("node:path");
const Mocha = require("mocha");

const config = require("../.mocharc.json");
for (const module of config.require) require(module);

/** Counts for the parent while tests run; text of the failures on stdout at the end. */
class Reporter extends Mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: [] };
    const tell = (type) => process.send?.({ type, ...counts });
    runner.on("pass", () => {
      counts.passed += 1;
      tell("progress");
    });
    runner.on("fail", () => {
      counts.failed += 1;
      tell("progress");
    });
    runner.on("pending", (test) => {
      counts.skipped.push(test.fullTitle());
    });
    runner.once("end", () => {
      if (this.failures.length > 0) Mocha.reporters.Base.list(this.failures);
      tell("end");
    });
  }
}

const [folder, grep] = process.argv.slice(2);
const mocha = new Mocha({ timeout: config.timeout, reporter: Reporter, forbidOnly: true });
if (grep) mocha.grep(new RegExp(grep));
const files = fs
  .readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith(".test.ts"))
  .sort();
for (const file of files) mocha.addFile(path.join(folder, file));
mocha.run((failures) => {
  process.exitCode = failures > 0 ? 1 : 0;
  // The parent waits for this process to end by itself: what a test leaves open is a failure.
});
