import { sources } from "../../path/sources";
import { text } from "../../topology/props";
import { switchedPairs } from "../../topology/stack/forwards";
import type { StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const deploymentProtocolVersionsDiffer = stackRule({
  code: "deployment-protocol-versions-differ",
  severity: "error",
  holds:
    "Both target groups of a blue/green, linear or canary deployment have one protocol version.",
  fix: "Give both aws.lb.TargetGroups the same protocolVersion and protocol.",
  source: sources.targetProtocolVersion,
  subjects: (stack) => [...stack.of(token.service), ...stack.of(token.deploymentGroup)],
  check: (subject, stack) =>
    switchedPairs(stack, subject).flatMap(([first, second]): StackFault[] => {
      if (first === undefined || second === undefined) return [];
      const [one, other] = [spokenTo(first), spokenTo(second)];
      if (one === other) return [];
      return [
        {
          urn: subject.urn,
          message: `A deployment of ${subject.name} moves requests from the target group ${first.name} (${one}) to ${second.name} (${other}): the same tasks are then called in another protocol, and requests that work in one group get 464 or 502 in the other.`,
          fix: `Give the aws.lb.TargetGroup ${second.name} the protocolVersion and protocol of ${first.name}: ${one}.`,
        },
      ];
    }),
});

/** What the load balancer speaks to a group's targets, with AWS's defaults. */
function spokenTo({ props }: StackResource): string {
  const version = text(props, "protocolVersion") ?? "HTTP1";
  return `${version} over ${text(props, "protocol") ?? "HTTP"}`;
}
