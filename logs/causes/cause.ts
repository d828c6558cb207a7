/** Types of a cause, for answers of the load balancer and of CloudFront. */
import { sources } from "../../path/sources";
import type { TargetProtocolVersion } from "../../path/types";
import type { CauseCondition } from "./condition";

/**
 * `error`: a request that should have been answered was not. `warning`: the client's error, or one
 * that only the request itself can explain. `note`: configured, or part of normal operation.
 */
export type CauseSeverity = "error" | "warning" | "note";

/** When a piece of advice applies, by what the rest of the log shows about the target group. */
interface Applies {
  /** Only for target groups that may have one of these versions. @default any */
  readonly at?: readonly TargetProtocolVersion[];
  /** Only at target groups that answered gRPC. */
  readonly answersGrpc?: true;
  /** True: only at target groups to which HTTP/2 from CloudFront was lost; false: only at others. */
  readonly lostHttp2?: boolean;
  /** Only for target groups without any answer. */
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

/** What to change if it is not a rule's fix, in Pulumi's terms if there is such a setting. */
interface OwnAdvice extends Applies {
  readonly change: string;
  /** The AWS page. */
  readonly source: string;
}

/** One possible reason of a cause, and the fix. */
export type Advice = RuleAdvice | IntentAdvice | CauseAdvice | OwnAdvice;

/** The text of a cause. */
export interface CauseText {
  /** Stable, begins with the status, e.g. `502-target-closed`: people search for it. */
  readonly code: string;
  readonly severity: CauseSeverity;
  /** A few words, no full stop. */
  readonly title: string;
  /** What happened, in a sentence or two. */
  readonly why: string;
  /**
   * Possible reasons, the most likely first. If only one rule or cause is left, it is reported
   * under that code.
   */
  readonly advice: readonly Advice[];
}

/** Why an answer was not the target's. */
export interface Cause<Facts = unknown> extends CauseText {
  /** When a line has this cause; the first row of its table that matches decides. */
  readonly when: readonly CauseCondition<Facts>[];
}

/** The only advice of a cause without a rule. @param source the default is AWS's page of the statuses */
export const own = (
  change: string,
  source: string = sources.albStatusCodes,
): readonly [OwnAdvice] => [{ change, source }];
