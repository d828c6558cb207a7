import { admits } from "../../path/securityGroups";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";
import { sourcesText, targetPortText } from "../words";

export const tasksClosedToLoadBalancer = pathRule({
  code: "tasks-closed-to-load-balancer",
  severity: "error",
  lacks: "a rule of a security group",
  holds: "The security group of the tasks or instances behind a load balancer admits it.",
  fix: "Admit the load balancer's security group on the port of the tasks or instances, in the ingress of their own group.",
  source: sources.albSecurityGroups,
  on: ["taskGroup", "service", "instances"],
  unless: ["invalid-cidr"],
  check: ({ target }, { the, code, targets }) => {
    const port = targetPortText(target);
    if (admits(target.admits, { kind: "load-balancer" })) return undefined;
    const admitted = target.admits.length > 0 ? sourcesText(target.admits) : "nobody";
    return {
      message: `The connections of ${the.loadBalancer} to the ${targets} are dropped, because ${the.taskGroup} admits ${admitted} on ${port}: every request gets 504, and every health check fails.`,
      fix: `In the ingress of ${code.taskGroup}, admit ${the.loadBalancerGroup} on ${port}.`,
    };
  },
});
