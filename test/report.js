"use strict";
// What `npm test` shows: a line per suite, then failures in full, then the sum.
const { styleText } = require("node:util");

const plain = (_style, text) => text;
const colours = process.stdout.isTTY && process.stdout.hasColors() && !process.env.NO_COLOR;
const style = colours ? (name, text) => styleText(name, text, { validateStream: false }) : plain;

const nameWidth = 10;

class Report {
  #sum = { passed: 0, failed: 0, skipped: 0 };
  #failures = [];
  #active = new Map();
  #missing;
  #requireAll;
  #wanted = new Set();
  #unexplained = [];
  #again = [];

  constructor({ missing, requireAll }) {
    this.#missing = missing;
    this.#requireAll = requireAll;
  }

  #clear() {
    if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  }

  #line(text) {
    this.#clear();
    console.log(text);
    this.#status();
  }

  /** The last line of a terminal: what runs now. */
  #status() {
    if (!process.stdout.isTTY || this.#active.size === 0) return;
    const now = [...this.#active].map(([name, done]) => (done ? `${name} ${done}` : name));
    const text = `  running: ${now.join(", ")}`.slice(0, process.stdout.columns - 1);
    process.stdout.write(`\r\x1b[K${style("dim", text)}`);
  }

  started(suite) {
    this.#active.set(suite.name, 0);
    this.#status();
  }

  progress = (suite, counts) => {
    this.#active.set(suite.name, counts.passed + counts.failed);
    this.#status();
  };

  finished(suite, result) {
    this.#active.delete(suite.name);
    const skipped = result.skipped.length;
    if (skipped > 0) {
      const explained = (suite.uses ?? []).filter((part) => this.#missing[part]);
      for (const part of explained) this.#wanted.add(part);
      if (explained.length === 0) this.#unexplained.push(...result.skipped);
    }
    this.#again.push(...result.again);
    const failed = result.failed + (this.#requireAll ? skipped : 0);
    this.#sum.passed += result.passed;
    this.#sum.failed += failed;
    this.#sum.skipped += this.#requireAll ? 0 : skipped;
    if (result.failed > 0) this.#failures.push({ suite, text: result.failures });

    const sign = failed > 0 ? style("red", "✘") : style("green", "✔");
    const counts = [
      suite.command ? (result.failed > 0 ? "failed" : "passed") : `${result.passed} passed`,
      ...(!suite.command && result.failed > 0 ? [`${result.failed} failed`] : []),
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ].join(", ");
    const time = `${(result.milliseconds / 1000).toFixed(1)} s`;
    this.#line(
      `${sign} ${suite.name.padEnd(nameWidth)}${counts.padEnd(36)}${style("dim", time.padStart(8))}`,
    );
  }

  /** Everything that has to be said at the end. True when all is well. */
  close() {
    this.#clear();
    for (const { suite, text } of this.#failures)
      console.log(`\n${style("red", `── ${suite.name} ──`)}\n${text.trim()}`);
    if (this.#wanted.size + this.#unexplained.length > 0) {
      const rule = this.#requireAll ? " (HOPWISE_REQUIRE_ALL: a skip is a failure)" : "";
      console.log(`\nSkipped${rule}:`);
      for (const part of this.#wanted) {
        const { title, how } = this.#missing[part];
        console.log(`  without ${title}: ${how.trim().replaceAll("\n", "\n    ")}`);
      }
      for (const title of this.#unexplained) console.log(`  ${title}`);
    }
    if (this.#again.length > 0) {
      console.log("\nPassed or failed at the second try only:");
      for (const title of this.#again) console.log(`  ${title}`);
    }
    const { passed, failed, skipped } = this.#sum;
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    console.log(`\n${passed} passed, ${failed} failed${tail}`);
    return failed === 0;
  }
}

module.exports = { Report };
