/** How much of its quota the rules of a security group use. */
import { prefixListWeight } from "../path/cloudfront";
import { flag, number, blocks, text, texts } from "../topology/props";
import type { Props } from "../topology/resource";
import { pathsIn } from "./stack/paths";
import type { Stack, StackResource } from "./stack/stack";
import { token } from "./stack/tokens";

/** One peer on one range of ports: what counts against the quota. */
export interface Entry {
  readonly kind: "cidr" | "prefix-list" | "group";
  readonly peer: string;
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

function peers(rule: Props): Entry[] {
  const of = (kind: Entry["kind"], ...keys: string[]): Entry[] =>
    keys.flatMap((key) => texts(rule, key)).map((peer) => ({ kind, peer }));
  return [
    ...of("cidr", "cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"),
    ...of("prefix-list", "prefixListId", "prefixListIds"),
    ...of("group", "referencedSecurityGroupId", "sourceSecurityGroupId", "securityGroups"),
    ...(flag(rule, "self") === true ? [{ kind: "group", peer: "self" } as const] : []),
  ].filter(({ peer }) => peer !== "");
}

/**
 * Prefix lists that are CloudFront's: those of AWS on a load balancer that CloudFront calls. Their
 * ids do not say it.
 */
export function cloudfrontLists(stack: Stack, group: StackResource): ReadonlySet<string> {
  const behind = pathsIn(stack).paths.some(
    ({ found, resources }) =>
      found.spec.edge !== undefined && resources.loadBalancerGroup.some((g) => g.urn === group.urn),
  );
  if (!behind) return new Set();
  const ids = ruleEntries(stack, group, "ingress").filter(({ kind }) => kind === "prefix-list");
  const foreign = ids.filter(({ peer }) => stack.find(token.prefixList, peer) === undefined);
  return new Set(foreign.map(({ peer }) => peer));
}

/**
 * Entries that count for one IP family, at least: where it cannot be told which of two lists is
 * which family's, the lighter one counts.
 */
export function weightOf(
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

function weight({ kind, peer }: Entry, family: 4 | 6, stack: Stack): number {
  if (kind === "group") return 1; // Counts in both families.
  if (kind === "cidr") return peer.includes(":") === (family === 6) ? 1 : 0;
  const list = stack.find(token.prefixList, peer);
  if (!list) return 1;
  const version = text(list.props, "addressFamily") === "IPv6" ? 6 : 4;
  return version === family ? (number(list.props, "maxEntries") ?? 1) : 0;
}
