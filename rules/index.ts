/**
 * The registry: every rule once. Plan, local, verify, explain, the policy pack and our components
 * take them from here and decide only how a finding is shown.
 */
import { pathRules } from "./path";
import { resourceRules } from "./resources";
import type { Rule } from "./rule";

/** In the order in which they are listed and checked: of paths, then of what stands around them. */
export const rules: readonly Rule[] = [...pathRules, ...resourceRules];

/** The rule with a code. @throws {Error} where there is none: a mistake in our own code */
export function ruleOf(code: string): Rule {
  const found = rules.find((rule) => rule.code === code);
  if (found === undefined) throw new Error(`there is no rule ${code}`);
  return found;
}
