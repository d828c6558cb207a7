import { blocks, flag, text, texts } from "../../topology/props";
import type { Props } from "../../topology/resource";
import { stackRule, type Violation } from "../rule";
import { sentHeaders } from "../sentHeaders";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";

export const secretHeaderWildcard = stackRule({
  name: "secret-header-wildcard",
  description:
    "The value that a listener rule asks for in a secret header has no * and no ?, which match anything.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Make the value of letters and digits, e.g. with special: false of the random.RandomPassword.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#http-header-conditions",
  subjects: (stack) => stack.of(token.listenerRule),
  check: (rule, stack) => {
    const sent = sentHeaders(stack);
    return blocks(rule.props, "conditions")
      .flatMap((condition) => blocks(condition, "httpHeader"))
      .filter((header) => sent.has((text(header, "httpHeaderName") ?? "").toLowerCase()))
      .flatMap((header) => wildcards(header, rule, stack));
  },
});

function wildcards(header: Props, { urn, name }: StackResource, stack: Stack): Violation[] {
  const what = `The value that the listener rule ${name} asks for in ${text(header, "httpHeaderName") ?? "a header"}`;
  return texts(header, "values").flatMap((value): Violation[] => {
    const maker = stack.behind(value);
    if (maker)
      return mayHoldWildcard(maker)
        ? [
            {
              urn,
              mild: true,
              message: `${what} is made by ${maker.name}, which may put * or ? into it.`,
            },
          ]
        : [];
    // The value is a secret: how long it is is all that is said of it.
    return /[*?]/.test(value)
      ? [
          {
            urn,
            message: `${what} (${value.length} characters) holds * or ?: whoever guesses the rest gets in.`,
          },
        ]
      : [];
  });
}

/** https://www.pulumi.com/registry/packages/random/api-docs/randompassword/ */
function mayHoldWildcard({ props }: StackResource): boolean {
  const characters = text(props, "overrideSpecial") ?? "!@#$%&*()-_=+[]{}<>:?";
  return flag(props, "special") !== false && /[*?]/.test(characters);
}
