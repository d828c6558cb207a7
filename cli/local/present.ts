import { withoutSecretsIn } from "../../local/program/secrets";
import type { Hop, PathSpec } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { hopsOf } from "../../path/hops";
import type { Evaluation } from "../../local/program";
import { programFindings, stackOfEvaluation, type ProgramFinding } from "../findings";
import { findingLines } from "../show/findings";
import { heading } from "../show/heading";
import { hopLines } from "../show/hops";
import type { Screen } from "../screen";
import { wrap } from "../text";
import { curlLines } from "./curl";
import { answerText } from "../show/answers";
import { answeredByContainer, type Probe } from "./probes";
import type { NamedPath } from "./serveProgram";

/** What is known of a program's path. */
export interface PathDescription {
  readonly variant?: string;
  readonly hops: readonly Hop[];
  readonly findings: readonly ProgramFinding[];
}

/**
 * A program's path and everything that the rules say of it. What it says itself in its stack outputs
 * (`variant`, `hops`, `findings`) knows more than its resources do.
 */
export function describePath(program: Evaluation, path?: PathSpec): PathDescription {
  const { outputs } = program;
  return {
    variant: typeof outputs.variant === "string" ? outputs.variant : undefined,
    hops: (outputs.hops as Hop[] | undefined) ?? (path ? hopsOf(path) : []),
    findings: programFindings(stackOfEvaluation(program), program.cwd, outputs.findings),
  };
}

/**
 * Prints the paths hop by hop, and what is worth knowing about them. The first is the described one;
 * of paths with the same hops only the names of the others are printed.
 */
export function printPath(
  stack: string,
  described: PathDescription,
  paths: readonly NamedPath[],
  screen: Screen,
): void {
  const { variant, hops, findings } = described;
  const [first, ...others] = paths;
  const alike = new Map<string, NamedPath[]>();
  for (const path of others) {
    const key = JSON.stringify(hopsOf(path.spec));
    alike.set(key, [...(alike.get(key) ?? []), path]);
  }
  const same = alike.get(JSON.stringify(first && hopsOf(first.spec))) ?? [];
  if (hops.length > 0) {
    const of = variant === undefined ? stack : `${stack}, ${variant}`;
    const what = `${of}${others.length === 0 ? "" : `: ${first?.title ?? ""}`}`;
    heading("The path of {what}", screen, { what });
    for (const line of hopLines(hops, screen)) screen.print(line);
    printAlike(same, screen);
  }
  for (const [path, ...more] of alike.values()) {
    if (path === undefined || path === same[0]) continue;
    heading(path.title, screen);
    for (const line of hopLines(hopsOf(path.spec), screen)) screen.print(line);
    printAlike(more, screen);
  }
  if (findings.length > 0) {
    heading("Findings", screen);
    for (const line of findingLines(findings, screen)) screen.print(line);
  }
}

function printAlike(paths: readonly NamedPath[], screen: Screen): void {
  if (paths.length === 0) return;
  const text = `The same hops: ${paths.map(({ title }) => title).join(", ")}.`;
  for (const line of wrap(text, screen.width - 2)) screen.print(screen.style("dim", `  ${line}`));
}

/** What a program said while it was evaluated. */
export interface ProgramMessages {
  readonly logs: readonly { readonly severity: string; readonly message: string }[];
  /** Values that it holds as secrets. */
  readonly secrets: ReadonlySet<string>;
}

/** A program's own warnings: not those that are findings, which are printed as such. */
export function warningsOf(
  { logs, secrets }: ProgramMessages,
  findings: readonly Finding[],
): string[] {
  const own = logs.filter(
    ({ severity, message }) =>
      severity === "warning" && !findings.some((finding) => message.includes(finding.code)),
  );
  return own.map(({ message }) => withoutSecretsIn(message, secrets));
}

/** Prints what the program warns of. */
export function printWarnings(warnings: readonly string[], screen: Screen): void {
  if (warnings.length > 0) heading("The program warns", screen);
  for (const warning of warnings)
    wrap(warning, screen.width - 4).forEach((line, i) => {
      const sign = i === 0 ? screen.style("yellow", screen.signs.warn) : " ";
      screen.print(`  ${sign} ${line}`);
    });
}

/** Prints what this machine does not do as AWS would. */
export function printNotes(notes: readonly string[], screen: Screen): void {
  if (notes.length === 0) return;
  heading("Differences from AWS", screen);
  for (const note of notes)
    wrap(note, screen.width - 4).forEach((line, i) => {
      screen.print(screen.style("dim", `  ${i === 0 ? screen.signs.dot : " "} ${line}`));
    });
}

/** Prints a curl command per request worth seeing, below what it shows and gets. */
export function printCurlCommands(probes: readonly Probe[], caFile: string, screen: Screen): void {
  heading("Try it from another terminal", screen);
  for (const probe of probes) {
    const got = answeredByContainer(probe)
      ? "as the container answers"
      : answerText(probe.expected);
    const title = `# ${probe.title}: ${got}`;
    screen.print();
    screen.print(`  ${screen.style("dim", title)}`);
    for (const line of curlLines(probe, caFile, screen.width - 2)) screen.print(`  ${line}`);
  }
}
