/** How much of its quota the rules of a security group use. */
import { prefixListWeight, securityGroupRuleQuota } from "../../path/cloudfront";
import { flag, number, blocks, text, texts } from "../props";
import type { Props } from "../resource";
import { pathsIn } from "./paths";
import type { Stack, StackResource } from "./stack";
import { token } from "../tokens";
import { meets, NotKnown, type Unknown } from "./unknown";

/** One peer on one range of ports: what counts against the quota. */
export interface Entry {
  readonly kind: "cidr" | "prefix-list" | "group";
  readonly peer: string;
  /** Set for a range that is not known: one entry, of one family or the other. */
  readonly unknown?: Unknown;
}

/** What the group's rules of one direction admit, whoever declared them; each once. */
export function ruleEntries(
  stack: Stack,
  group: StackResource,
  direction: "ingress" | "egress",
): Entry[] {
  const own = direction === "ingress" ? token.securityGroupIngress : token.securityGroupEgress;
  const ofGroup = ({ props }: StackResource): boolean =>
    text(props, "securityGroupId") === group.id;
  const rules = [
    ...blocks(group.props, direction),
    ...stack
      .of(own)
      .filter(ofGroup)
      .map(({ props }) => props),
    ...stack
      .of(token.securityGroupRule)
      .filter(ofGroup)
      .map(({ props }) => props)
      .filter((props) => text(props, "type") === direction),
  ];
  // The provider repeats rules that are resources of their own among the group's: the same is one.
  const entries = rules.flatMap((rule) =>
    peers(rule).map((entry): [string, Entry] => [`${portsOf(rule)} ${entry.peer}`, entry]),
  );
  return [...new Map(entries).values()];
}

function portsOf(rule: Props): string {
  const protocol = text(rule, "ipProtocol") ?? text(rule, "protocol") ?? "-1";
  return [protocol, number(rule, "fromPort") ?? "", number(rule, "toPort") ?? ""].join(" ");
}

const ranges = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"];

function peers(rule: Props): Entry[] {
  const of = (kind: Entry["kind"], ...keys: string[]): Entry[] =>
    keys.flatMap((key) => texts(rule, key)).map((peer) => ({ kind, peer }));
  return [
    ...ranges.flatMap((key) => rangesIn(rule, key)),
    ...of("prefix-list", "prefixListId", "prefixListIds"),
    ...of("group", "referencedSecurityGroupId", "sourceSecurityGroupId", "securityGroups"),
    ...(flag(rule, "self") === true ? [{ kind: "group", peer: "self" } as const] : []),
  ].filter(({ peer }) => peer !== "");
}

/** The ranges under a key; one that is not known counts as one. */
function rangesIn(rule: Props, key: string): Entry[] {
  try {
    return texts(rule, key).map((peer) => ({ kind: "cidr", peer }));
  } catch (error) {
    if (!(error instanceof NotKnown) || !/^cidrIpv[46]$/.test(key)) throw error;
    return [{ kind: "cidr", peer: error.message, unknown: error.unknown }];
  }
}

/**
 * Which of the entries' prefix lists are CloudFront's: those of AWS on a load balancer that CloudFront
 * calls. Their ids do not say it.
 *
 * @throws {NotKnown} when it depends on it, and it is not known whether CloudFront calls it
 */
export function cloudfrontLists(
  stack: Stack,
  group: StackResource,
  entries: readonly Entry[],
): ReadonlySet<string> {
  const foreign = entries
    .filter(({ kind }) => kind === "prefix-list")
    .filter(({ peer }) => stack.find(token.prefixList, peer) === undefined);
  const lists = new Set(foreign.map(({ peer }) => peer));
  const { paths, lost } = pathsIn(stack);
  const edges = paths.filter(({ found }) => found.spec.edge !== undefined);
  const behind = edges.some(({ resources }) =>
    resources.loadBalancerGroup.some(({ urn }) => urn === group.urn),
  );
  if (behind) return lists;
  const groups = stack.of(token.loadBalancer).flatMap(({ unknown }) => unknown);
  const missing = [...groups.filter((u) => meets(u, "securityGroups")), ...lost][0];
  if (missing && heaviest(entries, lists, stack) > securityGroupRuleQuota)
    throw new NotKnown(missing);
  return new Set();
}

/**
 * How much of the quota the entries use.
 *
 * @throws {NotKnown} when a range decides about it that is not known
 */
export function quotaUsed(
  entries: readonly Entry[],
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
  entries: readonly Entry[],
  cloudfront: ReadonlySet<string>,
  stack: Stack,
): number {
  return Math.max(...([4, 6] as const).map((v) => weightOf(entries, v, cloudfront, stack)));
}

/**
 * Entries that count for one IP family, at least: where it cannot be told which of two lists is
 * which family's, the lighter one counts.
 */
function weightOf(
  entries: readonly Entry[],
  family: 4 | 6,
  cloudfront: ReadonlySet<string>,
  stack: Stack,
): number {
  const lists = [...cloudfront].map(
    (id) => prefixListWeight * entries.filter(({ peer }) => peer === id).length,
  );
  // One list is IPv4's; of two, one is. One that is over the quota is so in whichever family.
  const light = lists.length === 1 && family === 6 ? 0 : Math.min(...lists, Infinity);
  const byLists = Number.isFinite(light) ? light : 0;
  const others = entries.filter(({ peer }) => !cloudfront.has(peer));
  const rest = others.reduce((sum, entry) => sum + weight(entry, family, stack), 0);
  return Math.max(byLists + rest, ...lists);
}

function weight({ kind, peer, unknown }: Entry, family: 4 | 6, stack: Stack): number {
  if (kind === "group") return 1; // Counts in both families.
  if (unknown) return 1;
  if (kind === "cidr") return peer.includes(":") === (family === 6) ? 1 : 0;
  const list = stack.find(token.prefixList, peer);
  if (!list) return 1;
  const version = text(list.props, "addressFamily") === "IPv6" ? 6 : 4;
  return version === family ? (number(list.props, "maxEntries") ?? 1) : 0;
}
