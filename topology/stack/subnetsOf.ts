/** The subnets of a load balancer that the program makes. */
import { blocks, text, texts } from "../props";
import type { Stack, StackResource } from "./stack";
import { token } from "../tokens";

/** Ids of a load balancer's subnets. @throws {NotKnown} where they are not known */
export function subnetIdsOf({ props }: StackResource): readonly string[] {
  const mapped = blocks(props, "subnetMappings").flatMap((one) => text(one, "subnetId") ?? []);
  return [...new Set([...texts(props, "subnets"), ...mapped])];
}

/** Those of them that the program makes. @throws {NotKnown} where they are not known */
export function subnetsOf(stack: Stack, balancer: StackResource): readonly StackResource[] {
  return subnetIdsOf(balancer).flatMap((id) => stack.find(token.subnet, id) ?? []);
}
