import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const containerPortMismatch = pathRule({
  name: "container-port-mismatch",
  description: "The container listens on the port that requests are sent to.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Give loadBalancers[].containerPort of the aws.ecs.Service and the container the same port.",
  source: sources.albStatusCodes,
  on: ["taskDefinition", "targetGroup"],
  write: (names) =>
    `Give loadBalancers[].containerPort of the aws.ecs.Service ${names.service} and HOPWISE_PORT in the containerDefinitions of ${names.taskDefinition} the same port.`,
});
