/** What is thrown when AWS would refuse. */
import { Refusal, Subject } from "./types";
import type { Unchecked } from "./doubts";

/** Thrown when AWS (or the provider in front of it) would refuse; holds everything that is wrong. */
export class AwsRefusal extends Error {
  readonly refusals: readonly Refusal[];

  constructor(
    private readonly what: string,
    refusals: readonly Refusal[],
  ) {
    super([what, ...refusals.map(formatRefusal)].join("\n"));
    this.name = "AwsRefusal";
    this.refusals = refusals;
  }

  /** The same with one more refusal. */
  with(more: Refusal): AwsRefusal {
    return new AwsRefusal(this.what, [...this.refusals, more]);
  }
}

/** What AWS says of one resource, or of one call of a provider function. */
export interface Verdict extends Subject {
  /** Everything that it refuses. */
  readonly refusal?: AwsRefusal;
  readonly notChecked: readonly Unchecked[];
}

/** Takes what would be thrown otherwise. */
export type OnVerdict = (verdict: Verdict) => void;

/** One refusal as a line, with its page on a second one. */
function formatRefusal(refusal: Refusal): string {
  const where = refusal.property === undefined ? "" : `${refusal.property}: `;
  const source = refusal.source === undefined ? "" : `\n    ${refusal.source}`;
  return `  - ${where}${refusal.code}: ${refusal.message}${source}`;
}
