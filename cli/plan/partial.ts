/** Ends of paths whose beginning is not known: a container, and how its target group calls it. */
import { blocks, text } from "../../topology/props";
import { routesOf } from "../../topology/routes";
import type { Stack } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import type { Topology } from "../../topology/types";
import type { ResourceNames } from "./names";
import type { PlanPartialPath } from "./types";

/** True where a rule, a listener or a service belongs to something that another program makes. */
export function leadsElsewhere(stack: Stack): boolean {
  const elsewhere = (type: string, property: string, to: string): boolean =>
    stack.of(type).some(({ known }) => {
      const reference = text(known, property);
      return reference !== undefined && stack.find(to, reference) === undefined;
    });
  return (
    elsewhere(token.listenerRule, "listenerArn", token.listener) ||
    elsewhere(token.listener, "loadBalancerArn", token.loadBalancer) ||
    stack
      .of(token.service)
      .flatMap(({ known }) => blocks(known, "loadBalancers"))
      .some((target) => {
        const reference = text(target, "targetGroupArn");
        return reference !== undefined && stack.find(token.targetGroup, reference) === undefined;
      })
  );
}

/** Containers that a load balancer calls which no path shows, because what leads there is not known. */
export function partialPaths(
  topology: Topology,
  stack: Stack,
  names: ResourceNames,
): PlanPartialPath[] {
  const reached = new Set(routesOf(topology).map(({ targetGroupArn }) => targetGroupArn));
  return topology.services.flatMap((service) =>
    service.targets
      .filter(({ targetGroupArn }) => !reached.has(targetGroupArn))
      .map(({ targetGroupArn, containerName, containerPort }): PlanPartialPath => {
        const group = topology.targetGroups.get(targetGroupArn);
        const known = group && stack.find(token.targetGroup, group.arn);
        const elsewhere = targetGroupArn.split("/")[1];
        return {
          ...(group && { targetGroup: names.nameOf(group.arn) ?? group.name }),
          ...(!group && elsewhere !== undefined && { targetGroup: elsewhere }),
          ...(group &&
            known?.known.protocolVersion !== undefined && {
              protocolVersion: group.protocolVersion,
            }),
          service: names.nameOf(service.arn) ?? service.name,
          container: containerName,
          ...(containerPort > 0 && { port: containerPort }),
        };
      }),
  );
}
