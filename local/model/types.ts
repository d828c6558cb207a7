/** What the local AWS is given and gives back: plain data that every part of `local/` shares. */
import type { Position } from "../../topology/resource";

export { UNKNOWN, UNKNOWN_TEXT } from "../../topology/resource";
export type { DeclaredResource as LocalResource, Position, Props } from "../../topology/resource";

/** One refusal: what AWS (or the provider in front of it) would answer. */
export interface Refusal {
  /** AWS's error code where it has one, e.g. `InvalidLoadBalancerAction`. */
  readonly code: string;
  readonly message: string;
  /** Property path, e.g. `healthCheck.timeout`. */
  readonly property?: string;
  /** Where AWS documents it. */
  readonly source?: string;
  /**
   * True where a resource that the program makes later, or at the same time, may bring about what is
   * missing: it counts where none does.
   */
  readonly waits?: true;
}

/** What a refusal or a check is about. */
export interface Subject {
  /** URN of the resource; absent for a provider function. */
  readonly urn?: string;
  /** Type of the resource, or token of the function. */
  readonly type: string;
  /** Logical name of the resource. */
  readonly name?: string;
  readonly position?: Position;
}

/** The type of what a program creates in `apply` of a value that is not known. */
export const APPLY = "apply";

/** A refusal, and what of the program it is about. */
export interface ResourceRefusal extends Refusal, Subject {}

/** A check of a resource whose outcome shows only once something refused is corrected, or known. */
export interface UncheckedCheck extends Subject {
  /** Path of the property in question. */
  readonly property?: string;
  /** URN of the refused resource, or token of the refused function. */
  readonly because: string;
  /** True where it is a value of `because` that is not known, and nothing is refused. */
  readonly unknown?: true;
}
