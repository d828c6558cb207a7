/** Stacks evaluated in this process, which takes a fraction of what a process for each one takes. */
import path from "node:path";
import { expect } from "chai";
import { evaluateStack, type EvaluatedStack } from "../../cli/plan/evaluateStack";
import { evaluate } from "../../local/program";

const root = path.join(__dirname, "../..");

/** As `plan` evaluates the stack of a program, but for the process. */
export const evaluatedHere = (projectDir: string, stack: string): Promise<EvaluatedStack> =>
  evaluateStack(projectDir, stack, {}, evaluate);

const committed = new Map<string, Promise<EvaluatedStack>>();

/** One of this project's own stacks, evaluated once for all test files. It is not to be changed. */
export async function committedStack(stack: string): Promise<EvaluatedStack> {
  const evaluating = committed.get(stack) ?? evaluatedHere(root, stack);
  committed.set(stack, evaluating);
  const evaluated = await evaluating;
  expect(evaluated.problems, stack).to.deep.equal([]);
  expect(evaluated.evaluation.refusals, stack).to.deep.equal([]);
  return evaluated;
}
