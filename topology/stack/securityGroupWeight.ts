/** How much of its quota the rules of a security group use. */
import { prefixListWeight, securityGroupRuleQuota } from "../../path/cloudfront";
import {
  listWeight,
  type Ports,
  quotaUse,
  type QuotaWeight,
  type RulePeer,
} from "../../path/securityGroups";
import { number, text } from "../props";
import {
  groupRules,
  rulePeersOf,
  peerText,
  portsOf,
  type RuleSource,
  singleRules,
} from "../securityGroups";
import { pathsIn } from "./paths";
import type { Stack, StackResource } from "./stack";
import { token } from "../tokens";
import { touches, NotKnown, type Unknown } from "./unknown";

/** One peer on one range of ports, which counts against the quota. */
export interface RuleEntry {
  readonly peer: RulePeer;
  /** Set for an unknown range: one entry of its family. */
  readonly unknown?: Unknown;
}

/** What the group's rules of one direction admit, inline and as resources, without duplicates. */
function ruleEntries(
  stack: Stack,
  group: StackResource,
  direction: "ingress" | "egress",
): RuleEntry[] {
  const rules = groupRules(stack, group, direction, readRule);
  const known = rules.filter(({ unknown }) => unknown === undefined);
  // Ranges that are not known may be different ones.
  const others = rules.flatMap(({ peers, unknown }) =>
    unknown === undefined ? [] : peers.map((peer): RuleEntry => ({ peer, unknown })),
  );
  return [...singleRules(known).values(), ...others];
}

/** A rule resource has one peer, so an unknown range can be any of its family. */
function readRule({ props, groupId }: RuleSource): Ports & {
  readonly peers: readonly RulePeer[];
  readonly unknown?: Unknown;
} {
  const ports = portsOf(props);
  try {
    return { ...ports, peers: rulePeersOf(props, groupId) };
  } catch (error) {
    const family = error instanceof NotKnown && /^cidrIpv[46]$/.exec(error.unknown.property)?.[0];
    if (!(error instanceof NotKnown) || !family) throw error;
    const cidr = family === "cidrIpv4" ? "0.0.0.0/0" : "::/0";
    return { ...ports, peers: [{ kind: "cidr", cidr } as const], unknown: error.unknown };
  }
}

/**
 * The directions in which a group has more rules than its quota, with their number.
 *
 * @param cloudfront which are meant: those with CloudFront's prefix list, or those without
 * @throws {NotKnown} if the result depends on what is unknown
 */
export function overQuota(
  stack: Stack,
  group: StackResource,
  cloudfront: boolean,
): { readonly direction: "ingress" | "egress"; readonly used: number }[] {
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const entries = ruleEntries(stack, group, direction);
    const lists = cloudfrontLists(stack, group, entries);
    if (lists.size > 0 !== cloudfront) return [];
    const used = quotaUsed(entries, lists, stack);
    return used > securityGroupRuleQuota ? [{ direction, used }] : [];
  });
}

/**
 * Which of the entries' prefix lists are CloudFront's: AWS's lists on a load balancer that
 * CloudFront calls. Their ids do not show it.
 *
 * @throws {NotKnown} if the result depends on whether CloudFront calls it, and that is unknown
 */
function cloudfrontLists(
  stack: Stack,
  group: StackResource,
  entries: readonly RuleEntry[],
): ReadonlySet<string> {
  const named = entries.flatMap(({ peer }) => (peer.kind === "prefix-list" ? [peer.id] : []));
  const lists = new Set(
    named
      .filter((id) => stack.find(token.prefixList, id) === undefined)
      .filter(
        (id) => stack.prefixLists === undefined || typeof stack.prefixLists.get(id) === "number",
      ),
  );
  if (lists.size === 0) return lists;
  const { paths, lost } = pathsIn(stack);
  const edges = paths.filter(({ found }) => found.spec.edge !== undefined);
  const behind = edges.some(({ resources }) =>
    resources.loadBalancerGroup.some(({ urn }) => urn === group.urn),
  );
  if (behind) return lists;
  const groups = stack.of(token.loadBalancer).flatMap(({ unknown }) => unknown);
  const missing = [...groups.filter((u) => touches(u, "securityGroups")), ...lost][0];
  if (missing && heaviest(entries, lists, stack) > securityGroupRuleQuota)
    throw new NotKnown(missing);
  return new Set();
}

/**
 * How much of the quota the entries use.
 *
 * @throws {NotKnown} if the result depends on an unknown range
 */
function quotaUsed(
  entries: readonly RuleEntry[],
  cloudfront: ReadonlySet<string>,
  stack: Stack,
): number {
  const used = heaviest(entries, cloudfront, stack);
  const certain = entries.filter((entry) => entry.unknown === undefined);
  const least = heaviest(certain, cloudfront, stack);
  const missing = entries.find((entry) => entry.unknown)?.unknown;
  if (missing && used > securityGroupRuleQuota && least <= securityGroupRuleQuota)
    throw new NotKnown(missing);
  return used > securityGroupRuleQuota ? least : used;
}

/** How much of the quota the entries use, in the IP family in which they use more. */
function heaviest(
  entries: readonly RuleEntry[],
  cloudfront: ReadonlySet<string>,
  stack: Stack,
): number {
  return Math.max(...([4, 6] as const).map((v) => weightOf(entries, v, cloudfront, stack)));
}

/**
 * The minimum number of entries for one IP family: if it is unknown which of two lists belongs to
 * which family, the smaller one counts.
 */
function weightOf(
  entries: readonly RuleEntry[],
  family: 4 | 6,
  cloudfront: ReadonlySet<string>,
  stack: Stack,
): number {
  const isCloudfront = ({ peer }: RuleEntry): boolean =>
    peer.kind === "prefix-list" && cloudfront.has(peer.id);
  const lists = [...cloudfront].map(
    (id) => prefixListWeight * entries.filter(({ peer }) => peerText(peer) === id).length,
  );
  // A single list is IPv4's; of two lists, one is. A list above the quota is so in either family.
  const light = lists.length === 1 && family === 6 ? 0 : Math.min(...lists, Infinity);
  const byLists = Number.isFinite(light) ? light : 0;
  const others = entries.filter((entry) => !isCloudfront(entry)).map(({ peer }) => peer);
  const rest = quotaUse(others, family, ({ id }) => ownListWeight(id, stack));
  return Math.max(byLists + rest, ...lists);
}

/** A list that is not part of the program counts at least once in either family. */
function ownListWeight(id: string, stack: Stack): QuotaWeight {
  const list = stack.find(token.prefixList, id);
  if (!list) return { 4: 1, 6: 1 };
  const version = text(list.props, "addressFamily") === "IPv6" ? 6 : 4;
  return listWeight(version, number(list.props, "maxEntries") ?? 1);
}
