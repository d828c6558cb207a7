/** The region of a certificate. */
import { token } from "../tokens";
import type { Stack } from "./stack";
import { NotKnown, Unknown } from "./unknown";

/**
 * Region of a certificate, from its ARN or, before it has one, from its resource.
 * @throws {NotKnown} if neither says it
 */
export function certificateRegionOf(arn: string, stack: Stack): string {
  const certificate = stack.find(token.certificate, arn);
  const region = /^arn:[^:]+:acm:([^:]+):/.exec(arn)?.[1] ?? certificate?.region;
  if (region !== undefined) return region;
  throw new NotKnown(new Unknown(certificate?.urn ?? "", ["region"]));
}
