/** Which ports security groups open, in either direction. */
import { opensPort } from "../../path/securityGroups";
import { groupRules, type RuleSource, readGroupRule } from "../securityGroups";
import { token } from "../tokens";
import type { Stack } from "./stack";
import { NotKnown } from "./unknown";

/**
 * True where a rule of the groups opens the port, to whomever; undefined where one of the groups is
 * not the program's, or there are none, so that AWS takes the VPC's default one.
 *
 * @throws {NotKnown} where it depends on a rule that is not known
 */
export function opens(
  stack: Stack,
  ids: readonly string[],
  direction: "ingress" | "egress",
  port: number,
): boolean | undefined {
  const groups = ids.flatMap((id) => stack.find(token.securityGroup, id) ?? []);
  if (groups.length === 0 || groups.length < ids.length) return undefined;
  let lost: NotKnown | undefined;
  const admits = (source: RuleSource): boolean => {
    try {
      const rule = readGroupRule(source);
      return rule.peers.length > 0 && opensPort(rule, port);
    } catch (error) {
      if (!(error instanceof NotKnown)) throw error;
      lost = error;
      return false;
    }
  };
  const found = groups.some((group) => groupRules(stack, group, direction, admits).includes(true));
  if (!found && lost) throw lost;
  return found;
}
