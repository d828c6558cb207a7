/** What is open to whom: every rule of every security group, and CloudFront. */
import type { LocalResource } from "../../local/model/types";
import { parseCidr } from "../../path/networks";
import type { Ports, RulePeer } from "../../path/securityGroups";
import type { PrefixLists } from "../../topology/pathOf";
import { ruleTypes, singleRules } from "../../topology/securityGroups";
import { token } from "../../topology/tokens";
import type { SecurityGroupRule, Topology } from "../../topology/types";
import { shortType } from "../show/findings";
import type { ResourceNames } from "./names";
import type { Opening } from "./types";

/** Inbound before outbound, access from the internet first. */
export function openingsOf(
  topology: Topology,
  lists: PrefixLists,
  names: ResourceNames,
): Opening[] {
  const groups = [...topology.securityGroups.values()].flatMap((group) => {
    const usedBy = usersOf(group.id, names.resources);
    const rows = (direction: Opening["direction"], rules: readonly SecurityGroupRule[]) =>
      [...singleRules(rules).values()].map((rule): Opening => ({
        direction,
        of: `security group ${group.name}`,
        usedBy,
        ...peerLabel(rule.peer, lists, names),
        ports: portsText(rule),
        protocol: rule.protocol === "-1" ? "all" : rule.protocol,
        why: rule.description ?? rule.name,
      }));
    return [...rows("in", group.ingress), ...rows("out", group.egress)];
  });
  const weight = ({ direction, internet }: Opening): number =>
    (direction === "in" ? 0 : 2) + (internet ? 0 : 1);
  return [...atTheEdge(topology, names), ...groups].sort((a, b) => weight(a) - weight(b));
}

/** CloudFront answers everybody on both ports; only its behaviour on port 80 differs. */
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
      usedBy: distribution.aliases,
      who: "the internet",
      internet: true,
      ports: "80, 443",
      protocol: "tcp",
      why: distribution.webAcl === true ? `${plain}; a web ACL filters` : plain,
    };
  });
}

/** Who a peer of a rule is. */
export function peerLabel(
  of: RulePeer,
  lists: PrefixLists,
  names: ResourceNames,
): Pick<Opening, "who" | "internet"> {
  if (of.kind === "cidr") {
    const range = parseCidr(of.cidr);
    return range?.prefix === 0
      ? { who: `the internet (IPv${range.ipVersion})`, internet: true }
      : { who: of.cidr, internet: false };
  }
  const name = names.nameOf(of.id) ?? of.id;
  if (of.kind === "security-group") return { who: `security group ${name}`, internet: false };
  const list = lists?.get(of.id);
  const who = typeof list === "number" ? `CloudFront (IPv${list})` : `prefix list ${list ?? name}`;
  return { who, internet: false };
}

function portsText({ protocol, fromPort, toPort }: Ports): string {
  if (protocol === "-1" || (fromPort === 0 && toPort === 65535)) return "all";
  return fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
}

const ofGroups = new Set<string>([token.securityGroup, ...ruleTypes]);

/** The resources that are in the security group. */
function usersOf(groupId: string, resources: readonly LocalResource[]): string[] {
  return resources
    .filter(({ type }) => !ofGroups.has(type))
    .filter(({ inputs }) => namesGroup(inputs, groupId))
    .map(({ type, name }) => `${shortType(type)} ${name}`);
}

function namesGroup(value: unknown, groupId: string): boolean {
  if (value === groupId) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => namesGroup(inner, groupId));
}
