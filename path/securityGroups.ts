/** Security group rules of any origin: who is admitted, and how much of the quota they use. */
import { prefixListNames } from "./cloudfront";
import { cidrsOverlap, ipVersionOf, parseCidr } from "./networks";
import type { PathRequest, Source } from "./types";

/** What a rule opens. */
export interface Ports {
  /** `tcp`, `udp`, `icmp`…, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** A prefix list as the other side of a rule. */
export interface PrefixListPeer {
  readonly kind: "prefix-list";
  readonly id: string;
  /** Absent: unknown. */
  readonly ipVersion?: 4 | 6;
}

/** The other side of a rule. */
export type RulePeer =
  | { readonly kind: "cidr"; readonly cidr: string }
  | PrefixListPeer
  | { readonly kind: "security-group"; readonly id: string };

/** One end of a connection, as security groups see it. */
export interface Host {
  /** Ranges that contain its address; a rule may cover only part of a range. */
  readonly cidrs: readonly string[];
  /** Its IP version, if it is CloudFront; `ranges` does not contain its addresses then. */
  readonly cloudfront?: 4 | 6;
  /** Its own security groups. */
  readonly groupIds: readonly string[];
}

/** True when a rule with these ports opens a TCP port. */
export function opensPort({ protocol, fromPort, toPort }: Ports, port: number): boolean {
  return protocol === "-1" || (protocol === "tcp" && fromPort <= port && port <= toPort);
}

/**
 * True when a rule with this peer admits the host. A range of a whole IP family contains
 * CloudFront. Of prefix lists, only CloudFront's can admit a caller here.
 */
export function admitsHost(peer: RulePeer, host: Host): boolean {
  const { cidrs, cloudfront, groupIds } = host;
  switch (peer.kind) {
    case "cidr": {
      const range = parseCidr(peer.cidr);
      if (range === undefined) return false;
      const whole = range.prefix === 0 && range.ipVersion === cloudfront;
      return whole || cidrs.some((cidr) => cidrsOverlap(range, cidr));
    }
    case "prefix-list":
      return cloudfront !== undefined && (peer.ipVersion ?? cloudfront) === cloudfront;
    case "security-group":
      return groupIds.includes(peer.id);
  }
}

/** Number of rules that something counts as, in each IP family. */
export type QuotaWeight = Readonly<Record<4 | 6, number>>;

/** A prefix list counts as its weight, or as its maximum number of entries. */
export function listWeight(ipVersion: 4 | 6, entries: number): QuotaWeight {
  return ipVersion === 4 ? { 4: entries, 6: 0 } : { 4: 0, 6: entries };
}

/**
 * How much of a security group's quota the peers of one direction use in an IP family: a range
 * counts once in its own, a security group once in both, a prefix list with its weight.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export function quotaUse(
  peers: readonly RulePeer[],
  ipVersion: 4 | 6,
  weightOf: (list: PrefixListPeer) => QuotaWeight,
): number {
  return peers.reduce((sum, peer) => {
    if (peer.kind === "prefix-list") return sum + weightOf(peer)[ipVersion];
    return peer.kind === "cidr" && ipVersionOf(peer.cidr) !== ipVersion ? sum : sum + 1;
  }, 0);
}

/** Placeholder for the load balancer's own security group. */
const balancerGroup = "load-balancer";

/** The other side of the rule that admits a source. */
export function sourcePeer(source: Source): RulePeer {
  if (source.kind === "cidr") return source;
  if (source.kind === "load-balancer") return { kind: "security-group", id: balancerGroup };
  const { ipVersion, assumed } = source;
  const list = { kind: "prefix-list", id: prefixListNames[ipVersion] } as const;
  return assumed ? list : { ...list, ipVersion };
}

/** A caller of a path's hop. */
export type Caller =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "cloudfront"; readonly ipVersion: 4 | 6 }
  | { readonly kind: "load-balancer" };

/** An address on the internet, for requests without one (RFC 5737's documentation range). */
export const internetAddress = "198.51.100.7";

/**
 * A different host of the VPC, without the load balancer's security group: an address of the
 * default network (10.0.0.0/16). Pass an address to ask about a VPC with a different range.
 */
export const vpcAddress = "10.0.0.10";

/** The sender of a request, as security groups see it. CloudFront calls over IPv4. */
export function callerOf(from: PathRequest["from"]): Caller {
  if (from === undefined) return { kind: "address", address: internetAddress };
  if (from === "cloudfront") return { kind: "cloudfront", ipVersion: 4 };
  return { kind: "address", address: from === "vpc" ? vpcAddress : from.address };
}

/**
 * True when one of the sources admits the caller. The addresses of CloudFront and the load balancer
 * are unknown: only a CIDR of a whole IP family admits CloudFront, and only a CIDR with
 * {@link vpcAddress} admits the load balancer.
 */
export function admits(admitted: readonly Source[], caller: Caller): boolean {
  const host = hostOf(caller);
  return admitted.some((source) => admitsHost(sourcePeer(source), host));
}

function hostOf(caller: Caller): Host {
  switch (caller.kind) {
    case "address":
      return { cidrs: [caller.address], groupIds: [] };
    case "cloudfront":
      return { cidrs: [], cloudfront: caller.ipVersion, groupIds: [] };
    case "load-balancer":
      return { cidrs: [vpcAddress], groupIds: [balancerGroup] };
  }
}
