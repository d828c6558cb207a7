/** Who a security group admits: CIDR arithmetic, nothing else. */
import { BlockList, isIP } from "node:net";
import type { PathRequest, Source } from "./types";

/** A caller as security groups see it. */
export type Caller =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "cloudfront"; readonly ipVersion: 4 | 6 }
  | { readonly kind: "load-balancer" };

/** Stands for the internet where a request names no address (RFC 5737's documentation range). */
export const internetAddress = "198.51.100.7";

/**
 * Stands for another host of the VPC, one without the load balancer's security group: an address
 * of the default network (10.0.0.0/16). Name an address to ask about a VPC of another range.
 */
export const vpcAddress = "10.0.0.10";

/** The sender of a request, as security groups see it. CloudFront calls over IPv4. */
export function callerOf(from: PathRequest["from"]): Caller {
  if (from === undefined) return { kind: "address", address: internetAddress };
  if (from === "cloudfront") return { kind: "cloudfront", ipVersion: 4 };
  return { kind: "address", address: from === "vpc" ? vpcAddress : from.address };
}

/**
 * True when one of the sources admits the caller. CloudFront's and the load balancer's own
 * addresses are not known, so of CIDRs only one of a whole IP family admits CloudFront, and only
 * one with {@link vpcAddress} admits the load balancer.
 */
export function admits(admitted: readonly Source[], caller: Caller): boolean {
  return admitted.some((source) => sourceAdmits(source, caller));
}

function sourceAdmits(source: Source, caller: Caller): boolean {
  if (source.kind === "cidr") return cidrAdmits(source.cidr, caller);
  if (source.kind === "cloudfront")
    return caller.kind === "cloudfront" && caller.ipVersion === source.ipVersion;
  return caller.kind === "load-balancer";
}

function cidrAdmits(cidr: string, caller: Caller): boolean {
  switch (caller.kind) {
    case "address":
      return cidrContains(cidr, caller.address);
    case "cloudfront": {
      const parsed = parseCidr(cidr);
      return parsed?.ipVersion === caller.ipVersion && parsed.prefix === 0;
    }
    case "load-balancer":
      return cidrContains(cidr, vpcAddress);
  }
}

/** A CIDR's parts; undefined where the text is none. */
export function parseCidr(
  cidr: string,
): { readonly address: string; readonly prefix: number; readonly ipVersion: 4 | 6 } | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(cidr);
  const [address = "", prefix] = [match?.[1], Number(match?.[2])];
  const ipVersion = isIP(address);
  if (ipVersion !== 4 && ipVersion !== 6) return undefined;
  return prefix <= (ipVersion === 4 ? 32 : 128) ? { address, prefix, ipVersion } : undefined;
}

/** True when the address lies in the range; false where either is not valid. */
export function cidrContains(cidr: string, address: string): boolean {
  const range = parseCidr(cidr);
  const ipVersion = isIP(address);
  if (range?.ipVersion !== ipVersion) return false;
  const family = ipVersion === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(range.address, range.prefix, family);
  return list.check(address, family);
}

/** True when some address lies in both ranges; false where either is not valid. */
export function cidrsOverlap(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return (
    (a !== undefined && cidrContains(other, a.address)) ||
    (b !== undefined && cidrContains(one, b.address))
  );
}

/** Ranges that the internet does not route; only from them can an internal load balancer be called. */
export const privateRanges: readonly string[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "fc00::/7",
];

/** True for an address of a private network. */
export function isPrivateAddress(address: string): boolean {
  return privateRanges.some((range) => cidrContains(range, address));
}
