import type { Scene } from "../scene";

/** One way to be refused. */
export interface Case {
  readonly what: string;
  readonly type: string;
  /** What makes valid inputs wrong, by path; undefined takes a value away. */
  readonly wrong: (s: Scene) => Record<string, unknown>;
  readonly code: string;
  /** Part of the message, where AWS's wording is known. */
  readonly says?: RegExp;
}
