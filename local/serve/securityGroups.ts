/**
 * Who a security group admits: a pure decision, with the rule that decides it or the missing one.
 */
import {
  admitsHost,
  opensPort,
  type Host as Addressed,
  type RulePeer,
} from "../../path/securityGroups";
import { peerText } from "../../topology/securityGroups";
import type { SecurityGroup, SecurityGroupRule } from "../../topology/types";
import { prefixLists } from "../model/cloudfrontPrefixLists";

/** One end of a connection. */
export interface ConnectionPeer extends Addressed {
  /** For messages: `198.51.100.7 (the internet)`, `load balancer web`. */
  readonly what: string;
}

/** The decision, and its reason. */
export type Admission =
  | { readonly admitted: true; readonly rule: string }
  | { readonly admitted: false; readonly missing: string };

/**
 * Decides whether a host may connect to a TCP port of a member of `groupIds` (`ingress`), or
 * whether a member may connect to the host (`egress`). Rules only allow; the rules of all groups
 * count. A group that is not part of the program is unknown and assumed to admit.
 */
export function admission(
  direction: "ingress" | "egress",
  groupIds: readonly string[],
  groups: ReadonlyMap<string, SecurityGroup>,
  peer: ConnectionPeer,
  port: number,
): Admission {
  const from = direction === "ingress" ? "from" : "to";
  if (groupIds.length === 0) {
    return {
      admitted: false,
      missing: `it has no security group, and the VPC's default one admits nothing ${from} ${peer.what}`,
    };
  }
  const known: SecurityGroup[] = [];
  for (const id of groupIds) {
    const group = groups.get(id);
    if (!group)
      return { admitted: true, rule: `${id} (not part of the program, assumed to admit)` };
    known.push(group);
  }
  for (const group of known) {
    const rule = group[direction].find((r) => covers(r, peer, port));
    if (rule) return { admitted: true, rule: rule.name };
  }
  const names = known.map((g) => g.name).join(", ");
  const present = known.flatMap((g) => g[direction].map(describe));
  return {
    admitted: false,
    missing:
      `${names} has no ${direction} rule for TCP ${port} ${from} ${peer.what}` +
      ` (it has: ${present.length > 0 ? present.join("; ") : "none"})`,
  };
}

/** True when one rule covers a TCP connection on the port with the peer. */
function covers(rule: SecurityGroupRule, host: ConnectionPeer, port: number): boolean {
  return (
    opensPort(rule, port) && rule.peers.some((peer) => !isOtherList(peer) && admitsHost(peer, host))
  );
}

/** True for a prefix list of AWS's that is not CloudFront's. */
function isOtherList(peer: RulePeer): boolean {
  if (peer.kind !== "prefix-list") return false;
  return typeof prefixLists({ region: "" }).get(peer.id) === "string";
}

function describe(rule: SecurityGroupRule): string {
  const ports =
    rule.protocol === "-1"
      ? "everything"
      : `${rule.protocol.toUpperCase()} ${rule.fromPort === rule.toPort ? rule.fromPort : `${rule.fromPort}-${rule.toPort}`}`;
  return `${ports} ${rule.peers.map(peerText).join(", ")}`;
}
