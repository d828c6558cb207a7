/**
 * How long the program's evaluation takes: from the start of its process, as `pulumi up` starts it,
 * to its last registration. The engine's own work and the providers' are not in it.
 *
 *     node -r ./startup bench/evaluation.ts [--runs 7] [--check]
 *
 * Each stack is compared with a program that creates nothing, in the same run: what Pulumi's SDK and
 * its TypeScript loader cost alone; and with itself without startup/. `--check` ends
 * with 1 when a stack is over the budget.
 */
import * as path from "node:path";
import { parseArgs } from "node:util";
import { readProject } from "../local/program/project";
import { stacksOf } from "../local/program/stackFile";
import { median } from "./numbers";
import { evaluate, programOf, type Evaluation, type Program } from "./program";

const ROOT = path.join(__dirname, "..");
const EMPTY = path.join(__dirname, "empty");

/** Of a stack's evaluation, on a CI machine. */
const BUDGET = { milliseconds: 1200, megabytes: 220 };

interface Row {
  readonly name: string;
  readonly program: Program;
  readonly results: Evaluation[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: "string", default: "7" }, check: { type: "boolean" } },
  });
  const stacks = stacksOf(ROOT).map((stack) => {
    const program = programOf(ROOT, readProject(ROOT, stack).config);
    return { name: stack, program, results: [] };
  });
  const plain = stacks.map(({ name, program }) => ({
    name: `${name}, plain`,
    program: { ...program, nodeArguments: [], typescript: true },
    results: [],
  }));
  const nothing = { name: "(nothing)", program: programOf(EMPTY, {}), results: [] };
  const rows: Row[] = [nothing, ...stacks, ...plain];
  // Once without counting, so that files are in the system's cache; then by turns, so that what
  // else the machine does falls on all of them.
  for (const row of rows) await evaluate(row.program);
  for (let run = 0; run < Number(values.runs); run++)
    for (const row of rows) row.results.push(await evaluate(row.program));

  const empty = median(rows[0]?.results.map((result) => result.registered));
  console.log("program      resources  median   min      cpu      of nothing  memory");
  for (const { name, results } of rows) console.log(line(name, results, empty));
  const over = stacks.filter(({ results }) => !withinBudget(results));
  const names = over.map((row) => row.name).join(", ");
  const { milliseconds, megabytes } = BUDGET;
  const verdict = names === "" ? "every stack is within it" : `over it: ${names}`;
  console.log(`budget: ${milliseconds} ms, ${megabytes} MB; ${verdict}`);
  if (values.check && over.length > 0) process.exitCode = 1;
}

function withinBudget(results: readonly Evaluation[]): boolean {
  const time = median(results.map((result) => result.registered));
  const memory = median(results.map((result) => result.peakMemory ?? 0));
  return time <= BUDGET.milliseconds && memory <= BUDGET.megabytes;
}

function line(name: string, results: readonly Evaluation[], empty: number): string {
  const times = results.map((result) => result.registered);
  return [
    name.padEnd(12),
    String(results[0]?.resources.length ?? 0).padEnd(10),
    `${median(times).toFixed(0)} ms`.padEnd(8),
    `${Math.min(...times).toFixed(0)} ms`.padEnd(8),
    `${median(results.map((result) => result.processor ?? NaN)).toFixed(0)} ms`.padEnd(8),
    (median(times) / empty).toFixed(2).padEnd(11),
    `${median(results.map((result) => result.peakMemory ?? NaN)).toFixed(0)} MB`,
  ].join(" ");
}

void main();
