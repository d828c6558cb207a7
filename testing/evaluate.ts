/** Evaluates a program in a process of its own, and says what is wrong in the kit's words. */
import * as path from "node:path";
import { evaluateStack, type EvaluatedStack } from "../cli/plan/evaluateStack";
import { placeText } from "../cli/show/findings";
import { projectOfFile } from "../local/program/project";
import { ProgramError } from "./programError";
import { serveStack } from "./serve";
import { findingsOf, refusalsOf, testedStack } from "./stack";
import type { EvaluateOptions, Stack } from "./types";
import { type View, viewOf } from "./view";

export async function evaluate(options: EvaluateOptions): Promise<Stack> {
  const projectDir = path.resolve(options.projectDir ?? ".");
  const evaluated = await run(projectDir, options);
  const view = viewOf(evaluated);
  const refused = refusalText(view, evaluated, options.onRefusal === "continue");
  if (refused !== undefined)
    throw new ProgramError(inOptions(refused), refusalsOf(view.plan), findingsOf(view.plan));
  return testedStack(view, async (serving) => {
    const { evaluation } = await run(projectDir, options, "assumed");
    return serveStack(view, evaluation, serving);
  });
}

/** @param elsewhere `assumed`: what other programs make has addresses, as `hopwise local` needs them */
async function run(
  projectDir: string,
  options: EvaluateOptions,
  elsewhere?: "assumed",
): Promise<EvaluatedStack> {
  const { main, stack, config = {}, stackOutputs = {}, environments = {}, timeLimit } = options;
  const given = new Map(Object.entries(config).map(([key, value]) => [key, textOf(value)]));
  const about = { name: "test", stack: stack ?? "dev", given };
  try {
    return await evaluateStack(projectDir, stack, {
      ...(main !== undefined && { project: projectOfFile(path.resolve(main), about) }),
      config: given,
      stackOutputs: new Map(Object.entries(stackOutputs)),
      environments: new Map(Object.entries(environments)),
      seconds: timeLimit,
      elsewhere,
    });
  } catch (error) {
    // Of this package, not of the program: `evaluateProgram` says how to install it.
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") throw error;
    throw new ProgramError(inOptions(error instanceof Error ? error.message : String(error)));
  }
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** Why there is no stack to test; undefined where there is one. */
function refusalText(
  { plan }: View,
  { problems, refusedPath }: EvaluatedStack,
  goOn: boolean,
): string | undefined {
  const refused = plan.findings.filter((one) => one.refused !== undefined);
  const ofPath = refusedPath?.findings ?? [];
  if (
    problems.length === 0 &&
    (goOn || refused.length + plan.refusals.length + ofPath.length === 0)
  )
    return undefined;
  const lines = [
    ...ofPath.map(({ code, message, change }) => `${code}: ${message} ${change}`),
    ...refused.map((one) => `${placeText(one)}: ${one.message} ${one.change}`),
    ...plan.refusals.map((one) => [placeText(one), one.message].filter(Boolean).join(": ")),
  ];
  const why = problems.length > 0 ? "fails" : "is refused";
  return [`The program of stack ${plan.stack} ${why}:`, ...lines].join("\n");
}

/** The kit's options, by those of the command that messages name. */
const optionNames: Readonly<Record<string, string>> = {
  ...{ program: "projectDir", stack: "stack", config: "config", "time-limit": "timeLimit" },
  ...{ "stack-outputs": "stackOutputs", environment: "environments" },
};

const inOptions = (message: string): string =>
  message
    .replace(/--config \S+=VALUE(?: --config \S+=VALUE)*/g, (words) => {
      const keys = [...words.matchAll(/--config (\S+)=VALUE/g)].map(([, key]) => key);
      return `config: { ${keys.map((key) => `${JSON.stringify(key)}: VALUE`).join(", ")} }`;
    })
    .replace(/--([a-z]+(?:-[a-z]+)*)/g, (word, name: string) => {
      const option = optionNames[name];
      return option === undefined ? word : `the option ${option}`;
    });
