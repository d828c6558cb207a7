/** Where the security groups of a load balancer let it connect to, and which ports they open. */
import { admitsHost, type RulePeer } from "../path/securityGroups";
import { privateRanges } from "../path/networks";
import { groupsWith, peersOn } from "./securityGroups";
import type { LoadBalancer, TaskOrInstanceTargets, Topology } from "./types";

/** Which of the ports no rule of the load balancer's groups opens; none where nobody knows. */
export function closedPorts(
  topology: Topology,
  { securityGroupIds }: LoadBalancer,
  ports: readonly number[],
): number[] {
  const rules = groupsWith(topology, securityGroupIds)?.flatMap(({ ingress }) => ingress);
  return rules === undefined ? [] : ports.filter((port) => peersOn(rules, port).length === 0);
}

/**
 * To which of the targets' ports no rule of the load balancer's groups leads; none where nobody
 * knows. A group that the program makes has the program's rules only: the provider removes the rule
 * that AWS adds, which lets everything out
 * (https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/).
 *
 * @param targets what the port is of; absent: any targets
 */
export function portsWithoutEgress(
  topology: Topology,
  { securityGroupIds }: LoadBalancer,
  targets: TaskOrInstanceTargets | undefined,
  ports: readonly number[],
): number[] {
  const rules = groupsWith(topology, securityGroupIds)?.flatMap(({ egress }) => egress);
  if (rules === undefined) return [];
  // Other targets can each have a different port.
  if (targets === undefined)
    return rules.some((r) => ["tcp", "-1"].includes(r.protocol) && r.peers.length > 0)
      ? []
      : [...ports];
  return ports.filter(
    (port) => !peersOn(rules, port).some((peer) => mayLead(topology, peer, targets)),
  );
}

/** True where the peer of a rule may be the targets. */
function mayLead(topology: Topology, peer: RulePeer, targets: TaskOrInstanceTargets): boolean {
  if (peer.kind === "prefix-list") return true;
  const { securityGroupIds: groupIds, privateCidrs } = targets;
  // Targets without groups have the VPC's default one, which no program creates.
  if (peer.kind === "security-group")
    return groupIds.includes(peer.id) || !topology.securityGroups.has(peer.id);
  return admitsHost(peer, {
    cidrs: privateCidrs.length > 0 ? privateCidrs : privateRanges,
    groupIds,
  });
}
