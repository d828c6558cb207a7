import { sources } from "../../path/sources";
import { blocks, text } from "../../topology/props";
import { groupsWithRequests } from "../../topology/stack/forwards";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const serviceTargetGroupUnused = stackRule({
  code: "service-target-group-unused",
  severity: "error",
  holds: "A listener or one of its rules forwards to every target group of a service.",
  fix: "Forward to the target group in defaultActions of an aws.lb.Listener or in actions of an aws.lb.ListenerRule.",
  source: sources.albActions,
  subjects: (stack) => stack.of(token.service),
  check: ({ urn, name, props }, stack) =>
    blocks(props, "loadBalancers").flatMap((target): StackFault[] => {
      const group = stack.find(token.targetGroup, text(target, "targetGroupArn"));
      if (group === undefined || stack.isNamedElsewhere(group)) return [];
      if (groupsWithRequests(stack).has(text(group.props, "arn") ?? "")) return [];
      stack.requireExisting(group);
      return [
        {
          urn,
          message: `The service ${name} registers its tasks in the target group ${group.name}, but no listener of the program forwards to it: AWS refuses to create the service.`,
          fix: `Forward to the aws.lb.TargetGroup ${group.name} in defaultActions of an aws.lb.Listener or in actions of an aws.lb.ListenerRule.`,
        },
      ];
    }),
});
