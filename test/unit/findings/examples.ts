/** For each rule a program that breaks it, and the closest one that does not. */
import { ruleOf } from "../../../rules";
import type { Rule } from "../../../rules/rule";
import type { DeclaredResource } from "../../../topology/resource";
import { asProgram, type Registered } from "../rules/asProgram";
import type { Case } from "../rules/caseParts";
import { cases } from "../rules/cases";
import { directProgram, onInstances, soundProgram, vpcOriginProgram } from "../rules/program";
import { FromUnknown, outcomes } from "../rules/support";
import { lineDiff, shortened, statementsOf, type Statements } from "./programText";

/** A rule's example. */
export interface Example {
  readonly broken: readonly Registered[];
  readonly fixed: readonly Registered[];
  /** The name of the resource that has to change. */
  readonly on: string;
  /** The resources that differ: lines to remove with `-`, lines to write with `+`. */
  readonly diff: readonly string[];
}

type Programs = readonly (() => DeclaredResource[])[];
type Fix = Pick<Example, "fixed" | "diff">;

/** Programs in which everything is as it should be. */
const sound: Programs = [soundProgram, vpcOriginProgram, directProgram, onInstances({})];

const holdsUnknown = (value: unknown): boolean =>
  value instanceof FromUnknown ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown));

const codesOf = (program: readonly DeclaredResource[]): Set<string> =>
  new Set(outcomes(program).reports.map(({ rule }) => rule));

/** A program that may show a fix. */
interface Candidate {
  readonly program: readonly Registered[];
  readonly statements: Statements;
  /** Of the rules that it breaks. */
  readonly codes: ReadonlySet<string>;
}

const candidates = new Map<() => DeclaredResource[], Promise<Candidate | undefined>>();

/** Undefined for a program with unknown values. */
function readOnce(make: () => DeclaredResource[]): Promise<Candidate | undefined> {
  const read = async (): Promise<Candidate | undefined> => {
    const resources = make();
    if (holdsUnknown(resources.map(({ inputs }) => inputs))) return undefined;
    const program = asProgram(resources);
    return { program, statements: await statementsOf(program), codes: codesOf(resources) };
  };
  const known = candidates.get(make) ?? read();
  candidates.set(make, known);
  return known;
}

function differing(broken: Statements, fixed: Statements): string[] {
  const names = new Set([...broken.keys(), ...fixed.keys()]);
  return [...names]
    .map((name) => [broken.get(name) ?? "", fixed.get(name) ?? ""] as const)
    .filter(([before, after]) => before !== after)
    .flatMap(([before, after], i) => [
      ...(i > 0 ? [""] : []),
      ...shortened(lineDiff(before, after)),
    ]);
}

const changed = (diff: readonly string[]): number =>
  diff.filter((line) => /^[-+]/.test(line)).length;

/** True where whole resources are removed, and nothing else is changed. */
const removesOnly = (diff: readonly string[]): boolean =>
  diff.every((line) => line === "" || line.startsWith("-"));

const examples = new Map<string, Promise<Example | undefined>>();

/** The example of a rule; undefined where no program can break it. */
export function exampleOf(rule: Rule): Promise<Example | undefined> {
  const example = examples.get(rule.code) ?? findExample(rule);
  examples.set(rule.code, example);
  return example;
}

async function findExample(rule: Rule): Promise<Example | undefined> {
  const its = cases[rule.code];
  const [first] = Object.values(its?.broken ?? {});
  if (its === undefined || first === undefined) return undefined;
  const [make, on] = first;
  const resources = make();
  const said = codesOf(resources);
  const broken = asProgram(resources);
  const own = await statementsOf(broken);

  const closest = async (programs: Programs): Promise<Fix | undefined> => {
    const candidates = await Promise.all(programs.map(readOnce));
    const fixes = candidates
      .filter((candidate) => candidate !== undefined)
      .filter(({ codes }) => {
        const isNew = (code: string) => !said.has(code) && ruleOf(code).severity !== "note";
        return !codes.has(rule.code) && ![...codes].some(isNew);
      })
      .map(({ program, statements }) => ({
        fixed: program,
        diff: differing(own, statements),
      }));
    return fixes.sort((a, b) => changed(a.diff) - changed(b.diff))[0];
  };
  const best = await fixOf(its, closest);
  if (best === undefined) throw new Error(`${rule.code}: no program shows how to fix it`);
  return { broken, on, ...best };
}

/** The fix that a rule's cases choose (`fix`), among what is closest to the broken program. */
async function fixOf(
  { fine, fix }: Case,
  closest: (programs: Programs) => Promise<Fix | undefined>,
): Promise<Fix | undefined> {
  const chosen = fix === undefined ? undefined : fine[fix];
  if (chosen !== undefined) return closest([chosen]);
  const ofSound = await closest(sound);
  if (fix === "sound" || (ofSound !== undefined && !removesOnly(ofSound.diff))) return ofSound;
  return (await closest(Object.values(fine))) ?? ofSound;
}
