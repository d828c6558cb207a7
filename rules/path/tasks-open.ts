import { sources } from "../../path/sources";
import { pathRule } from "../rule";
import { sourcesText } from "../words";

export const tasksOpen = pathRule({
  code: "tasks-open",
  severity: "warning",
  access: true,
  mandatory: false,
  holds: "Tasks admit their load balancer only.",
  fix: "Admit the load balancer's security group in the ingress of the tasks' group, instead of address ranges.",
  source: sources.albSecurityGroups,
  on: ["taskGroup"],
  grows: "target.admits",
  check: ({ target }, { the, code, sharedGroup }) => {
    const others = target.admits.filter((source) => source.kind !== "load-balancer");
    if (others.length === 0) return undefined;
    return {
      message: `Callers can bypass ${the.loadBalancer}, because ${the.taskGroup} admits ${sourcesText(others)}.`,
      fix: sharedGroup
        ? `Give the tasks their own aws.ec2.SecurityGroup, whose ingress admits ${the.loadBalancerGroup} only.`
        : `In the ingress of ${code.taskGroup}, admit ${the.loadBalancerGroup} in place of ${others.length === 1 ? "it" : "them"}.`,
    };
  },
});
