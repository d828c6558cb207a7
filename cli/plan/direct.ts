/** Containers without a load balancer, in the plan's form. */
import type { RulePeer } from "../../path/securityGroups";
import type { PrefixLists } from "../../topology/pathOf";
import { directContainers, everybodyIn } from "../../topology/stack/direct";
import type { Stack } from "../../topology/stack/stack";
import { whereKnown } from "../../topology/stack/unknown";
import { token } from "../../topology/tokens";
import type { ResourceNames } from "./names";
import { peerLabel } from "./openings";
import type { PlanDirectContainer } from "./types";

/**
 * Every container port of the services that have no load balancer. Services of which too little is
 * known are in `notChecked` of the plan.
 */
export function directOf(
  stack: Stack,
  lists: PrefixLists,
  names: ResourceNames,
): PlanDirectContainer[] {
  const who = (peers: readonly RulePeer[]): string[] => [
    ...new Set(peers.map((peer) => peerLabel(peer, lists, names).who)),
  ];
  return stack.of(token.service).flatMap((service) =>
    whereKnown(() => directContainers(stack, service)).map(
      ({ container, port, isPublic, admitted }): PlanDirectContainer => {
        const complete = admitted !== undefined && admitted.unknown === undefined;
        const everybody = everybodyIn(admitted?.peers ?? []).length > 0;
        const internet = isPublic === false ? false : isPublic && everybody ? true : undefined;
        const closed = complete && !everybody ? false : undefined;
        const open = internet ?? closed;
        return {
          ...{ service: service.name, container, port },
          ...(complete && { who: who(admitted.peers) }),
          ...(isPublic !== undefined && { publicAddress: isPublic }),
          ...(open !== undefined && { internet: open }),
        };
      },
    ),
  );
}

/** In a sentence: `the container web of web, port 8080: the internet (IPv4)`. */
export function directText({ service, container, port, who }: PlanDirectContainer): string {
  return `the container ${container} of ${service}, port ${port}: ${callersText({ who })}`;
}

/** Who may connect. */
export function callersText({ who }: Pick<PlanDirectContainer, "who">): string {
  return who === undefined ? "who may connect is not known" : who.join(", ") || "nobody";
}
