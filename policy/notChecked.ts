/** What none of the stack's rules could look at, because a preview does not know it yet. */
import { named, type StackRule, type Violation } from "./rule";
import { rules } from "./rules";
import type { Stack } from "../topology/stack/stack";
import type { Unknown } from "../topology/stack/unknown";

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
    message: `Not known before the deployment: ${unknown.property} of ${whose}. Not checked because of it: ${listed(names)}.`,
    mild: true,
  };
}

/** A reference that is not known keeps every rule about paths from checking: no need to read them all. */
function listed(names: readonly string[]): string {
  const [first = "", second = "", ...others] = names;
  return names.length > 8 ? `${first}, ${second} and ${others.length} more` : names.join(", ");
}
