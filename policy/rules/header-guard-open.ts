import { blocks, text } from "../../topology/props";
import { sources } from "../../path/sources";
import { stackRule } from "../rule";
import { forwardsTo } from "../forwards";
import { sentHeaders } from "../sentHeaders";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";

export const headerGuardOpen = stackRule({
  name: "header-guard-open",
  description: "A listener that asks for CloudFront's secret header forwards nothing without it.",
  severity: "high",
  level: "mandatory",
  remediation:
    'Let defaultActions of the aws.lb.Listener be [{ type: "fixed-response", fixedResponse: { statusCode: "403", contentType: "text/plain" } }].',
  source: sources.restrictAlb,
  subjects: (stack) => stack.of(token.listener),
  check: (listener, stack) => {
    const guarded = guardedGroups(listener, stack);
    const open = guarded.length > 0 ? forwardsTo(listener.props, "defaultActions") : [];
    if (open.length === 0) return [];
    const same = open.some((arn) => guarded.includes(arn));
    const names = open.map((arn) => stack.find(token.targetGroup, arn)?.name ?? arn).join(", ");
    const message = same
      ? `The listener ${listener.name} forwards requests with CloudFront's secret header, and those without it as well: its default action forwards to ${names} too.`
      : `The listener ${listener.name} asks for CloudFront's secret header before it forwards, but not before its default action forwards to ${names}.`;
    return [{ urn: listener.urn, message, mild: !same }];
  },
});

/** Target groups that the listener's rules forward to when a header is there that CloudFront sends. */
function guardedGroups(listener: StackResource, stack: Stack): string[] {
  const sent = sentHeaders(stack);
  return stack
    .of(token.listenerRule)
    .filter(({ props }) => text(props, "listenerArn") === text(listener.props, "arn"))
    .filter(({ props }) =>
      blocks(props, "conditions")
        .flatMap((condition) => blocks(condition, "httpHeader"))
        .some((header) => sent.has((text(header, "httpHeaderName") ?? "").toLowerCase())),
    )
    .flatMap(({ props }) => forwardsTo(props, "actions"));
}
