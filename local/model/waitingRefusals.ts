/** Refusals that a resource which is created later can resolve. */
import type { Refusal } from "./types";

/** A refused resource, and how to check it again. */
interface Waiting {
  readonly urn: string;
  readonly check: () => readonly Refusal[];
  readonly refusals: readonly Refusal[];
}

export class WaitingRefusals {
  private readonly all: Waiting[] = [];

  /** Keeps the refusals of a resource, some of which another resource can resolve. */
  add(waiting: Waiting): void {
    this.all.push(waiting);
  }

  /**
   * Checks the resources again.
   *
   * @returns the refusals that no longer apply, by URN, and the URNs of resources without any other
   */
  recheck(): {
    gone: ReadonlyMap<string, readonly Refusal[]>;
    accepted: ReadonlySet<string>;
  } {
    const gone = new Map<string, readonly Refusal[]>();
    const accepted = new Set<string>();
    for (const { urn, check, refusals } of this.all) {
      const still = new Set(check().map(({ message }) => message));
      const over = refusals.filter(({ waits, message }) => waits === true && !still.has(message));
      if (over.length > 0) gone.set(urn, over);
      if (over.length === refusals.length) accepted.add(urn);
    }
    return { gone, accepted };
  }
}
