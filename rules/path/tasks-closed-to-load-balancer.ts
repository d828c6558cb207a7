import { admits } from "../../path/securityGroups";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";
import { sourcesText } from "../words";

export const tasksClosedToLoadBalancer = pathRule({
  code: "tasks-closed-to-load-balancer",
  severity: "error",
  holds: "The tasks' security group admits the load balancer.",
  fix: "Admit the load balancer's security group on the container's port, in the ingress of the tasks' group.",
  source: sources.albSecurityGroups,
  on: ["taskGroup", "service"],
  unless: ["invalid-cidr"],
  check: ({ target }, { the, code }) => {
    const { port } = target;
    if (admits(target.admits, { kind: "load-balancer" })) return undefined;
    const admitted = target.admits.length > 0 ? sourcesText(target.admits) : "nobody";
    return {
      message: `The connections of ${the.loadBalancer} to the tasks are dropped, because ${the.taskGroup} admits ${admitted} on port ${port}: every request gets 504, and every health check fails.`,
      fix: `In the ingress of ${code.taskGroup}, admit ${the.loadBalancerGroup} on port ${port}.`,
    };
  },
});
