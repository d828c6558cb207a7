import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Failure } from "../failure";
import { screenOf, type Screen } from "../screen";
import { startProgress } from "../show/progress";
import { comparePlans, type Comparable } from "./diff";
import { printDiff } from "./diffText";
import { evaluateStack, type EvaluatedStack } from "./evaluateStack";
import { makePlan } from "./make";
import { mermaidOf } from "./mermaid";
import type { PlanOptions } from "./options";
import { pictureOf } from "./picture";
import { comparableResources } from "./properties";
import { printPlan } from "./text";
import type { Plan } from "./types";

/** Runs `hopwise plan`. Returns the exit status: 1 on errors, with `strict` on warnings and on what is not known too. */
export async function runPlan(options: PlanOptions): Promise<number> {
  const { stack, diff, format } = options;
  if (diff !== undefined && (format === "mermaid" || format === "svg"))
    throw new Failure(`A comparison is written as text or json, not as ${format}.`, 2);
  const one = await evaluated(options, stack);
  const plan = makePlan(one);
  const written =
    diff === undefined
      ? render(plan, options)
      : renderDiff(comparable(one), comparable(await evaluated(options, diff)), options);
  if (options.output === undefined) process.stdout.write(written);
  else await writeTo(options.output, written);
  const warned = plan.findings.some(({ severity }) => severity === "warning");
  const strictly = options.strict === true && (warned || !plan.complete);
  return plan.verdict === "error" || strictly ? 1 : 0;
}

async function evaluated({ program }: PlanOptions, stack: string): Promise<EvaluatedStack> {
  // What is under way goes to where nobody's pipe reads it.
  const screen = screenOf(process.stderr);
  const progress = startProgress(`Evaluating ${stack}`, { ...screen, print: () => undefined });
  try {
    let created = 0;
    return await evaluateStack(resolve(program), stack, (name) => {
      created += 1;
      progress.now(`Evaluating ${stack}: ${name} (${created})`);
    });
  } finally {
    progress.clear();
  }
}

function comparable(stack: EvaluatedStack): Comparable {
  return { plan: makePlan(stack), resources: comparableResources(stack) };
}

function render(plan: Plan, options: PlanOptions): string {
  switch (options.format) {
    case "json":
      return `${JSON.stringify(plan, null, 2)}\n`;
    case "mermaid":
      return mermaidOf(plan);
    case "svg":
      return pictureOf(plan);
    case "text":
      return captured(options, (screen) => {
        printPlan(plan, screen, options);
      });
  }
}

function renderDiff(one: Comparable, other: Comparable, options: PlanOptions): string {
  const diff = comparePlans(one, other);
  if (options.format === "json") return `${JSON.stringify(diff, null, 2)}\n`;
  return captured(options, (screen) => {
    printDiff(diff, screen);
  });
}

/** What is printed to a screen as wide and colourful as standard output; plain for a file. */
function captured({ output }: PlanOptions, print: (screen: Screen) => void): string {
  let text = "";
  const like =
    output === undefined ? screenOf() : screenOf({ write: () => undefined }, { NO_COLOR: "1" });
  print({
    ...like,
    print: (line = "") => {
      text += `${line}\n`;
    },
  });
  return text;
}

async function writeTo(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${(error as Error).message}`, 2);
  }
}
