import { sources } from "../../path/sources";
import { guardedGroups } from "../../topology/stack/secretHeaders";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const headerGuardOpen = stackRule({
  code: "header-guard-open",
  severity: "warning",
  access: true,
  holds:
    "A listener that asks for CloudFront's secret header forwards nothing to the same targets without it.",
  fix: 'Set defaultActions of the aws.lb.Listener to [{ type: "fixed-response", fixedResponse: { statusCode: "403", contentType: "text/plain" } }].',
  source: sources.restrictAlb,
  subjects: (stack) => stack.of(token.listener),
  check: (listener, stack) => {
    const { guarded, open } = guardedGroups(listener, stack);
    const both = open.filter((arn) => guarded.includes(arn));
    if (both.length === 0) return undefined;
    const names = both.map((arn) => stack.find(token.targetGroup, arn)?.name ?? arn).join(", ");
    return {
      urn: listener.urn,
      message: `The listener ${listener.name} forwards requests without CloudFront's secret header too: its default action forwards to ${names}, like the rule that asks for the header.`,
      fix: `Set defaultActions of the aws.lb.Listener ${listener.name} to [{ type: "fixed-response", fixedResponse: { statusCode: "403", contentType: "text/plain" } }].`,
    };
  },
});
