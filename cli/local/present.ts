import type { Hop, PathSpec } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { resolvePath } from "../../rules/resolve";
import { findingLines } from "../show/findings";
import { hopLines } from "../show/hops";
import type { Screen } from "../screen";
import { wrap } from "../text";
import { curlLines } from "./curl";
import { expectedText } from "./check";
import type { Probe } from "./probes";

/** What is known of a program's path. */
export interface Described {
  readonly variant?: string;
  readonly hops: readonly Hop[];
  readonly findings: readonly Finding[];
}

/**
 * What a program says about its path in its stack outputs (`variant`, `hops`, `findings`), which
 * know more than its resources do; for any other program what the resources' path shows.
 */
export function describe(outputs: Readonly<Record<string, unknown>>, path?: PathSpec): Described {
  const shown = path && resolvePath(path);
  return {
    variant: typeof outputs.variant === "string" ? outputs.variant : undefined,
    hops: (outputs.hops as Hop[] | undefined) ?? shown?.hops ?? [],
    findings: (outputs.findings as Finding[] | undefined) ?? shown?.findings ?? [],
  };
}

/** The findings of a program's path: its own, or those that its resources show. */
export function findingsOf(
  program: { readonly outputs: Readonly<Record<string, unknown>> },
  path?: PathSpec,
): readonly Finding[] {
  return describe(program.outputs, path).findings;
}

/** A heading, with an empty line before it. */
export function heading(text: string, screen: Screen): void {
  screen.print();
  screen.print(screen.style("bold", text));
}

/** Prints the path hop by hop, and what is worth knowing about it. */
export function printPath(stack: string, described: Described, screen: Screen): void {
  const { variant, hops, findings } = described;
  if (hops.length > 0) {
    const of = variant === undefined ? stack : `${stack}, ${variant}`;
    heading(`The path of ${of}`, screen);
    for (const line of hopLines(hops, screen)) screen.print(line);
  }
  if (findings.length > 0) {
    heading("Worth knowing", screen);
    for (const line of findingLines(findings, screen)) screen.print(line);
  }
}

/** What a program said while it was evaluated. */
export interface Said {
  readonly logs: readonly { readonly severity: string; readonly message: string }[];
  /** Values that it holds as secrets. */
  readonly secrets: ReadonlySet<string>;
}

/** A program's own warnings: not those that are findings, which are printed as such. */
export function warningsOf({ logs, secrets }: Said, findings: readonly Finding[]): string[] {
  const own = logs.filter(
    ({ severity, message }) =>
      severity === "warning" && !findings.some((finding) => message.includes(finding.code)),
  );
  return own.map(({ message }) =>
    [...secrets].reduce((text, secret) => text.replaceAll(secret, "[secret]"), message),
  );
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
  heading("Other than on AWS", screen);
  for (const note of notes)
    wrap(note, screen.width - 4).forEach((line, i) => {
      screen.print(screen.style("dim", `  ${i === 0 ? screen.signs.dot : " "} ${line}`));
    });
}

/** Prints a curl command per request worth seeing, below what it shows and gets. */
export function printTries(probes: readonly Probe[], caFile: string, screen: Screen): void {
  heading("Try it from another terminal", screen);
  for (const probe of probes) {
    const title = `# ${probe.title}: ${expectedText(probe.expected)}`;
    screen.print();
    screen.print(`  ${screen.style("dim", title)}`);
    for (const line of curlLines(probe, caFile, screen.width - 2)) screen.print(`  ${line}`);
  }
}
