import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const containerLacksProtocol = pathRule({
  name: "container-lacks-protocol",
  description:
    "The container accepts the protocol that the load balancer speaks to its target group.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Let the protocolVersion of the aws.lb.TargetGroup and the HTTP version that the container is told to speak be the same.",
  source: sources.targetProtocolVersion,
  on: ["taskDefinition", "targetGroup"],
  write: (names) =>
    `Let the protocolVersion of the aws.lb.TargetGroup ${names.targetGroup} and HOPWISE_HTTP2 in the containerDefinitions of ${names.taskDefinition} say the same.`,
});
