import { boolean, text } from "../../topology/props";
import { secretHeaderConditions } from "../../topology/stack/secretHeaders";
import type { StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const secretHeaderRandomWildcard = stackRule({
  code: "secret-header-random-wildcard",
  severity: "warning",
  access: true,
  // Only some of the values that it may make hold a wildcard.
  mandatory: false,
  holds: "A random value for a secret header is made without the wildcards * and ?.",
  fix: "Set special: false on the random.RandomPassword that makes the value.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#http-header-conditions",
  subjects: (stack) => stack.of(token.listenerRule),
  check: (rule, stack) =>
    secretHeaderConditions(rule, stack).flatMap(({ name, values }) =>
      values.flatMap((value): StackFault[] => {
        const maker = stack.behind(value);
        if (maker === undefined || !mayHoldWildcard(maker)) return [];
        const type = maker.type === token.randomString ? "RandomString" : "RandomPassword";
        return [
          {
            urn: rule.urn,
            message: `The value that the listener rule ${rule.name} asks for in ${name} is made by ${maker.name}, which may put * or ? into it: the listener takes them for wildcards.`,
            fix: `Set special: false on the random.${type} ${maker.name}.`,
          },
        ];
      }),
    ),
});

/** https://www.pulumi.com/registry/packages/random/api-docs/randompassword/ */
function mayHoldWildcard({ props }: StackResource): boolean {
  const characters = text(props, "overrideSpecial") ?? "!@#$%&*()-_=+[]{}<>:?";
  return boolean(props, "special") !== false && /[*?]/.test(characters);
}
