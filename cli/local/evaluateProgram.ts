import { APPLY } from "../../local/model/types";
import type { Evaluation } from "../../local/program";
import { ProgramError } from "../../local/program/failure";
import { evaluateInChild, type ChildOptions } from "../evaluation/evaluateInChild";
import { deployedStack } from "../evaluation/recorded";
import { CommandFailure } from "../failure";
import { shortType } from "../show/findings";
import { startProgress } from "../show/progress";
import type { Screen } from "../screen";
import { countText, seconds } from "../text";

/** Runs the stack's program on the local AWS and shows its resources being created. */
export async function evaluateProgram(
  options: ChildOptions,
  screen: Screen,
  verbose: boolean,
): Promise<Evaluation> {
  const started = Date.now();
  const progress = startProgress("Loading the program", screen, verbose);
  let created = 0;
  try {
    const result = await run({
      ...options,
      onResource: (resource) => {
        created += 1;
        if (verbose) screen.print(`  ${shortType(resource.type).padEnd(34)}  ${resource.name}`);
        else progress.now(`Creating ${shortType(resource.type)} ${resource.name} (${created})`);
      },
    });
    progress.done(
      `${countText(result.resources.length, "resource")} on the local AWS in ${seconds(Date.now() - started)}`,
    );
    return result;
  } catch (error) {
    progress.clear();
    throw error;
  }
}

/** The same without output, for a program that is already served. */
export function evaluateQuietly(options: ChildOptions): Promise<Evaluation> {
  return run(options);
}

async function run(options: ChildOptions): Promise<Evaluation> {
  const { from, projectDir, stack } = options;
  if (from !== undefined) return deployedStack(from, projectDir, stack);
  try {
    // What is served has addresses, also those of a network that the program only names.
    return await evaluateInChild({ ...options, elsewhere: "assumed" });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only a refused program needs it
    const { refusalText } = require("../plan/refused") as typeof import("../plan/refused");
    const text = refusalText(error);
    throw text === undefined ? error : new CommandFailure(text);
  }
}

/**
 * Resources of types that the local AWS does not know, in words; none for those that only carry
 * settings or group others.
 */
export function notModelledText({ account, resources }: Evaluation): string | undefined {
  const unknown = resources.filter(
    ({ type }) => account.unmodelled.has(type) && !type.startsWith("pulumi:"),
  );
  const unanswered = [...new Set(account.unanswered.map(({ type }) => type))];
  const asked = unanswered.filter((type) => type !== APPLY);
  const lookups = [
    ...(asked.length === 0
      ? []
      : [`What depends on the answers of ${asked.join(", ")} is not known here, and not served.`]),
    ...(unanswered.includes(APPLY)
      ? ["What the program creates in apply of a value that is not known is not served."]
      : []),
  ];
  const names = new Map<string, string[]>();
  for (const { type, name } of unknown) names.set(type, [...(names.get(type) ?? []), name]);
  const list = [...names].map(([type, of]) => `${type} (${of.join(", ")})`).join(", ");
  const resourceText = `${countText(unknown.length, "resource")} of types that are not modelled, accepted as written: ${list}.`;
  const texts = [...(unknown.length === 0 ? [] : [resourceText]), ...lookups];
  return texts.length === 0 ? undefined : texts.join("\n");
}
