"use strict";
// What `npm test` shows: a line for each suite that has ended, with its failures in full, then the sum.
const { styleText } = require("node:util");

const plain = (_style, text) => text;
const colours = process.stdout.isTTY && process.stdout.hasColors() && !process.env.NO_COLOR;
const style = colours ? (name, text) => styleText(name, text, { validateStream: false }) : plain;

const nameWidth = 24;
const titleOf = (suite) => suite.name + (suite.withoutTools ? ", without tools" : "");

class Report {
  #sum = { passed: 0, failed: 0, skipped: 0 };
  #failed = [];
  #active = new Map();
  #began = Date.now();
  #missing;
  #partInfo;
  #requireAll;
  #wanted = new Set();
  #unexplained = [];

  constructor({ missing, partInfo, requireAll }) {
    this.#missing = missing;
    this.#partInfo = partInfo;
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
    const now = [...this.#active].map(([suite, done]) => `${titleOf(suite)} ${done || ""}`.trim());
    const text = `  running: ${now.join(", ")}`.slice(0, process.stdout.columns - 1);
    process.stdout.write(`\r\x1b[K${style("dim", text)}`);
  }

  started(suite) {
    this.#active.set(suite, 0);
    this.#status();
  }

  /** Between the everyday suites and what needs more. */
  secondPart() {
    const seconds = Math.round((Date.now() - this.#began) / 1000);
    this.#line(`\nAfter ${seconds} s, what needs more:\n`);
  }

  progress(suite, counts) {
    this.#active.set(suite, counts.passed + counts.failed);
    this.#status();
  }

  finished(suite, result) {
    this.#active.delete(suite);
    // Without tools that is what a skip is for.
    const skipped = suite.withoutTools ? 0 : result.skipped.length;
    if (skipped > 0) {
      const explained = (suite.uses ?? []).filter((part) => this.#missing.has(part));
      for (const part of explained) this.#wanted.add(part);
      if (explained.length === 0) this.#unexplained.push(...result.skipped);
    }
    const failed = result.failed + (this.#requireAll ? skipped : 0);
    this.#sum.passed += result.passed;
    this.#sum.failed += failed;
    this.#sum.skipped += this.#requireAll ? 0 : skipped;

    const sign = failed > 0 ? style("red", "✘") : style("green", "✔");
    const counts = [
      suite.command ? (result.failed > 0 ? "failed" : "passed") : `${result.passed} passed`,
      ...(!suite.command && result.failed > 0 ? [`${result.failed} failed`] : []),
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ].join(", ");
    const time = `${(result.milliseconds / 1000).toFixed(1)} s`;
    this.#line(
      `${sign} ${titleOf(suite).padEnd(nameWidth)}${counts.padEnd(36)}${style("dim", time.padStart(8))}`,
    );
    if (result.failed > 0) {
      this.#failed.push(titleOf(suite));
      this.#line(`\n${result.failures.trim()}\n`);
    }
  }

  /** Everything that has to be said at the end. True when all is well. */
  close() {
    this.#clear();
    if (this.#failed.length > 0)
      console.log(`\n${style("red", `Failed, see above: ${this.#failed.join("; ")}`)}`);
    if (this.#wanted.size + this.#unexplained.length > 0) {
      const rule = this.#requireAll ? " (HOPWISE_REQUIRE_ALL: a skip is a failure)" : "";
      console.log(`\nSkipped${rule}:`);
      for (const part of this.#wanted) {
        const { title, how } = this.#partInfo(part);
        console.log(`  without ${title}: ${how.trim().replaceAll("\n", "\n    ")}`);
      }
      for (const title of this.#unexplained) console.log(`  ${title}`);
    }
    const { passed, failed, skipped } = this.#sum;
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    console.log(`\n${passed} passed, ${failed} failed${tail}`);
    return failed === 0;
  }
}

module.exports = { Report };
