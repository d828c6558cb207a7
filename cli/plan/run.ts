import { CommandFailure } from "../failure";
import { evaluationOf } from "../evaluation/options";
import { screenOf } from "../screen";
import { startProgress } from "../show/progress";
import { evaluateStack, type EvaluatedStack } from "./evaluateStack";
import type { PlanOptions } from "./options";

/** Runs `hopwise plan`. Returns the exit status: 1 on errors, with `strict` on warnings and on what is not known too. */
export async function runPlan(options: PlanOptions): Promise<number> {
  const { diff, diffProgram, format, program, stack } = options;
  const compares = diff !== undefined || diffProgram !== undefined;
  if (compares && (format === "mermaid" || format === "svg"))
    throw new CommandFailure(`A comparison is written as text or json, not as ${format}.`, 2);
  const { policyPackConfig: accepted } = options;
  const accepts =
    accepted === undefined ? undefined : (await import("./accepted")).readAccepted(accepted);
  const one = evaluated(options, options.stack);
  one.catch(() => undefined);
  // Loaded while the program is evaluated, in its own process.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- not before that has begun
  const { writePlan } = require("./write") as typeof import("./write");
  const compared = { ...options, program: diffProgram ?? program };
  const other = compares ? await evaluated(compared, diff ?? stack) : undefined;
  return writePlan(await one, other, options, accepts);
}

async function evaluated(
  options: PlanOptions,
  wished: string | undefined,
): Promise<EvaluatedStack> {
  const { projectDir, ...evaluation } = evaluationOf({ ...options, stack: wished });
  // What is under way goes to where nobody's pipe reads it.
  const screen = screenOf(process.stderr);
  const progress = startProgress(`Evaluating ${wished ?? "the program"}`, {
    ...screen,
    print: () => undefined,
  });
  try {
    let created = 0;
    return await evaluateStack(projectDir, wished, {
      ...evaluation,
      onResource: ({ name }) => {
        created += 1;
        progress.now(`Evaluating: ${name} (${created})`);
      },
    });
  } finally {
    progress.clear();
  }
}
