/** Security groups with their rules: inline ones and those of the three kinds of rule resource. */
import { opensPort, type Ports, type RulePeer } from "../path/securityGroups";
import type { DeclaredResource, Props } from "./resource";
import { type ResourceIndex, blocks, boolean, merged, number, text, texts } from "./props";
import { token } from "./tokens";
import type { SecurityGroup, SecurityGroupRule, Topology } from "./types";

/** Types of the resources that are a rule each. */
export const ruleTypes: readonly string[] = [
  token.securityGroupIngress,
  token.securityGroupEgress,
  token.securityGroupRule,
];

/** Collects every security group of the program. */
export function readSecurityGroups(inventory: ResourceIndex): Map<string, SecurityGroup> {
  return new Map(
    inventory.of(token.securityGroup).map((group): [string, SecurityGroup] => {
      const [ingress, egress] = (["ingress", "egress"] as const).map((direction) =>
        groupRules(inventory, group, direction).map((rule) => ({
          ...rule,
          peers: rule.peers.flatMap((peer) => entriesOf(peer, inventory) ?? [peer]),
        })),
      );
      const { id, name } = group;
      return [id, { id, name, ingress: ingress ?? [], egress: egress ?? [] }];
    }),
  );
}

/** The ranges of a prefix list that the program makes. */
function entriesOf(peer: RulePeer, inventory: ResourceIndex): RulePeer[] | undefined {
  const list = peer.kind === "prefix-list" ? inventory.find(token.prefixList, peer.id) : undefined;
  if (list === undefined) return undefined;
  const apart = inventory
    .of(token.prefixListEntry)
    .map(merged)
    .filter((entry) => text(entry, "prefixListId") === list.id);
  return [...blocks(merged(list), "entries"), ...apart]
    .flatMap((entry) => text(entry, "cidr") ?? [])
    .map((cidr) => ({ kind: "cidr", cidr }));
}

/** The groups with these ids; undefined where there are none, or one is not part of the program. */
export function groupsWith(
  { securityGroups }: Pick<Topology, "securityGroups">,
  ids: readonly string[],
): SecurityGroup[] | undefined {
  const groups = ids.flatMap((id) => securityGroups.get(id) ?? []);
  return groups.length > 0 && groups.length === ids.length ? groups : undefined;
}

/** Whom the rules admit to a TCP port, or let connect to it. */
export function peersOn(rules: readonly SecurityGroupRule[], port: number): RulePeer[] {
  return rules.filter((rule) => opensPort(rule, port)).flatMap((rule) => rule.peers);
}

/** Where a rule is written. */
export interface RuleSource {
  /** The rule's own resource, or its group. */
  readonly id: string;
  /** Logical name of the rule's resource, or `group: ingress[0]`. */
  readonly name: string;
  readonly groupId: string;
  readonly props: Props;
}

/**
 * The rules of a group in one direction, inline and as resources. Inline rules are read from the
 * program's inputs, because the provider repeats rule resources in the group's outputs.
 *
 * @param read reads a rule; some of it may be unknown @default ruleOf
 */
export function groupRules<Rule = SecurityGroupRule>(
  resources: Pick<ResourceIndex, "of">,
  group: Pick<DeclaredResource, "id" | "name" | "inputs">,
  direction: "ingress" | "egress",
  read: (source: RuleSource) => Rule = readGroupRule as (source: RuleSource) => Rule,
): Rule[] {
  const groupId = group.id;
  const inline = blocks(group.inputs, direction).map((props, i): RuleSource => ({
    id: groupId,
    name: `${group.name}: ${direction}[${i}]`,
    groupId,
    props,
  }));
  const standalone = (type: string): RuleSource[] =>
    resources
      .of(type)
      .map((resource) => ({ ...resource, groupId, props: merged(resource) }))
      .filter(({ props }) => text(props, "securityGroupId") === groupId);
  const own = direction === "ingress" ? token.securityGroupIngress : token.securityGroupEgress;
  const older = standalone(token.securityGroupRule).filter(
    ({ props }) => (text(props, "type") === "egress") === (direction === "egress"),
  );
  return [...inline, ...standalone(own), ...older].map(read);
}

/** Reads a rule in any of its shapes. */
export function readGroupRule({ id, name, groupId, props }: RuleSource): SecurityGroupRule {
  const description = text(props, "description");
  return {
    id,
    name,
    ...portsOf(props),
    peers: rulePeersOf(props, groupId),
    ...(description !== undefined && description !== "" && { description }),
  };
}

/** What a rule opens, in any of its shapes. */
export function portsOf(props: Props): Ports {
  const named: Record<string, string> = { "6": "tcp", "17": "udp", all: "-1" };
  const written = (text(props, "ipProtocol") ?? text(props, "protocol") ?? "-1").toLowerCase();
  const protocol = named[written] ?? written;
  // A rule for all protocols is for all ports, whatever its ports are.
  if (protocol === "-1") return { protocol, fromPort: 0, toPort: 65535 };
  const [fromPort, toPort] = [number(props, "fromPort") ?? 0, number(props, "toPort") ?? 65535];
  return { protocol, fromPort, toPort };
}

const cidrKeys = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"];
const listKeys = ["prefixListId", "prefixListIds"];
const groupKeys = ["referencedSecurityGroupId", "sourceSecurityGroupId", "securityGroups"];

/** The peer of a rule, in any of its shapes. */
export function rulePeersOf(props: Props, groupId: string): RulePeer[] {
  const under = (keys: readonly string[]): string[] =>
    keys.flatMap((key) => texts(props, key)).filter((value) => value !== "");
  return [
    ...under(cidrKeys).map((cidr): RulePeer => ({ kind: "cidr", cidr })),
    ...under(listKeys).map((id): RulePeer => ({ kind: "prefix-list", id })),
    ...[...under(groupKeys), ...(boolean(props, "self") === true ? [groupId] : [])].map(
      (id): RulePeer => ({ kind: "security-group", id }),
    ),
  ];
}

/** Rules as EC2 stores and counts them: one for each port range and peer, without duplicates. */
export function singleRules<Rule extends Ports & { readonly peers: readonly RulePeer[] }>(
  rules: readonly Rule[],
): ReadonlyMap<string, Omit<Rule, "peers"> & { readonly peer: RulePeer }> {
  const singles = rules.flatMap(({ peers, ...rule }) => peers.map((peer) => ({ ...rule, peer })));
  return new Map(
    singles.map((rule) => {
      const { protocol, fromPort, toPort, peer } = rule;
      return [`${protocol} ${fromPort} ${toPort} ${peer.kind} ${peerText(peer)}`, rule];
    }),
  );
}

/** The range or id that a peer is. */
export function peerText(peer: RulePeer): string {
  return peer.kind === "cidr" ? peer.cidr : peer.id;
}
