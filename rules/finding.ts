/** What a rule says when it applies. */
import { errorOrder } from "./errorOrder";

/**
 * `error`: a request that must work does not, AWS refuses, or a task cannot start. `warning`: it
 * works, but lets in who should not get in, or a change will break it. `note`: worth knowing.
 */
export type Severity = "error" | "warning" | "note";

/** One thing that is wrong or worth knowing. */
export interface Finding {
  /** Stable, kebab-case, e.g. `edge-http1-to-http2-target`: people search for it. */
  readonly code: string;
  /** The same for every finding of a code. */
  readonly severity: Severity;
  /** True for a finding about who gets in. Absent: it is about something else. */
  readonly access?: true;
  /** What is so, and what comes of it, in one or two sentences. */
  readonly message: string;
  /** What to write instead. */
  readonly change: string;
  /** The AWS (or nginx) page that says so. */
  readonly source: string;
}

/** A finding of a program's resources. */
export interface StackFinding extends Finding {
  /** The resource that has to change; empty for a path without one. */
  readonly urn: string;
  /** Indexes of the paths that it is about; empty for one about resources alone. */
  readonly paths: readonly number[];
  /** Set where no target of the resource gets requests because of it: why. */
  readonly stops?: string;
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/**
 * Sorts findings: errors, then who gets in, then other warnings, then notes. The first error is the
 * one that hides the others: what comes later on the way shows only once it has gone.
 */
export function bySeverity(a: Finding, b: Finding): number {
  const rank = ({ severity, access }: Finding): number => order[severity] * 2 - (access ? 1 : 0);
  if (rank(a) !== rank(b) || a.severity !== "error") return rank(a) - rank(b);
  return errorOrder.indexOf(a.code) - errorOrder.indexOf(b.code);
}

/** True for a finding on which our components create nothing: an error, or one about who gets in. */
export function refuses({ severity, access }: Finding): boolean {
  return severity === "error" || access === true;
}
