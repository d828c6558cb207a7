/**
 * How fast `hopwise explain` reads, compared with GoAccess (Debian's package `goaccess`), in one run and on
 * the same log, which is made first: each reads it to the end and writes its report into a file.
 *
 *     node -r ./startup bench/explain.ts [--megabytes 1000] [--runs 3] [--check]
 *
 * `--check` ends with 1 where the ratio is below 10 or the memory over 200 MB. The memory is also
 * taken on a tenth of the log: it does not depend on the log's size.
 */
import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { traffic } from "../test/unit/explain/lines";
import { peakMemory, processorTime } from "./program";
import { median } from "./numbers";

const BUDGET = { ratio: 10, megabytes: 200 };
const explain = path.join(__dirname, "..", "cli", "hopwise.js");

interface Run {
  readonly seconds: number;
  /** Seconds of processor time, on all cores: what a busy machine changes less. */
  readonly processor: number;
  readonly megabytes: number;
}

/** Lines until the file has its size; one in fifty is a load balancer's error. */
function makeLog(file: string, bytes: number): number {
  const out = fs.openSync(file, "w");
  let written = 0;
  let lines = 0;
  let batch: string[] = [];
  for (const { line } of traffic(Number.MAX_SAFE_INTEGER)) {
    batch.push(line);
    lines++;
    if (batch.length < 5000) continue;
    written += fs.writeSync(out, `${batch.join("\n")}\n`);
    batch = [];
    if (written >= bytes) break;
  }
  fs.closeSync(out);
  return lines;
}

/** Runs a command to its end; its output goes into a file. */
function timed(command: string, args: readonly string[], output: string): Promise<Run> {
  const out = fs.openSync(output, "w");
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", out, "inherit"] });
  let megabytes = 0;
  let processor = 0;
  const look = setInterval(() => {
    processor = (processorTime(child.pid) ?? 0) / 1000;
    megabytes = Math.max(megabytes, peakMemory(child.pid) ?? 0);
  }, 20);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(look);
      fs.closeSync(out);
      // 1: errors were found, which is what the log is full of.
      if (code === 0 || code === 1)
        resolve({ seconds: (performance.now() - start) / 1000, processor, megabytes });
      else reject(new Error(`${command} ended with ${String(code)}`));
    });
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      megabytes: { type: "string", default: "1000" },
      runs: { type: "string", default: "3" },
      check: { type: "boolean" },
    },
  });
  if (spawnSync("goaccess", ["--version"]).error !== undefined)
    throw new Error("GoAccess is not here: apt-get install goaccess");
  const folder = fs.mkdtempSync(path.join(tmpdir(), "hopwise-bench-"));
  try {
    const log = path.join(folder, "alb.log");
    const bytes = Number(values.megabytes) * 1e6;
    const lines = makeLog(log, bytes);
    console.log(`${lines} lines, ${(fs.statSync(log).size / 1e6).toFixed(0)} MB`);
    const report = path.join(folder, "report");
    const commands = {
      goaccess: () => {
        const options = ["--log-format=AWSALB", "--no-global-config", "--no-progress"];
        return timed("goaccess", [log, ...options, "-o", `${report}.html`], `${report}.txt`);
      },
      hopwise: () => timed(process.execPath, [explain, "explain", "--json", log], `${report}.json`),
    };
    const runs: Record<keyof typeof commands, Run[]> = { goaccess: [], hopwise: [] };
    // By turns, so that what else the machine does falls on both.
    for (let run = 0; run < Number(values.runs); run++)
      for (const name of ["goaccess", "hopwise"] as const) {
        const result = await commands[name]();
        runs[name].push(result);
        const rate = (lines / result.seconds).toFixed(0);
        console.log(
          `${name.padEnd(9)} ${result.seconds.toFixed(2).padStart(7)} s ${rate.padStart(9)} lines/s ${result.processor.toFixed(2).padStart(6)} s of processor ${result.megabytes.toFixed(0).padStart(5)} MB`,
        );
      }
    const read = JSON.parse(fs.readFileSync(`${report}.json`, "utf8")) as {
      read: { lines: number };
    };
    if (read.read.lines !== lines) throw new Error(`explain read ${read.read.lines} lines`);

    const small = path.join(folder, "small.log");
    makeLog(small, bytes / 10);
    const tenth = await timed(
      process.execPath,
      [explain, "explain", "--json", small],
      `${report}.small`,
    );
    const ratioOf = (of: (run: Run) => number): number =>
      median(runs.goaccess.map(of)) / median(runs.hopwise.map(of));
    const ratio = ratioOf((run) => run.seconds);
    const work = ratioOf((run) => run.processor);
    const megabytes = Math.max(...runs.hopwise.map((run) => run.megabytes));
    console.log(
      `${ratio.toFixed(1)} times as fast as GoAccess (budget: ${BUDGET.ratio}), ${work.toFixed(1)} times less processor time; ` +
        `${megabytes.toFixed(0)} MB, on a tenth of the log ${tenth.megabytes.toFixed(0)} MB (budget: ${BUDGET.megabytes})`,
    );
    if (values.check && (ratio < BUDGET.ratio || megabytes > BUDGET.megabytes))
      process.exitCode = 1;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

void main();
