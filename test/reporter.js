"use strict";
// Mocha's reporter of `npm test`: sends to the parent, test/runSuite.js, the counts while tests
// run, and at the end what failed.
const { format } = require("node:util");
const { Base } = require("mocha").reporters;

/** Failures as mocha words them, instead of on the screen. */
function failureText(failures) {
  const lines = [];
  Base.consoleLog = (...args) => lines.push(format(...args));
  Base.list(failures);
  return lines.join("\n");
}

class Reporter extends Base {
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: [] };
    const send = (type, more) => process.send?.({ type, ...counts, ...more });
    runner.on("pass", () => {
      counts.passed += 1;
      send("progress");
    });
    runner.on("fail", () => {
      counts.failed += 1;
      send("progress");
    });
    runner.on("pending", (test) => {
      counts.skipped.push(test.fullTitle());
    });
    runner.once("end", () => {
      send("end", { failures: failureText(this.failures) });
    });
  }
}

module.exports = Reporter;
