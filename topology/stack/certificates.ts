/** Where a certificate is. */
import { REGION_NOT_SET } from "../resource";
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
  if (region !== undefined && region !== REGION_NOT_SET) return region;
  throw new NotKnown(new Unknown(certificate?.urn ?? "", ["region"]));
}
