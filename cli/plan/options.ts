import { InvalidArgumentError } from "commander";
import type { ProgramOptions } from "../evaluation/options";

/** Output formats of a plan. */
const formats = ["text", "json", "mermaid", "svg"] as const;
export type Format = (typeof formats)[number];

/** What `hopwise plan` was asked for. */
export interface PlanOptions extends ProgramOptions {
  readonly format: Format;
  /** A second stack of the same program, to compare with. */
  readonly diff?: string;
  /** Folder of the program to compare with. @default the same program, if `diff` names a stack */
  readonly diffProgram?: string;
  /** File to write to; absent: standard output. */
  readonly output?: string;
  /** Everything in full. */
  readonly all?: boolean;
  /** File of the policy pack's configuration: what it excepts or disables is accepted here too. */
  readonly policyPackConfig?: string;
  /** Exit with status 1 on warnings as well. */
  readonly strict?: boolean;
}

/** A format from the command line. */
export function parseFormat(text: string): Format {
  const found = formats.find((format) => format === text);
  if (found === undefined) throw new InvalidArgumentError(`Write one of ${formats.join(", ")}.`);
  return found;
}
