/** What a rule is, and how one is written: `resourceRule`, `stackRule` (and `pathRule`). */
import type { Props } from "../topology/resource";
import type { Stack, StackResource } from "../topology/stack/stack";
import { NotKnown, type Unknown } from "../topology/stack/unknown";

/** How bad it is to break a rule, as Pulumi names it. */
export type RuleSeverity = "low" | "medium" | "high" | "critical";

/** What happens to a deployment that breaks a rule: it stops, is warned, or nobody looks. */
export type Level = "mandatory" | "advisory" | "disabled";

/** What a rule says of itself. */
export interface RuleInfo {
  /** Stable, kebab-case; what configuration and search name it by. Of a path's rule the finding's. */
  readonly name: string;
  /** One sentence: what has to hold. */
  readonly description: string;
  readonly severity: RuleSeverity;
  /** Where no configuration says otherwise. */
  readonly level: Level;
  /** What to write instead, in Pulumi's terms. */
  readonly remediation: string;
  /** The AWS page. */
  readonly source: string;
}

/** One breach of a rule. */
export interface Violation {
  /** The resource that has to change. */
  readonly urn: string;
  /** What is wrong, with the names of the resources. Never a secret's value. */
  readonly message: string;
  /** What to write instead, where more can be said than the rule's {@link RuleInfo.remediation}. */
  readonly remediation?: string;
  /** @default the rule's page */
  readonly source?: string;
  /** True: worth knowing, and never more than a warning, whatever the rule's level. */
  readonly mild?: boolean;
}

/** A resource as the program wrote it, before it is created. */
export interface WrittenResource {
  readonly urn: string;
  /** By the one token of `token`. */
  readonly type: string;
  readonly name: string;
  /** Inputs. Absent: left to AWS. Reading one that is not known throws {@link NotKnown}. */
  readonly props: Props;
}

/** A rule about single resources; it stops one before it is created. */
export interface ResourceRule extends RuleInfo {
  readonly kind: "resource";
  readonly types: readonly string[];
  readonly check: (resource: WrittenResource) => Omit<Violation, "urn"> | undefined;
}

/** What a rule about the whole stack came to. */
export interface Outcome {
  readonly violations: readonly Violation[];
  /** Values without which parts of the stack could not be checked. */
  readonly missed: readonly Unknown[];
}

/** A rule about resources that belong together; it stops a preview. */
export interface StackRule extends RuleInfo {
  readonly kind: "stack";
  readonly check: (stack: Stack) => Outcome;
}

export type Rule = ResourceRule | StackRule;

/** A rule about each resource of some types. */
export function resourceRule(rule: Omit<ResourceRule, "kind">): ResourceRule {
  return { kind: "resource", ...rule };
}

/**
 * A rule about the stack, one subject at a time: a subject for which something is not known yet is
 * missed, the others are checked.
 */
export function stackRule<T>(
  rule: RuleInfo & {
    readonly subjects: (stack: Stack) => readonly T[];
    readonly check: (subject: T, stack: Stack) => readonly Violation[];
  },
): StackRule {
  const { subjects, check, ...info } = rule;
  return {
    ...info,
    kind: "stack",
    check: (stack) =>
      together(subjects(stack).map((subject) => outcomeOf(() => check(subject, stack)))),
  };
}

/** What a check came to, or the value that it missed. */
export function outcomeOf(check: () => readonly Violation[]): Outcome {
  try {
    return { violations: check(), missed: [] };
  } catch (error) {
    if (error instanceof NotKnown) return { violations: [], missed: [error.unknown] };
    throw error;
  }
}

/** Several outcomes as one; what was said twice is said once. */
export function together(outcomes: readonly Outcome[]): Outcome {
  const violations = outcomes.flatMap((outcome) => outcome.violations);
  const said = new Map(violations.map((v) => [`${v.urn} ${v.message}`, v]));
  const missed = outcomes.flatMap((outcome) => outcome.missed);
  return { violations: [...said.values()], missed: [...new Set(missed)] };
}

/** A resource in a message: `the target group web`. */
export function named(resource: Pick<StackResource, "type" | "name">): string {
  const kind = resource.type.slice(resource.type.lastIndexOf(":") + 1);
  const words = kind.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
  return `the ${words.replace("vpc ", "VPC ")} ${resource.name}`;
}

/** A sentence, however it begins. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
