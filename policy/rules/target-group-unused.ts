import { sources } from "../../path/sources";
import { block, blocks, text } from "../../topology/props";
import { forwardsTo } from "../forwards";
import { stackRule } from "../rule";
import type { Stack } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";

export const targetGroupUnused = stackRule({
  name: "target-group-unused",
  description: "Every target group is forwarded to by a listener or one of its rules.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Forward to the target group in defaultActions of an aws.lb.Listener or actions of an aws.lb.ListenerRule, or leave it out.",
  source: sources.albActions,
  subjects: (stack) => stack.of(token.targetGroup),
  check: ({ urn, name, props }, stack) => {
    const arn = text(props, "arn") ?? "";
    if (used(stack).has(arn)) return [];
    const services = stack
      .of(token.service)
      .filter((s) =>
        blocks(s.props, "loadBalancers").some((t) => text(t, "targetGroupArn") === arn),
      );
    // Without a service that needs it, a listener of another program may forward to it.
    const mild = services.length === 0;
    const what = mild
      ? "its targets get no request"
      : `AWS refuses to create the service ${services.map((s) => s.name).join(", ")}, which registers its tasks there`;
    return [
      {
        urn,
        mild,
        message: `No listener of the program forwards to the target group ${name}: ${what}.`,
      },
    ];
  },
});

/** Target groups that get requests, or will during a blue/green deployment. */
function used(stack: Stack): ReadonlySet<string> {
  const alternates = stack
    .of(token.service)
    .flatMap(({ props }) => blocks(props, "loadBalancers"))
    .flatMap(
      (target) =>
        text(block(target, "advancedConfiguration") ?? {}, "alternateTargetGroupArn") ?? [],
    );
  return new Set([
    ...stack.of(token.listener).flatMap(({ props }) => forwardsTo(props, "defaultActions")),
    ...stack.of(token.listenerRule).flatMap(({ props }) => forwardsTo(props, "actions")),
    ...alternates,
    // CodeDeploy forwards to its groups by name, in turn.
    ...stack
      .of(token.deploymentGroup)
      .flatMap(() => stack.of(token.targetGroup).flatMap(({ props }) => text(props, "arn") ?? [])),
  ]);
}
