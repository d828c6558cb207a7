/** Which ports the security groups of a load balancer open. */
import { opensPort } from "../../path/securityGroups";
import { texts } from "../props";
import { groupRules, type RuleSource, ruleOf } from "../securityGroups";
import { token } from "../tokens";
import type { Stack, StackResource } from "./stack";
import { NotKnown } from "./unknown";

/**
 * True where a rule of the load balancer's groups opens the port to anybody; undefined where one of
 * the groups is not the program's, or there are none, so that AWS takes the VPC's default one.
 *
 * @throws {NotKnown} where it depends on a rule that is not known
 */
export function opensTo(
  stack: Stack,
  loadBalancer: StackResource,
  port: number,
): boolean | undefined {
  const ids = texts(loadBalancer.props, "securityGroups");
  const groups = ids.flatMap((id) => stack.find(token.securityGroup, id) ?? []);
  if (groups.length === 0 || groups.length < ids.length) return undefined;
  let lost: NotKnown | undefined;
  const opens = (source: RuleSource): boolean => {
    try {
      const rule = ruleOf(source);
      return rule.peers.length > 0 && opensPort(rule, port);
    } catch (error) {
      if (!(error instanceof NotKnown)) throw error;
      lost = error;
      return false;
    }
  };
  const found = groups.some((group) => groupRules(stack, group, "ingress", opens).includes(true));
  if (!found && lost) throw lost;
  return found;
}
