/** What a rule between keys looks like. */
import type { KeyName } from "../keys";
import type { View } from "../view";

/** How to put a breach right: set a key, remove one, or do one of several things. */
export type Change =
  | { readonly set: KeyName; readonly to: string; readonly entry?: number }
  | { readonly remove: KeyName; readonly entry?: number }
  | { readonly either: readonly Change[] };

/** What one rule found. */
export interface Breach {
  /** The key that breaks the rule. */
  readonly key: KeyName | "domain";
  /** What must hold, without any value in it that could be secret. */
  readonly expected: string;
  /** The same with values in it; shown instead where the key is not secret. */
  readonly detail?: string;
  readonly change: Change;
  /** Position in a list, where one entry is meant. */
  readonly entry?: number;
}

/** What the rules know beside the settings. */
export interface Surroundings {
  /** Region of the stack, where it is known. */
  readonly region?: string;
}

/** Reads keys, returns what is wrong between them. */
export type Rule = (view: View, surroundings: Surroundings) => readonly Breach[];
