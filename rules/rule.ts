/**
 * What a rule is. Each is in its own file, named after its code, made by `pathRule`,
 * `resourceRule` or `stackRule` and listed in `rules/index.ts`.
 */
import type { PathSpec } from "../path/types";
import type { Role } from "../topology/stack/provenance";
import type { Stack, StackResource } from "../topology/stack/stack";
import type { Severity } from "./finding";
import type { Naming } from "./naming";

/** What a rule says of itself. */
export interface RuleInfo {
  /** Stable, kebab-case; what configuration, findings and search name it by. */
  readonly code: string;
  readonly severity: Severity;
  /**
   * True for a rule about who gets in: our components refuse what breaks it, and the policy pack
   * makes it mandatory although requests work.
   */
  readonly access?: true;
  /** False: in the policy pack never more than advisory. @default true for errors and access rules */
  readonly mandatory?: false;
  /** One sentence: what has to hold. */
  readonly holds: string;
  /** What to write instead, in Pulumi's words: property, resource type, value. */
  readonly fix: string;
  /** The AWS page. */
  readonly source: string;
  /**
   * What of another resource would be enough for the rule, in words, such as `a route`. What a program
   * makes in `apply` of an unknown value is in no preview; a finding then says so.
   */
  readonly lacks?: string;
  /** How AWS refuses what breaks the rule, where it does. */
  readonly refusedAs?: RefusedAs;
  /** Codes of which a finding on the same path or resource already says what this one says. */
  readonly unless?: readonly string[];
}

/** What a refusal of AWS says; many refusals have the same code. */
interface RefusedAs {
  readonly code: string;
  readonly message: RegExp;
}

/** One violation of a rule. */
export interface Fault {
  /** What is so, and what comes of it, with the names of the resources. Never a secret's value. */
  readonly message: string;
  /** What to write instead, with names and values. @default the rule's `fix` */
  readonly fix?: string;
  /** The same in the settings and arguments of our own components, where they decide it. */
  readonly settings?: string;
  /** @default the rule's page */
  readonly source?: string;
  /** Set where no target gets requests because of it: why, e.g. `no task starts`. */
  readonly stops?: string;
}

/** What a check may return: nothing, one violation, or several. */
export type Faults<F = Fault> = F | readonly F[] | undefined;

/** A rule about a whole path. */
export interface PathRule extends RuleInfo {
  readonly about: "path";
  /** Whose resource has to change; the first of these that the path has. */
  readonly on: readonly Role[];
  /**
   * In a preview, reading a field of the spec that is not known yet ends the check.
   * @param names the path's resources in words
   */
  readonly check: (spec: PathSpec, names: Naming) => Faults;
  /**
   * True for a rule about what a variant of ours gives up or needs: it is not checked on programs,
   * whose authors chose their resources one by one.
   */
  readonly ofVariants?: true;
  /**
   * The field whose every part adds to what is wrong, e.g. `listener.admits`: what is known of it
   * can break the rule even where more of it is not known.
   */
  readonly grows?: string;
  /** Values that are put in place of the path's own, by field. */
  readonly assuming?: Readonly<Record<string, unknown>>;
  /** The same fault on resources that no path leads over. */
  readonly withoutPath?: Pick<StackRule, "subjects" | "check">;
}

/** Where a rule about resources can be broken by a path that has none yet: our components' own. */
interface Planned {
  readonly planned?: (spec: PathSpec, names: Naming) => Faults;
}

/** A rule about each resource of some types; the policy pack stops one before it is created. */
export interface ResourceRule extends RuleInfo, Planned {
  readonly about: "resource";
  readonly types: readonly string[];
  readonly check: (resource: Pick<StackResource, "type" | "name" | "props">) => Faults;
}

/** A violation, and the resource that has to change. */
export interface StackFault extends Fault {
  readonly urn: string;
}

/** A rule about resources that belong together. */
export interface StackRule extends RuleInfo, Planned {
  readonly about: "stack";
  /** What is checked, one by one: one for which something is not known is not checked. */
  readonly subjects: (stack: Stack) => readonly StackResource[];
  /**
   * True for a rule that says that nothing uses the resource. It is not checked on one that a resource
   * of another package names: what that does with it is not known. In a preview it is not checked
   * before the resource exists either: what uses it may be created in `apply`.
   */
  readonly unused?: true;
  readonly check: (subject: StackResource, stack: Stack) => Faults<StackFault>;
}

export type Rule = PathRule | ResourceRule | StackRule;

/** A rule about a whole path. */
export function pathRule(rule: Omit<PathRule, "about">): PathRule {
  return { about: "path", ...rule };
}

/** A rule about each resource of some types. */
export function resourceRule(rule: Omit<ResourceRule, "about">): ResourceRule {
  return { about: "resource", ...rule };
}

/** A rule about resources that belong together. */
export function stackRule(rule: Omit<StackRule, "about">): StackRule {
  return { about: "stack", ...rule };
}

/** What a check returned, as a list. */
export function faultList<F extends Fault>(faults: Faults<F>): readonly F[] {
  if (faults === undefined) return [];
  return "message" in faults ? [faults] : faults;
}
