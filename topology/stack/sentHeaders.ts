/** Headers that CloudFront adds to what it sends to an origin: one's own secret is among them. */
import { blocks, text } from "../props";
import type { Stack } from "./stack";
import { token } from "../tokens";

/** Names of the headers that the stack's distributions send, in lower case. */
export function sentHeaders(stack: Stack): ReadonlySet<string> {
  const headers = stack
    .of(token.distribution)
    .flatMap(({ props }) => blocks(props, "origins"))
    .flatMap((origin) => blocks(origin, "customHeaders"));
  return new Set(headers.map((header) => (text(header, "name") ?? "").toLowerCase()));
}
