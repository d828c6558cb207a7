/** Where the security groups of a load balancer let it connect to, and which ports they open. */
import { admitsHost, opensPort, type RulePeer } from "../path/securityGroups";
import { privateRanges } from "../path/networks";
import type { LoadBalancer, SecurityGroup, Service, Topology } from "./types";

/** The security groups of a load balancer; undefined where the program does not have all of them. */
function groupsOf(
  topology: Pick<Topology, "securityGroups">,
  ids: readonly string[],
): SecurityGroup[] | undefined {
  const groups = ids.flatMap((id) => topology.securityGroups.get(id) ?? []);
  return groups.length > 0 && groups.length === ids.length ? groups : undefined;
}

/** Which of the ports no rule of the load balancer's groups opens; none where nobody knows. */
export function closedPorts(
  topology: Topology,
  { securityGroupIds }: LoadBalancer,
  ports: readonly number[],
): number[] {
  const rules = groupsOf(topology, securityGroupIds)?.flatMap(({ ingress }) => ingress);
  if (rules === undefined) return [];
  return ports.filter((port) => !rules.some((r) => r.peers.length > 0 && opensPort(r, port)));
}

/**
 * To which of the targets' ports no rule of the load balancer's groups leads; none where nobody
 * knows. A group that the program makes has the program's rules only: the provider removes the rule
 * that AWS adds, which lets everything out
 * (https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/).
 *
 * @param service whose tasks are the targets; absent: any targets
 */
export function portsWithoutEgress(
  topology: Topology,
  { securityGroupIds }: LoadBalancer,
  service: Service | undefined,
  ports: readonly number[],
): number[] {
  const rules = groupsOf(topology, securityGroupIds)?.flatMap(({ egress }) => egress);
  if (rules === undefined) return [];
  // Other targets can each have a different port.
  if (service === undefined)
    return rules.some((r) => ["tcp", "-1"].includes(r.protocol) && r.peers.length > 0)
      ? []
      : [...ports];
  return ports.filter(
    (port) =>
      !rules.some((r) => opensPort(r, port) && r.peers.some((p) => mayLead(topology, p, service))),
  );
}

/** True where the peer of a rule may be the targets. */
function mayLead(topology: Topology, peer: RulePeer, service: Service): boolean {
  if (peer.kind === "prefix-list") return true;
  const { securityGroupIds: groupIds, privateCidrs } = service;
  // Tasks without groups have the VPC's default one, which no program creates.
  if (peer.kind === "security-group")
    return groupIds.includes(peer.id) || !topology.securityGroups.has(peer.id);
  return admitsHost(peer, {
    cidrs: privateCidrs.length > 0 ? privateCidrs : privateRanges,
    groupIds,
  });
}
