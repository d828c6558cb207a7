import { sources } from "../../path/sources";
import { alternateOf } from "../../topology/deployments";
import { blocks, text } from "../../topology/props";
import { pathsIn, type StackPath } from "../../topology/stack/paths";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { NotKnown } from "../../topology/stack/unknown";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const deploymentRuleNotMoved = stackRule({
  code: "deployment-rule-not-moved",
  severity: "warning",
  holds:
    "Every request for a service goes through the listener rule whose target groups its blue/green, linear or canary deployments exchange.",
  fix: "Let one aws.lb.ListenerRule forward all requests for the service, and name it in productionListenerRule of the aws.ecs.Service.",
  source: sources.ecsBlueGreen,
  subjects: (stack) => stack.of(token.service),
  check: (service, stack) =>
    blocks(service.props, "loadBalancers").flatMap((target): StackFault[] => {
      const { alternate } = alternateOf(target);
      const moved = stack.find(token.listenerRule, alternate?.productionRuleArn);
      if (alternate === undefined || moved === undefined) return [];
      const first = text(target, "targetGroupArn");
      const own = [alternate.productionRuleArn, alternate.testRuleArn];
      const left = leading(stack, [first, alternate.targetGroupArn], own);
      return left.map((forwards) => ({
        urn: service.urn,
        message: `A deployment of ${service.name} moves the requests of the listener rule ${moved.name} only, and ${forwards} forwards to its target groups too: those requests stay at the old tasks, and get 503 when these have stopped.`,
        fix: `Let the aws.lb.ListenerRule ${moved.name} forward all requests for ${service.name}, or leave out the forward of ${forwards}.`,
      }));
    }),
});

/** What else leads requests to one of the groups, in words. */
function leading(
  stack: Stack,
  groups: readonly (string | undefined)[],
  own: readonly (string | undefined)[],
): string[] {
  const { paths, lost } = pathsIn(stack);
  const taken = paths.filter(
    ({ found: { via } }) =>
      groups.includes(via.targetGroupArn) &&
      (via.ruleArn === undefined || !own.includes(via.ruleArn)),
  );
  const [uncertain] = taken.length > 0 ? taken.flatMap((path) => path.uncertain ?? []) : lost;
  if (uncertain) throw new NotKnown(uncertain);
  return [...new Set(taken.map(forwarder))];
}

function forwarder({ found: { via }, resources }: StackPath): string {
  const name = (resource: StackResource | undefined): string => resource?.name ?? "";
  return via.ruleArn === undefined
    ? `the default action of the listener ${name(resources.listener[0])}`
    : `the listener rule ${name(resources.rule[0])}`;
}
