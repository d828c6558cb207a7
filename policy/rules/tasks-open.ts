import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const tasksOpen = pathRule({
  name: "tasks-open",
  description: "Tasks admit their load balancer only.",
  severity: "medium",
  level: "advisory",
  remediation:
    "Name the load balancer's security group in the ingress of the tasks' one, in place of address ranges.",
  source: sources.albSecurityGroups,
  on: ["taskGroup"],
  write: (names) =>
    `In the ingress of the security group ${names.taskGroup}, name the security group of the load balancer ${names.loadBalancer} in place of the ranges.`,
  grows: "target.admits",
});
