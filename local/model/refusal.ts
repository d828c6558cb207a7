/** What is thrown when AWS would refuse. */
import { Refusal, Subject } from "./types";
import type { Unchecked } from "./refusalTaint";

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

  /** The same without some of its refusals; undefined where nothing is left. */
  without(some: readonly Refusal[]): AwsRefusal | undefined {
    const rest = this.refusals.filter((refusal) => !some.includes(refusal));
    return rest.length === 0 ? undefined : new AwsRefusal(this.what, rest);
  }
}

/** What AWS says of one resource, or of one call of a provider function. */
export interface ResourceVerdict extends Subject {
  /** Everything that it refuses. */
  readonly refusal?: AwsRefusal;
  readonly notChecked: readonly Unchecked[];
}

/**
 * Verdicts without what counts no more.
 *
 * @param gone refusals by the URN of their resource
 */
export function withoutRefusals(
  verdicts: readonly ResourceVerdict[],
  gone: ReadonlyMap<string, readonly Refusal[]>,
): ResourceVerdict[] {
  const accepted = new Set<string>();
  const rest = verdicts.map((verdict): ResourceVerdict => {
    const over = gone.get(verdict.urn ?? "");
    if (!over || !verdict.refusal) return verdict;
    const refusal = verdict.refusal.without(over);
    if (refusal === undefined && verdict.urn !== undefined) accepted.add(verdict.urn);
    return { ...verdict, refusal };
  });
  return rest.map((verdict) => ({
    ...verdict,
    notChecked: verdict.notChecked.filter(({ because }) => !accepted.has(because)),
  }));
}

/** Takes what would be thrown otherwise. */
export type OnVerdict = (verdict: ResourceVerdict) => void;

/** One refusal as a line, with its page on a second one. */
function formatRefusal(refusal: Refusal): string {
  const where = refusal.property === undefined ? "" : `${refusal.property}: `;
  const source = refusal.source === undefined ? "" : `\n    ${refusal.source}`;
  return `  - ${where}${refusal.code}: ${refusal.message}${source}`;
}
