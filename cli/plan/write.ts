/** Writes a plan, or the comparison of two, in the form that was asked for. */
import { writeOutput } from "../output";
import { safe, screenOf, type Screen } from "../screen";
import type { Accepts } from "./accepted";
import { comparePlans, type Comparable } from "./diff";
import { printDiff } from "./diffText";
import type { EvaluatedStack } from "./evaluateStack";
import { makePlan } from "./make";
import { mermaidOf } from "./mermaid";
import type { PlanOptions } from "./options";
import { pictureOf } from "./picture";
import { comparableResources } from "./properties";
import { printPlan } from "./text";
import type { Plan } from "./types";

/** Returns the exit status. */
export async function writePlan(
  one: EvaluatedStack,
  other: EvaluatedStack | undefined,
  options: PlanOptions,
  accepts?: Accepts,
): Promise<number> {
  const plan = makePlan(one, accepts);
  const written =
    other === undefined
      ? render(plan, options)
      : renderDiff(
          { plan, resources: comparableResources(one) },
          comparable(other, accepts),
          options,
        );
  if (options.output === undefined) process.stdout.write(written);
  else await writeOutput(options.output, written);
  const warned = plan.findings.some(({ severity }) => severity === "warning");
  const strictly = options.strict === true && (warned || !plan.complete);
  return plan.verdict === "error" || strictly ? 1 : 0;
}

function comparable(stack: EvaluatedStack, accepts: Accepts | undefined): Comparable {
  return { plan: makePlan(stack, accepts), resources: comparableResources(stack) };
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
  const { program, diffProgram } = options;
  const folders = diffProgram === undefined ? undefined : { from: program, to: diffProgram };
  return captured(options, (screen) => {
    printDiff(diff, screen, folders);
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
      text += `${safe(line)}\n`;
    },
  });
  return text;
}
