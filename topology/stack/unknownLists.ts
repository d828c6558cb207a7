/** Prefix lists in security group rules whose content is not known here. */
import { opensPort } from "../../path/securityGroups";
import { groupRules, readGroupRule } from "../securityGroups";
import { token } from "../tokens";
import type { Stack, StackResource } from "./stack";
import { touches, Unknown } from "./unknown";

/**
 * The first list that the groups admit to the port and that is neither AWS's nor wholly the
 * program's; undefined where there is none, or where no list is known.
 */
export function unknownList(
  stack: Stack,
  groups: readonly StackResource[],
  port: number,
): Unknown | undefined {
  const { prefixLists } = stack;
  if (prefixLists === undefined) return undefined;
  const declared = stack.declared.filter(({ urn }) => groups.some((group) => group.urn === urn));
  const of = (type: string) => declared.filter((resource) => resource.type === type);
  for (const group of of(token.securityGroup))
    for (const rule of groupRules({ of }, group, "ingress", readGroupRule)) {
      if (!opensPort(rule, port)) continue;
      for (const peer of rule.peers) {
        if (peer.kind !== "prefix-list" || prefixLists.has(peer.id)) continue;
        const own = stack.find(token.prefixList, peer.id);
        const entries = own?.unknown.find((unknown) => touches(unknown, "entries"));
        if (own && !entries) continue;
        return entries ?? new Unknown(group.urn, [peer.id]);
      }
    }
  return undefined;
}
