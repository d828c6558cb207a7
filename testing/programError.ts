import type { Refusal, StackFinding } from "./types";

/** A program that fails, lacks a setting, or is refused. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  constructor(
    message: string,
    /** What AWS refuses. */
    readonly refusals: readonly Refusal[] = [],
    /** What is known about the resources until then. */
    readonly findings: readonly StackFinding[] = [],
  ) {
    super(message);
  }
}
