import { CommandFailure } from "../failure";
import { evaluationOf } from "../evaluation/options";
import { evaluateStack } from "../plan/evaluateStack";
import { screenOf } from "../screen";
import { propertiesWithoutSecrets } from "../plan/secrets";
import { isLasting, plainAdoption, planAdoption } from "./adoption";
import { nameOf } from "./code";
import type { Matchable } from "./match";
import type { AdoptOptions } from "./options";
import { readState } from "./state";
import { showAdoption } from "./text";

/** Runs `hopwise adopt`. Returns the exit status: 1 where something is lost that requests need. */
export async function runAdopt(options: AdoptOptions): Promise<number> {
  const state = readState(options.state);
  const { projectDir, ...evaluation } = evaluationOf(options);
  const {
    evaluation: evaluated,
    problems,
    refusedPath,
  } = await evaluateStack(projectDir, options.stack, evaluation);
  if (problems.length > 0 || refusedPath !== undefined)
    throw new CommandFailure(
      [
        "The changed program fails; `hopwise plan` with the same options says where.",
        ...[...problems, ...(refusedPath?.findings ?? [])].map(({ message }) => message),
      ].join("\n\n"),
    );
  const { resources, secrets } = evaluated;
  const adoption = planAdoption(state, resources, pairs(options, state, resources));
  const shown = {
    ...adoption,
    adopted: adoption.adopted.map((one) => ({
      ...one,
      changes: propertiesWithoutSecrets(one.changes, secrets),
    })),
    replaced: adoption.replaced.map((one) => ({
      ...one,
      because: propertiesWithoutSecrets(one.because, secrets),
    })),
  };
  if (options.json === true)
    process.stdout.write(`${JSON.stringify(plainAdoption(shown), null, 2)}\n`);
  else showAdoption(shown, screenOf(process.stdout));
  const lost = [...adoption.replaced.map(({ was }) => was), ...adoption.deleted];
  return lost.some(isLasting) ? 1 : 0;
}

/** The pairs of the command line, as URNs. @throws {CommandFailure} for what is on neither side */
function pairs(
  { pair = new Map<string, string>() }: AdoptOptions,
  state: readonly Matchable[],
  program: readonly Matchable[],
): ReadonlyMap<string, string> {
  const urnOf = (all: readonly Matchable[], end: string, where: string): string => {
    const found = all.filter((one) => `${one.type}::${nameOf(one)}` === end);
    if (found.length === 1 && found[0]) return found[0].urn;
    const many = found.length === 0 ? "No resource" : "More than one resource";
    throw new CommandFailure(`--pair: ${many} of ${where} is ${end}. Write TYPE::NAME.`, 2);
  };
  return new Map(
    [...pair].map(([old, child]) => [
      urnOf(state, old, "the state"),
      urnOf(program, child, "the program"),
    ]),
  );
}
