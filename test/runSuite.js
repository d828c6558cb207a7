"use strict";
// Runs one suite in a process of its own.
const { spawn } = require("node:child_process");
const { clearTimeout, setTimeout } = require("node:timers");
const path = require("node:path");

/** Time after its last test in which a suite must end by itself. */
const lingerSeconds = 15;
/** Time after which a suite hangs. */
const suiteSeconds = 15 * 60;

const running = new Set();

/** Ends the processes of all suites that still run. */
function stopAll() {
  for (const child of running) child.kill("SIGTERM");
}

/** `{ passed, failed, skipped: [titles], again: [titles], failures: text, milliseconds }` of a suite. */
function runSuite(suite, { grep, onProgress }) {
  const started = Date.now();
  const args = suite.command ?? [
    path.join(__dirname, "mocha.js"),
    ...[suite.folder, grep ?? "", String(suite.retries ?? 0)],
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) },
  });
  running.add(child);
  let output = "";
  let told;
  let killedFor;
  const collect = (chunk) => {
    output += chunk;
  };
  child.stdout.setEncoding("utf8").on("data", collect);
  child.stderr.setEncoding("utf8").on("data", collect);

  const killAfter = (time, why) =>
    setTimeout(() => {
      killedFor = why;
      child.kill("SIGKILL");
    }, time * 1000);
  const timers = [killAfter(suiteSeconds, `did not end within ${suiteSeconds / 60} minutes`)];
  child.on("message", (message) => {
    told = message;
    if (message.type === "progress") onProgress(suite, message);
    else
      timers.push(
        killAfter(lingerSeconds, `left something running: alive ${lingerSeconds} s after its end`),
      );
  });

  return new Promise((resolve) => {
    child.on("error", (error) => collect(`${error.message}\n`));
    child.on("close", (code, signal) => {
      running.delete(child);
      for (const timer of timers) clearTimeout(timer);
      const result = { passed: 0, failed: 0, skipped: [], again: [], failures: "", ...told };
      const failed = (text) => {
        result.failed += 1;
        result.failures += text;
      };
      // What tests print is noise, unless there is nothing else to go by.
      const ended = `${suite.name} ${killedFor ?? `ended early (${signal ?? `exit ${code}`})`}`;
      if (suite.command) {
        if (code === 0) result.passed = 1;
        else failed(output);
      } else if (killedFor || told?.type !== "end" || (code !== 0 && result.failed === 0))
        failed(`\n${output}\n${ended}`);
      else if (result.passed + result.failed + result.skipped.length === 0 && !grep)
        failed(`\n${suite.name} holds no test`);
      resolve({ ...result, milliseconds: Date.now() - started });
    });
  });
}

module.exports = { runSuite, stopAll };
