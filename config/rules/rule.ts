/** What a rule between keys looks like. */
import type { KeyName } from "../keys";
import type { View } from "../view";

/** How to fix an issue: set a key, remove one, do several things, or one of several. */
export type SettingsChange =
  | {
      readonly set: KeyName | "aws:region";
      /** `<value>` if it is not known which value is meant. */
      readonly to: string;
      readonly entry?: number | string;
      /** Key within the entry. */
      readonly of?: string;
    }
  | { readonly remove: KeyName; readonly entry?: number | string }
  | { readonly all: readonly SettingsChange[] }
  | { readonly either: readonly SettingsChange[] }
  /** A change that only the user can decide, in words. */
  | { readonly write: string };

/** What one rule found. */
export interface SettingsIssue {
  /** The key that breaks the rule. */
  readonly key: KeyName | "domain" | "aws:region";
  /** What must hold, without any value in it that could be secret. */
  readonly expected: string;
  /** The same with values in it; shown instead where the key is not secret. */
  readonly detail?: string;
  readonly change: SettingsChange;
  /** Position in a list, or name in a map, where one entry is meant. */
  readonly entry?: number | string;
}

/** What the rules know in addition to the settings. */
export interface RuleContext {
  /** Region of the stack, where it is known. */
  readonly region?: string;
}

/** Reads keys, returns what is wrong between them. */
export type SettingsRule = (view: View, surroundings: RuleContext) => readonly SettingsIssue[];

/** For what already exists in AWS: use another one, or none, so that the stack creates its own. */
export const anotherOrNone = (key: KeyName): SettingsChange => ({
  either: [{ set: key, to: "<value>" }, { remove: key }],
});
