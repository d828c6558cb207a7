import { sources } from "../../path/sources";
import { directContainers, everybodyIn } from "../../topology/stack/direct";
import { token } from "../../topology/tokens";
import { pathRule, type StackFault } from "../rule";
import { sourcesText } from "../words";

export const tasksOpen = pathRule({
  code: "tasks-open",
  severity: "warning",
  access: true,
  mandatory: false,
  holds: "Tasks admit their load balancer only, and without one not the whole internet.",
  fix: "Admit the load balancer's security group in the ingress of the tasks' group, instead of address ranges.",
  source: sources.albSecurityGroups,
  on: ["taskGroup", "instances"],
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
  withoutPath: {
    subjects: (stack) => stack.of(token.service),
    check: (service, stack) => {
      const { urn, name } = service;
      return directContainers(stack, service).flatMap((direct): StackFault[] => {
        const { container, port, isPublic, admitted } = direct;
        if (isPublic !== true || admitted === undefined) return [];
        const everybody = everybodyIn(admitted.peers);
        if (everybody.length === 0 && admitted.unknown) throw admitted.unknown;
        if (everybody.length === 0) return [];
        return [
          {
            urn,
            message: `Everybody on the internet can call the container ${container} of the service ${name} on port ${port}: its tasks have public addresses, and their security group admits ${everybody.join(", ")}. Nothing of AWS is in front of it that ends TLS, filters or writes access logs.`,
            fix: `Put a load balancer in front of the aws.ecs.Service ${name} and admit its security group only, or narrow the ranges in the ingress of the service's security group.`,
          },
        ];
      });
    },
  },
});
