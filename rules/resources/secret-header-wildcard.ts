import { secretHeaderConditions } from "../../topology/stack/secretHeaders";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const secretHeaderWildcard = stackRule({
  code: "secret-header-wildcard",
  severity: "warning",
  access: true,
  holds: "The value that a listener rule asks for in a secret header has no wildcard, * or ?.",
  fix: "Use a value of letters and digits, e.g. of a random.RandomPassword with special: false.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#http-header-conditions",
  subjects: (stack) => stack.of(token.listenerRule),
  check: (rule, stack) =>
    secretHeaderConditions(rule, stack).flatMap(({ name, values }) =>
      values
        // Of what a provider makes only the settings count: secret-header-random-wildcard.
        .filter((value) => /[*?]/.test(value) && stack.behind(value) === undefined)
        .map(
          // The value is a secret: its length is all that is said of it.
          ({ length }): StackFault => ({
            urn: rule.urn,
            message: `The value that the listener rule ${rule.name} asks for in ${name} (${length} characters) holds * or ?, which match anything: it is enough to guess the rest.`,
            fix: `Ask in the aws.lb.ListenerRule ${rule.name} for a value of letters and digits, e.g. of a random.RandomPassword with special: false.`,
          }),
        ),
    ),
});
