/** Each rule's first broken program, as a Pulumi program on the local AWS. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { makePlan } from "../../../cli/plan/make";
import type { Plan } from "../../../cli/plan/types";
import { evaluate, type Evaluation } from "../../../local/program";
import { levelOf, severities } from "../../../policy/levels";
import { ruleOf, rules } from "../../../rules";
import type { Finding } from "../../../rules/finding";
import type { Rule } from "../../../rules/rule";
import { asProgram, type Registered } from "./asProgram";
import { cases } from "./cases";

const root = path.join(__dirname, "../../..");

/** The project that registers the resources of a `programs.json` next to it. */
export const fixture = path.join(__dirname, "fixture");

/** A rule, and a program that breaks it. */
export interface FirstBroken {
  readonly rule: Rule;
  /** The resource to blame. */
  readonly on: string;
  readonly program: readonly Registered[];
}

/** Rules that no program of resources can break: what they ask only our own components' settings say. */
export const ofSettings: readonly string[] = rules
  .filter((rule) => rule.about === "path" && rule.ofVariants)
  .map(({ code }) => code);

/** Of every rule but {@link ofSettings}. @throws {Error} naming a rule without a broken program */
export function firstBroken(): FirstBroken[] {
  return rules
    .filter(({ code }) => !ofSettings.includes(code))
    .map((rule) => {
      const [first] = Object.values(cases[rule.code]?.broken ?? {});
      if (first === undefined)
        throw new Error(`${rule.code}: test/unit/rules/cases has no program that breaks it`);
      const [program, on] = first;
      return { rule, on, program: asProgram(program()) };
    });
}

/** What AWS has one of in an account or in the world differs as well. */
export function prefixed(
  program: readonly Registered[],
  prefix: string,
): { program: Registered[]; nameOf: (name: string) => string } {
  const nameOf = (name: string): string => `${prefix}-${name}`;
  const names = new Set(program.map(({ name }) => name));
  const renamed = JSON.stringify(program, (_key, value: unknown) =>
    typeof value === "string" && names.has(value) ? nameOf(value) : value,
  );
  const domains = renamed.replace(/\bexample\.(com|org)\b/g, `${prefix}.example.$1`);
  return { program: JSON.parse(domains) as Registered[], nameOf };
}

let copy: string | undefined;

/** One copy of the project for all programs of this process: its source is translated once. */
function copyOfFixture(): string {
  if (copy !== undefined) return copy;
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-rules-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true });
  });
  cpSync(fixture, folder, { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  return (copy = folder);
}

/**
 * Evaluates programs in one stack on the local AWS, whatever of it AWS refuses. To be awaited before
 * the next call.
 */
export async function evaluateTogether(
  programs: readonly (readonly Registered[])[],
): Promise<Evaluation> {
  const projectDir = copyOfFixture();
  writeFileSync(path.join(projectDir, "programs.json"), JSON.stringify(programs));
  const evaluation = await evaluate({ projectDir, stack: "dev", onRefusal: "continue" });
  // What the installed provider does not know is a finding, but no rule's: it is not looked for.
  return { ...evaluation, cwd: tmpdir() };
}

/** What `hopwise plan` says of an evaluation. */
export function planOf(evaluation: Evaluation): Plan {
  const { account, stack } = evaluation;
  return makePlan({ project: "rules", stack, region: account.region, evaluation, problems: [] });
}

/** A finding as the policy pack prints it: `[mandatory] [severity: high] no-secret-header https`. */
export function verdictOf(
  { code, severity, access }: Finding,
  { name = "" }: { readonly name?: string } = {},
): string {
  const level = levelOf({ ...ruleOf(code), severity, access });
  return `[${level}] [severity: ${severities[severity]}] ${code} ${name}`;
}

/** The verdict of a rule on its first broken program. */
export function verdictWanted({ rule, on }: FirstBroken, nameOf = (name: string) => name): string {
  return verdictOf({ ...rule, message: "", change: "" }, { name: nameOf(on) });
}

/** @throws {Error} naming the rule, the adapter and both verdicts where they differ */
export function expectSame(code: string, said: Readonly<Record<string, readonly string[]>>): void {
  const [[first, wanted] = ["", []], ...others] = Object.entries(said).map(
    ([adapter, verdicts]) => [adapter, [...new Set(verdicts)].sort()] as const,
  );
  for (const [adapter, verdicts] of others)
    if (verdicts.join("\n") !== wanted.join("\n"))
      throw new Error(
        [`${code}: not one verdict.`, `${first}:`, ...wanted, `${adapter}:`, ...verdicts].join(
          "\n  ",
        ),
      );
}
