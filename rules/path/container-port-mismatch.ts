import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const containerPortMismatch = pathRule({
  code: "container-port-mismatch",
  severity: "error",
  holds: "The container listens on the port that requests are sent to.",
  fix: "Give loadBalancers[].containerPort of the aws.ecs.Service and the server in the container the same port.",
  source: sources.albStatusCodes,
  on: ["taskDefinition", "targetGroup"],
  check: ({ target, container }, { the, code }) => {
    if (target.port === container.port) return undefined;
    return {
      message: `Requests to ${the.targetGroup} go to port ${target.port}, but ${the.container} listens on port ${container.port}: every request gets 502.`,
      fix: `Set loadBalancers[].containerPort of ${code.service} to ${container.port}, or let ${the.container} listen on ${target.port} (the image of hopwise: HOPWISE_PORT in containerDefinitions of ${code.taskDefinition}).`,
    };
  },
});
