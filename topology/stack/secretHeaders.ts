/** Headers that CloudFront adds to requests to an origin, including a secret one. */
import { blocks, text, texts } from "../props";
import { token } from "../tokens";
import { forwardsTo } from "./forwards";
import type { Stack, StackResource } from "./stack";

/** A header that a listener rule requires and that the stack's distributions send. */
export interface SecretHeaderCondition {
  readonly name: string;
  readonly values: readonly string[];
}

/** Names of the headers that the stack's distributions send, in lower case. */
function sentHeaders(stack: Stack): ReadonlySet<string> {
  const headers = stack
    .of(token.distribution)
    .flatMap(({ props }) => blocks(props, "origins"))
    .flatMap((origin) => blocks(origin, "customHeaders"));
  return new Set(headers.map((header) => (text(header, "name") ?? "").toLowerCase()));
}

/** Conditions of a listener rule on headers that the stack's distributions send. */
export function secretHeaderConditions(
  { props }: StackResource,
  stack: Stack,
): SecretHeaderCondition[] {
  const headers = blocks(props, "conditions").flatMap((condition) =>
    blocks(condition, "httpHeader"),
  );
  if (headers.length === 0) return [];
  const sent = sentHeaders(stack);
  return headers
    .filter((header) => sent.has((text(header, "httpHeaderName") ?? "").toLowerCase()))
    .map((header) => ({
      name: text(header, "httpHeaderName") ?? "",
      values: texts(header, "values"),
    }));
}

/** Where a listener forwards requests with such a header, and where those without it, by ARN. */
export function guardedGroups(
  listener: StackResource,
  stack: Stack,
): { readonly guarded: readonly string[]; readonly open: readonly string[] } {
  const guarded = stack
    .of(token.listenerRule)
    .filter(({ props }) => text(props, "listenerArn") === text(listener.props, "arn"))
    .filter((rule) => secretHeaderConditions(rule, stack).length > 0)
    .flatMap(({ props }) => forwardsTo(props, "actions"));
  return { guarded, open: guarded.length > 0 ? forwardsTo(listener.props, "defaultActions") : [] };
}
