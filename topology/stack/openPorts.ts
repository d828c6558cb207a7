/** Which ports security groups open, in either direction. */
import type { RulePeer } from "../../path/securityGroups";
import { groupRules, peersOn, type RuleSource, readGroupRule } from "../securityGroups";
import { token } from "../tokens";
import type { Stack } from "./stack";
import { NotKnown } from "./unknown";

/** Who is admitted to a port, or may be connected to. */
export interface PortPeers {
  readonly peers: readonly RulePeer[];
  /** Set where there may be more of them: a rule that is not known. */
  readonly unknown?: NotKnown;
}

/**
 * Whom the rules of the groups admit to the port; undefined where one of the groups is not the
 * program's, or there are none, so that AWS takes the VPC's default one.
 */
export function portPeersOf(
  stack: Stack,
  ids: readonly string[],
  direction: "ingress" | "egress",
  port: number,
): PortPeers | undefined {
  const groups = ids.flatMap((id) => stack.find(token.securityGroup, id) ?? []);
  if (groups.length === 0 || groups.length < ids.length) return undefined;
  let unknown: NotKnown | undefined;
  const known = <T>(read: () => readonly T[]): readonly T[] => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof NotKnown)) throw error;
      unknown = error;
      return [];
    }
  };
  const ofRule = (source: RuleSource) => known(() => peersOn([readGroupRule(source)], port));
  const peers = groups.flatMap((group) =>
    known(() => groupRules(stack, group, direction, ofRule).flat()),
  );
  return { peers, ...(unknown && { unknown }) };
}

/**
 * True where a rule of the groups opens the port to anybody; undefined where {@link portPeersOf} is.
 *
 * @throws {NotKnown} where it depends on a rule that is not known
 */
export function opens(
  stack: Stack,
  ids: readonly string[],
  direction: "ingress" | "egress",
  port: number,
): boolean | undefined {
  const found = portPeersOf(stack, ids, direction, port);
  if (found === undefined) return undefined;
  if (found.peers.length === 0 && found.unknown) throw found.unknown;
  return found.peers.length > 0;
}
