import { sources } from "../../path/sources";
import { guardedGroups } from "../../topology/stack/secretHeaders";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const headerGuardOtherGroup = stackRule({
  code: "header-guard-other-group",
  severity: "note",
  holds: "A listener that asks for CloudFront's secret header forwards nothing without it.",
  fix: 'Where only CloudFront may call these targets, set defaultActions of the aws.lb.Listener to [{ type: "fixed-response", fixedResponse: { statusCode: "403", contentType: "text/plain" } }].',
  source: sources.restrictAlb,
  unless: ["header-guard-open"],
  subjects: (stack) => stack.of(token.listener),
  check: (listener, stack) => {
    const { guarded, open } = guardedGroups(listener, stack);
    const others = open.filter((arn) => !guarded.includes(arn));
    if (others.length === 0) return undefined;
    const names = others.map((arn) => stack.find(token.targetGroup, arn)?.name ?? arn).join(", ");
    return {
      urn: listener.urn,
      message: `The listener ${listener.name} asks for CloudFront's secret header in a rule, but its default action forwards to ${names} without it.`,
      fix: `Where only CloudFront may call these targets, set defaultActions of the aws.lb.Listener ${listener.name} to [{ type: "fixed-response", fixedResponse: { statusCode: "403", contentType: "text/plain" } }].`,
    };
  },
});
