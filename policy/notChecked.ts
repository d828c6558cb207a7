/** What none of the stack's rules could look at, because a preview does not know it yet. */
import { named, type StackRule, type Violation } from "./rule";
import { rules } from "./rules";
import type { Stack } from "./stack/stack";
import type { Unknown } from "./stack/unknown";

/** One message for each value that is not known, however many rules it keeps from checking. */
export const notChecked: StackRule = {
  kind: "stack",
  name: "not-checked-at-preview",
  description: "What a preview does not know yet is checked once it is known.",
  severity: "low",
  level: "advisory",
  remediation:
    "Nothing has to change: the rules are checked again at the end of pulumi up, when everything is known.",
  source: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/",
  check: (stack) => {
    const missed = new Map<string, { unknown: Unknown; names: Set<string> }>();
    for (const rule of rules.filter((r) => r.kind === "stack"))
      for (const unknown of rule.check(stack).missed) {
        const key = `${unknown.property} of ${unknown.urn}`;
        const entry = missed.get(key) ?? { unknown, names: new Set() };
        missed.set(key, { ...entry, names: entry.names.add(rule.name) });
      }
    const violations = [...missed.values()].map(({ unknown, names }) =>
      violation(stack, unknown, [...names]),
    );
    return { violations, missed: [] };
  },
};

function violation(stack: Stack, unknown: Unknown, names: readonly string[]): Violation {
  const resource = stack.get(unknown.urn);
  const whose = resource ? named(resource) : unknown.urn;
  return {
    urn: unknown.urn,
    message: `${unknown.property} of ${whose} is known only after the deployment, so that these rules could not look at it: ${names.join(", ")}.`,
    mild: true,
  };
}
