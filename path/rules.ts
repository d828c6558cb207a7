/**
 * All security group rules of a path. Everything that is not in this list is closed. (The network
 * decides what tasks may call, such as the registry.)
 */
import { prefixListWeight, securityGroupRuleQuota } from "./cloudfront";
import { listWeight, quotaUse, type RulePeer, sourcePeer } from "./securityGroups";
import type { ListenerSpec, Source, TargetSpec } from "./types";

/** The two security groups of a path. */
export type SecurityGroupName = "load-balancer" | "tasks";

/** The other side of a rule. */
export type Peer =
  | { readonly kind: "cidr"; readonly cidr: string }
  /** CloudFront's managed prefix list of one IP family. */
  | { readonly kind: "cloudfront"; readonly ipVersion: 4 | 6 }
  | { readonly kind: "security-group"; readonly group: SecurityGroupName };

/** One rule. All are TCP. */
export interface PathSecurityGroupRule {
  /** Unique among a path's rules and stable, e.g. `https-from-cloudfront-ipv4`. */
  readonly name: string;
  /** The group that holds the rule. */
  readonly group: SecurityGroupName;
  readonly direction: "ingress" | "egress";
  readonly port: number;
  readonly peer: Peer;
  /** For people, in characters that EC2 allows in a description. */
  readonly description: string;
}

/** What of a path decides the rules. */
export interface RuledHops {
  readonly listener: ListenerPorts & Pick<ListenerSpec, "admits">;
  readonly target: Pick<TargetSpec, "port" | "admits">;
}

type ListenerPorts = Pick<ListenerSpec, "port" | "protocol" | "redirectsHttp" | "test">;

/**
 * The complete list of rules: ingress of the load balancer from the sources that the listener
 * admits (also on port 80 if there is a redirect), and from those who test deployments, its egress to the tasks' port only, and ingress
 * of the tasks.
 */
export function securityGroupRules({ listener, target }: RuledHops): PathSecurityGroupRule[] {
  return unique([
    ...listenerPorts(listener).flatMap(({ port, scheme }) =>
      listener.admits.map((source): PathSecurityGroupRule => ({
        name: `${scheme}-from-${sourceName(source)}`,
        group: "load-balancer",
        direction: "ingress",
        port,
        peer: peerOf(source),
        description: `${scheme.toUpperCase()} from ${sourceText(source)}`,
      })),
    ),
    ...(listener.test?.admits ?? []).map((source): PathSecurityGroupRule => ({
      name: `test-from-${sourceName(source)}`,
      group: "load-balancer",
      direction: "ingress",
      port: listener.test?.port ?? 0,
      peer: peerOf(source),
      description: `Tests of a deployment from ${sourceText(source)}`,
    })),
    ...targetRules(target),
  ]);
}

/** Those of one target group: what the load balancer may call, and who may call the tasks. */
export function targetRules(target: RuledHops["target"]): PathSecurityGroupRule[] {
  return [
    {
      name: "load-balancer-to-tasks",
      group: "load-balancer",
      direction: "egress",
      port: target.port,
      peer: { kind: "security-group", group: "tasks" },
      description: "Requests and health checks to the tasks",
    },
    ...target.admits.map((source): PathSecurityGroupRule => ({
      name: `tasks-from-${sourceName(source)}`,
      group: "tasks",
      direction: "ingress",
      port: target.port,
      peer: peerOf(source),
      description: `Requests from ${sourceText(source)}`,
    })),
  ];
}

/**
 * What lets the load balancer ask an identity provider for tokens and claims, over IPv4 only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function identityProviderRules(ports: readonly number[] = []): PathSecurityGroupRule[] {
  return ports.map((port) => ({
    name: `load-balancer-to-identity-provider${port === 443 ? "" : `-${port}`}`,
    group: "load-balancer",
    direction: "egress",
    port,
    peer: { kind: "cidr", cidr: "0.0.0.0/0" },
    description: "Tokens and claims of users who sign in",
  }));
}

/** How much of a security group's quota the load balancer's ingress rules use in an IP family. */
export function ingressWeight(rules: readonly PathSecurityGroupRule[], ipVersion: 4 | 6): number {
  const peers = rules
    .filter((rule) => rule.group === "load-balancer" && rule.direction === "ingress")
    .map(({ peer }): RulePeer =>
      peer.kind === "security-group" ? { kind: peer.kind, id: peer.group } : sourcePeer(peer),
    );
  return quotaUse(peers, ipVersion, (list) => listWeight(list.ipVersion ?? 4, prefixListWeight));
}

/**
 * The IP families in which the load balancer's group gets more ingress rules than its quota.
 *
 * @param cloudfront which paths are meant: those that admit CloudFront's prefix list, or the others
 */
export function ingressOverQuota(
  hops: RuledHops,
  cloudfront: boolean,
): { readonly ipVersion: 4 | 6; readonly used: number }[] {
  if (hops.listener.admits.some(({ kind }) => kind === "cloudfront") !== cloudfront) return [];
  return ([4, 6] as const)
    .map((ipVersion) => ({ ipVersion, used: ingressWeight(securityGroupRules(hops), ipVersion) }))
    .filter(({ used }) => used > securityGroupRuleQuota);
}

function listenerPorts(listener: ListenerPorts): { port: number; scheme: "http" | "https" }[] {
  const own = {
    port: listener.port,
    scheme: listener.protocol === "HTTPS" ? "https" : "http",
  } as const;
  return listener.redirectsHttp ? [own, { port: 80, scheme: "http" }] : [own];
}

function peerOf(source: Source): Peer {
  return source.kind === "load-balancer"
    ? { kind: "security-group", group: "load-balancer" }
    : source;
}

/** Derived from the source alone, so that adding or removing a rule does not rename others. */
function sourceName(source: Source): string {
  switch (source.kind) {
    case "cloudfront":
      return `cloudfront-ipv${source.ipVersion}`;
    case "load-balancer":
      return "load-balancer";
    case "cidr":
      if (source.cidr === "0.0.0.0/0") return "anywhere-ipv4";
      if (source.cidr === "::/0") return "anywhere-ipv6";
      return source.cidr.toLowerCase().replaceAll(":", "_").replace(/[./]/g, "-");
  }
}

function sourceText(source: Source): string {
  switch (source.kind) {
    case "cloudfront":
      return `CloudFront (IPv${source.ipVersion})`;
    case "load-balancer":
      return "the load balancer";
    case "cidr":
      return source.cidr;
  }
}

/** A source that is listed twice is one rule: EC2 refuses duplicates. */
function unique(rules: readonly PathSecurityGroupRule[]): PathSecurityGroupRule[] {
  return [...new Map(rules.map((rule) => [rule.name, rule])).values()];
}
