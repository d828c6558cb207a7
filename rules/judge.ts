/** What the rules say of a whole stack: the one verdict that every command and the pack show. */
import { knownSpec } from "../topology/stack/knownSpec";
import { pathsIn, type StackPath } from "../topology/stack/paths";
import type { Stack, StackResource } from "../topology/stack/stack";
import { NotKnown, type Unknown } from "../topology/stack/unknown";
import { bySeverity, type StackFinding } from "./finding";
import { findingOf, withoutDuplicates } from "./found";
import { namingOf } from "./naming";
import { rules } from ".";
import { type Fault, faultList, type PathRule, type Rule, type StackRule } from "./rule";

/** A value that is not known before the deployment, and the rules that could not be checked for it. */
export interface NotChecked {
  readonly unknown: Unknown;
  readonly codes: readonly string[];
}

/** What the rules say of a stack. */
export interface Judgement {
  readonly paths: readonly StackPath[];
  /** Worst first. */
  readonly findings: readonly StackFinding[];
  readonly notChecked: readonly NotChecked[];
}

const known = new WeakMap<Stack, Judgement>();

/** Checks every rule on a stack; a stack is judged once, however many ask. */
export function judge(stack: Stack): Judgement {
  const judged = known.get(stack) ?? judgeAll(stack);
  known.set(stack, judged);
  return judged;
}

function judgeAll(stack: Stack): Judgement {
  const { paths, lost } = pathsIn(stack);
  const missed = new Map<string, { unknown: Unknown; codes: Set<string> }>();
  const miss = (unknown: Unknown, { code }: Rule): void => {
    const key = `${unknown.property} of ${unknown.urn}`;
    const entry = missed.get(key) ?? { unknown, codes: new Set<string>() };
    missed.set(key, entry);
    entry.codes.add(code);
  };
  const making = stack.resources.some(({ id }) => stack.behind(id) !== undefined);
  const findings = rules.flatMap((rule) => {
    const attempt = (check: () => readonly StackFinding[]): readonly StackFinding[] => {
      try {
        return check();
      } catch (error) {
        if (!(error instanceof NotKnown)) throw error;
        miss(error.unknown, rule);
        return [];
      }
    };
    if (rule.about === "path" && rule.ofVariants) return [];
    if (rule.about === "path") for (const unknown of lost) miss(unknown, rule);
    const found = checksOf(rule, stack, paths).flatMap(attempt);
    return making ? found.map((finding) => withApply(finding, rule)) : found;
  });
  return {
    paths,
    findings: withoutDuplicates(gathered(findings), rules).sort(bySeverity),
    notChecked: [...missed.values()].map(({ unknown, codes }) => ({ unknown, codes: [...codes] })),
  };
}

/** In a preview something that is missing may yet be made. */
function withApply(finding: StackFinding, { lacks }: Rule): StackFinding {
  if (lacks === undefined) return finding;
  const message = `${finding.message} If the program makes ${lacks} in apply of an unknown value, this preview does not show it.`;
  return { ...finding, message };
}

type Check = () => readonly StackFinding[];

function checksOf(rule: Rule, stack: Stack, paths: readonly StackPath[]): Check[] {
  switch (rule.about) {
    case "path":
      return [
        ...paths.map((path, index) => () => checkPath(rule, path, index)),
        ...(rule.withoutPath ? stackChecks(rule, rule.withoutPath, stack) : []),
      ];
    case "resource":
      return rule.types
        .flatMap((type) => stack.of(type))
        .map((resource) => () => checkResource(rule, resource));
    case "stack":
      return stackChecks(rule, rule, stack);
  }
}

function stackChecks(
  rule: Rule,
  { subjects, check, unused }: Pick<StackRule, "subjects" | "check" | "unused">,
  stack: Stack,
): Check[] {
  return subjects(stack)
    .filter((subject) => !(unused && stack.isNamedElsewhere(subject)))
    .map((subject) => () => {
      const faults = faultList(check(subject, stack));
      if (unused && faults.length > 0) stack.requireExisting(subject);
      return faults.map((fault) => placed(rule, fault, fault.urn));
    });
}

/** @throws {NotKnown} when it needs a property that is not known */
export function checkResource(
  rule: Extract<Rule, { about: "resource" }>,
  resource: Pick<StackResource, "urn" | "type" | "name" | "props">,
): StackFinding[] {
  const { urn } = resource;
  return faultList(rule.check(resource)).map((fault) => placed(rule, fault, urn));
}

function checkPath(rule: PathRule, path: StackPath, index: number): StackFinding[] {
  const { grows, assuming } = rule;
  const names = namingOf(path);
  const faults = (missing: ReadonlyMap<string, Unknown>): readonly Fault[] =>
    faultList(rule.check(knownSpec(path, missing, assuming), names));
  const certain = new Map([...path.missing].filter(([field]) => field !== grows));
  const ofKnown = grows === undefined ? [] : faults(certain);
  const role = rule.on.find((part) => path.resources[part].length > 0) ?? "listener";
  const urn = path.resources[role][0]?.urn ?? "";
  return (ofKnown.length > 0 ? ofKnown : faults(path.missing)).map((fault) =>
    placed(rule, fault, urn, [index]),
  );
}

/** A finding on the resource that has to change. */
function placed(
  rule: Rule,
  fault: Fault,
  urn: string,
  paths: readonly number[] = [],
): StackFinding {
  const { stops } = fault;
  return {
    ...findingOf(rule, fault, isOurs(urn)),
    urn,
    paths,
    ...(stops !== undefined && { stops }),
  };
}

/** True for a resource that one of our own components made: its settings are then the place to act. */
export function isOurs(urn: string): boolean {
  return (urn.split("::")[2] ?? "").includes("hopwise:index:");
}

/** The same finding of several paths is one, with the paths that it is about. */
function gathered(findings: readonly StackFinding[]): StackFinding[] {
  const all = new Map<string, StackFinding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.code, finding.urn, finding.message]);
    const before = all.get(key);
    const paths = [...new Set([...(before?.paths ?? []), ...finding.paths])];
    all.set(key, { ...(before ?? finding), paths });
  }
  return [...all.values()];
}
