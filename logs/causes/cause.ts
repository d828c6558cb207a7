/** The shape of a cause, of the load balancer's answers as of CloudFront's. */
import { sources } from "../../path/sources";
import type { TargetProtocolVersion } from "../../path/types";
import type { CauseCondition } from "./condition";

/**
 * `error`: a request that should have been answered was not. `warning`: the client's fault, or one
 * that only a look at the request can decide. `note`: configured, or part of normal operation.
 */
export type CauseSeverity = "error" | "warning" | "note";

/** When an advice applies, by what the rest of the log shows of the target group. */
interface Applies {
  /** Only at target groups that can be of one of these versions. @default any */
  readonly at?: readonly TargetProtocolVersion[];
  /** Only at target groups that answered gRPC. */
  readonly answersGrpc?: true;
  /** True: only at target groups to which HTTP/2 from CloudFront was lost; false: only at others. */
  readonly lostHttp2?: boolean;
  /** Only at target groups of which no target answered anything. */
  readonly unanswered?: true;
}

/** The rule of `rules/` that is broken; its fix and its page are the advice. */
interface RuleAdvice extends Applies {
  readonly rule: string;
}

/**
 * A rule about what a path is for. A log does not say that, so it proves no violation, and the rule's
 * fix depends on the program: here is what this cause needs.
 */
interface IntentAdvice extends OwnAdvice {
  readonly rule: string;
}

/** Another cause, with its own code and advice. */
interface CauseAdvice extends Applies {
  readonly cause: string;
}

/** What to change where it is no rule, in Pulumi's terms where there is such a setting. */
interface OwnAdvice extends Applies {
  readonly change: string;
  /** The AWS page. */
  readonly source: string;
}

/** One thing that a cause can come from, and what to do about it. */
export type Advice = RuleAdvice | IntentAdvice | CauseAdvice | OwnAdvice;

/** What a cause says. */
export interface CauseText {
  /** Stable, begins with the status, e.g. `502-target-closed`: people search for it. */
  readonly code: string;
  readonly severity: CauseSeverity;
  /** A few words, no full stop. */
  readonly title: string;
  /** What happened, in a sentence or two. */
  readonly why: string;
  /**
   * What it can come from, the most likely first. Where only one rule or cause is left, it is
   * reported under that code.
   */
  readonly advice: readonly Advice[];
}

/** Why an answer was not the target's. */
export interface Cause<Facts = unknown> extends CauseText {
  /** When a line is of this cause; the first row of its table that holds is the one. */
  readonly when: readonly CauseCondition<Facts>[];
}

/** The one advice of a cause that is no rule's. @param source AWS's page of the statuses by default */
export const own = (
  change: string,
  source: string = sources.albStatusCodes,
): readonly [OwnAdvice] => [{ change, source }];
