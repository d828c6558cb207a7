import { sources } from "../../path/sources";
import { text } from "../../topology/props";
import { groupsOfServices, groupsWithRequests } from "../../topology/stack/forwards";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const targetGroupUnused = stackRule({
  code: "target-group-unused",
  severity: "warning",
  holds: "A listener or one of its rules forwards to every target group.",
  fix: "Forward to the aws.lb.TargetGroup in defaultActions of an aws.lb.Listener or in actions of an aws.lb.ListenerRule, or leave it out.",
  source: sources.albActions,
  unused: true,
  subjects: (stack) => stack.of(token.targetGroup),
  check: ({ urn, name, props }, stack) => {
    const arn = text(props, "arn") ?? "";
    // An unused group of a service is a separate error: service-target-group-unused.
    if (groupsWithRequests(stack).has(arn) || groupsOfServices(stack).has(arn)) return undefined;
    return {
      urn,
      message: `No listener of the program forwards to the target group ${name}: its targets get no request, unless another program's listener forwards to it.`,
      fix: `Forward to the aws.lb.TargetGroup ${name} in defaultActions of an aws.lb.Listener or in actions of an aws.lb.ListenerRule, or leave it out.`,
    };
  },
});
