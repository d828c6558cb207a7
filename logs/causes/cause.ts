/** The shape of a cause, of the load balancer's answers as of CloudFront's. */
import type { Condition } from "./condition";

/**
 * `error`: the service failed somebody who asked properly. `warning`: a client's fault, or one that
 * only looks at it can tell. `note`: what somebody configured, or what belongs to normal running.
 */
export type CauseSeverity = "error" | "warning" | "note";

/** Why an answer was not the target's. */
export interface Cause<Facts = unknown> {
  /** Stable, begins with the status, e.g. `502-target-closed`. Never renamed: people search for it. */
  readonly code: string;
  readonly severity: CauseSeverity;
  /** When a line is of this cause; the first row of its table that holds is the one. */
  readonly when: readonly Condition<Facts>[];
  /** A few words, no full stop. */
  readonly title: string;
  /** What happened, in a sentence or two. */
  readonly why: string;
  /** What to change, in Pulumi's terms where there is such a setting. */
  readonly change: string;
  /** Codes of the path's findings (`path/findings/`) that warn of it before deployment. */
  readonly findings?: readonly string[];
  /** The AWS page. */
  readonly source: string;
}
