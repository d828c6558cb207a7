"use strict";
// Runs one suite in a process of its own.
const { spawn } = require("node:child_process");
const { clearTimeout, setTimeout } = require("node:timers");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

/** Time after its last test in which a suite must end by itself. */
const lingerSeconds = 60;
/** Time after which a suite hangs. */
const suiteSeconds = 45 * 60;

const mocha = path.join(__dirname, "..", "node_modules", "mocha", "bin", "mocha.js");
const running = new Set();

/** Ends the processes of all suites that still run. */
function stopAll() {
  for (const child of running) child.kill("SIGTERM");
}

const parts = ["parts.ts", "tools.ts"].map((file) => path.join(__dirname, file));

/** Test files that import what knows of tools, however far away: the others are the same without. */
function filesWithParts({ folder, same = [] }) {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".test.ts") && !same.includes(file.replace(".test.ts", "")))
    .map((file) => path.resolve(folder, file))
    .filter((file) => importsParts(file, new Set()));
}

function importsParts(file, seen) {
  if (parts.includes(file)) return true;
  if (seen.has(file) || !file.startsWith(__dirname) || !fs.existsSync(file)) return false;
  seen.add(file);
  const imports = fs.readFileSync(file, "utf8").matchAll(/ from "(\.[^"]+)"/g);
  return [...imports].some(([, to]) =>
    importsParts(`${path.resolve(path.dirname(file), to)}.ts`, seen),
  );
}

/** The test files of a suite, `longest` first. Mocha would run a file twice that it is given twice. */
function filesOf({ folder, only, longest = [] }) {
  const nameOf = (file) => path.join(folder, `${file}.test.ts`);
  if (only) return only.map(nameOf);
  const all = fs
    .readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => path.join(folder, file))
    .sort();
  return [...new Set([...longest.map(nameOf), ...all])];
}

/** What to give to Node for a suite. */
function commandOf(suite, grep) {
  if (suite.command) return suite.command;
  const files = suite.withoutTools ? filesWithParts(suite) : filesOf(suite);
  return [
    // Much is made that does not last: larger steps of collecting it take a tenth of the time less.
    "--max-semi-space-size=64",
    ...[mocha, "--forbid-only", "--reporter", path.join(__dirname, "reporter.js")],
    ...(suite.parallel ? ["--parallel", "--jobs", String(os.availableParallelism())] : []),
    ...(grep ? ["--grep", grep] : []),
    ...files,
  ];
}

/**
 * Resolves with `{ passed, failed, skipped: [titles], failures: text, milliseconds }` of a suite.
 * `env`: its environment in addition to this process's own.
 */
function runSuite(suite, { grep, env, onProgress }) {
  const started = Date.now();
  const child = spawn(process.execPath, commandOf(suite, grep), {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}), ...env },
  });
  running.add(child);
  let output = "";
  let sent;
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
    sent = message;
    if (message.type === "progress") onProgress(message);
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
      const result = { passed: 0, failed: 0, skipped: [], failures: "", ...sent };
      const failed = (text) => {
        result.failed += 1;
        result.failures += text;
      };
      // What tests print is noise, unless there is nothing else to go by.
      const ended = `${suite.name} ${killedFor ?? `ended early (${signal ?? `exit ${code}`})`}`;
      if (suite.command) {
        if (code === 0) result.passed = 1;
        else failed(output);
      } else if (killedFor || sent?.type !== "end" || (code !== 0 && result.failed === 0))
        failed(`\n${output}\n${ended}`);
      else if (result.passed + result.failed + result.skipped.length === 0 && !grep)
        failed(`\n${suite.name} holds no test`);
      resolve({ ...result, milliseconds: Date.now() - started });
    });
  });
}

module.exports = { runSuite, stopAll };
