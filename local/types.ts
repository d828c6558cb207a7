/** What the local AWS is given and gives back: plain data that every part of `local/` shares. */
export type { DeclaredResource as LocalResource, Position, Props } from "../topology/resource";

/** Stands for a value that is not known yet (a preview). The adapters translate it. */
export const UNKNOWN = Symbol.for("hopwise.local.unknown");

/** One refusal: what AWS (or the provider in front of it) would answer. */
export interface Refusal {
  /** AWS's error code where it has one, e.g. `InvalidLoadBalancerAction`. */
  readonly code: string;
  readonly message: string;
  /** Property path, e.g. `healthCheck.timeout`. */
  readonly property?: string;
  /** Where AWS documents it. */
  readonly source?: string;
}
