/** What is open to whom: every rule of every security group, and CloudFront. */
import type { LocalResource } from "../../local/types";
import type { PrefixLists } from "../../topology/pathOf";
import { viewerNames } from "../../topology/routes";
import type { SecurityGroup, SecurityGroupRule, Topology } from "../../topology/types";
import { shortType } from "../show/findings";
import type { ResourceNames } from "./names";
import type { Opening } from "./types";

/** Ways in before ways out, those of the internet first. */
export function openingsOf(
  topology: Topology,
  lists: PrefixLists,
  names: ResourceNames,
): Opening[] {
  const groups = [...topology.securityGroups.values()].flatMap((group) => {
    const usedBy = usersOf(group.id, names.resources);
    const row = (direction: Opening["direction"]) => (rule: SecurityGroupRule) =>
      peers(rule, lists, names).map(({ who, internet }): Opening => ({
        direction,
        of: `security group ${group.name}`,
        usedBy,
        who,
        internet,
        ports: portsText(rule),
        protocol: rule.protocol === "-1" ? "all" : rule.protocol,
        why: reason(rule, group, names.resources),
      }));
    return [...group.ingress.flatMap(row("in")), ...group.egress.flatMap(row("out"))];
  });
  const weight = ({ direction, internet }: Opening): number =>
    (direction === "in" ? 0 : 2) + (internet ? 0 : 1);
  return [...atTheEdge(topology, names), ...groups].sort((a, b) => weight(a) - weight(b));
}

/** CloudFront answers everybody on both ports; what differs is what it does on port 80. */
function atTheEdge(topology: Topology, names: ResourceNames): Opening[] {
  return topology.distributions.map((distribution) => {
    const policies = new Set(distribution.behaviours.map((b) => b.viewerProtocolPolicy));
    const plain = policies.has("allow-all")
      ? "viewers, with and without TLS"
      : policies.has("redirect-to-https")
        ? "viewers; HTTP is redirected to HTTPS"
        : "viewers; HTTP is refused with 403";
    return {
      direction: "in",
      of: `CloudFront ${names.nameOf(distribution.id) ?? distribution.id}`,
      usedBy: [...viewerNames(distribution)],
      who: "the internet",
      internet: true,
      ports: "80, 443",
      protocol: "tcp",
      why: distribution.webAcl === true ? `${plain}; a web ACL filters` : plain,
    };
  });
}

function peers(
  rule: SecurityGroupRule,
  lists: PrefixLists,
  names: ResourceNames,
): { who: string; internet: boolean }[] {
  return [
    ...rule.cidrs.map((cidr) => {
      if (cidr === "0.0.0.0/0") return { who: "the internet (IPv4)", internet: true };
      if (cidr === "::/0") return { who: "the internet (IPv6)", internet: true };
      return { who: cidr, internet: false };
    }),
    ...rule.prefixListIds.map((id) => {
      const version = lists.get(id);
      const list = names.nameOf(id) ?? id;
      return {
        who: version === undefined ? `prefix list ${list}` : `CloudFront (IPv${version})`,
        internet: false,
      };
    }),
    ...rule.groupIds.map((id) => ({
      who: `security group ${names.nameOf(id) ?? id}`,
      internet: false,
    })),
  ];
}

function portsText({ protocol, fromPort, toPort }: SecurityGroupRule): string {
  if (protocol === "-1" || (fromPort === 0 && toPort === 65535)) return "all";
  return fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
}

const isRule = (type: string): boolean => /:SecurityGroup(Ingress|Egress)?Rule$/.test(type);
const isGroup = (type: string): boolean => type.endsWith(":SecurityGroup");

/** The rule's description, as its own resource or its group's block has it. */
function reason(
  rule: SecurityGroupRule,
  group: SecurityGroup,
  resources: readonly LocalResource[],
): string {
  const inline = /: (ingress|egress)\[(\d+)\]$/.exec(rule.name);
  const owner = inline
    ? resources.find(({ type, id }) => isGroup(type) && id === group.id)
    : resources.find(({ type, name }) => isRule(type) && name === rule.name);
  const blocks: unknown = inline ? owner?.inputs[inline[1] ?? ""] : [owner?.inputs];
  const block: unknown = Array.isArray(blocks) ? blocks[Number(inline?.[2] ?? 0)] : undefined;
  const described = (block as { description?: unknown } | undefined)?.description;
  return typeof described === "string" && described !== "" ? described : rule.name;
}

/** What names the security group as its own. */
function usersOf(groupId: string, resources: readonly LocalResource[]): string[] {
  return resources
    .filter(({ type }) => !isRule(type) && !isGroup(type))
    .filter(({ inputs }) => namesGroup(inputs, groupId))
    .map(({ type, name }) => `${shortType(type)} ${name}`);
}

function namesGroup(value: unknown, groupId: string): boolean {
  if (value === groupId) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => namesGroup(inner, groupId));
}
