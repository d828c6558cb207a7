/** Ends of paths whose beginning is not known: a container, and how its target group calls it. */
import { blocks, number, text } from "../../topology/props";
import { routesOf } from "../../topology/routes";
import { readCondition } from "../../topology/rules";
import { forwardsTo } from "../../topology/stack/forwards";
import type { StackPath } from "../../topology/stack/paths";
import type { Stack } from "../../topology/stack/stack";
import type { Unknown } from "../../topology/stack/unknown";
import { token } from "../../topology/tokens";
import type { Topology } from "../../topology/types";
import type { ResourceNames } from "./names";
import { askedFor } from "./paths";
import type { PlanHop, PlanPartialPath, PlanPath } from "./types";

/** Fields of a path's spec that decide what a request gets. */
const deciding =
  /^(edge\.(origin|httpVersion|viewerProtocolPolicy|originProtocolPolicy|originHttpVersion|originTls12|grpc|allowedMethods)|listener\.(scheme|protocol|port|http2|admits|certificateNames)|target\..*)$/;

/** The field of a path's spec that says who may open the hop to a node. */
const admittedBy: Readonly<Partial<Record<PlanHop["to"], string>>> = {
  "load-balancer": "listener.admits",
  container: "target.admits",
};

/** A path with what of it is not known. What requests get is left out where that may decide it. */
export function withUnknown(
  path: PlanPath,
  { missing, uncertain }: StackPath,
  stack: Stack,
): PlanPath {
  const values = new Map(
    [...missing.values(), ...(uncertain ? [uncertain] : [])].map((unknown) => [
      `${unknown.property} of ${stack.get(unknown.urn)?.name ?? unknown.urn}`,
      unknown,
    ]),
  );
  if (values.size === 0) return path;
  const decides = undecidedBy({ missing, uncertain }) !== undefined;
  const hops = path.hops.map((hop): PlanHop => ({
    ...hop,
    ...(decides && { broken: undefined }),
    ...(missing.has(admittedBy[hop.to] ?? "") && { admitsMore: true }),
  }));
  return { ...path, hops, unknown: [...values.keys()], ...(decides && { requests: [] }) };
}

/** The unknown value that may decide what requests of a path get. */
export function undecidedBy({
  missing,
  uncertain,
}: Pick<StackPath, "missing"> & Partial<StackPath>): Unknown | undefined {
  return uncertain ?? [...missing].find(([key]) => deciding.test(key))?.[1];
}

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

/** What of the program forwards to a group, and belongs to something that is not known. */
function forwardersOf(groupArn: string, stack: Stack): Pick<PlanPartialPath, "forwardedBy"> {
  const by = (type: string, actions: string) =>
    stack.of(type).filter(({ known }) => forwardsTo(known, actions).includes(groupArn));
  const rules = by(token.listenerRule, "actions").map(({ known, name }) => {
    const asked = askedFor(blocks(known, "conditions").flatMap(readCondition));
    const rule = `rule ${String(number(known, "priority") ?? name)}`;
    return `${rule}${asked === "" ? "" : ` (${asked})`}`;
  });
  const listeners = by(token.listener, "defaultActions").map(({ name }) => `listener ${name}`);
  const forwardedBy = [...rules, ...listeners];
  return forwardedBy.length > 0 ? { forwardedBy } : {};
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
          ...forwardersOf(targetGroupArn, stack),
        };
      }),
  );
}
