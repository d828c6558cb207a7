/** Address ranges: all CIDR arithmetic is here. */
import * as ipaddr from "ipaddr.js";

/** A range of addresses in CIDR notation; one address is a range of one. */
export interface AddressRange {
  readonly ipVersion: 4 | 6;
  /** Leading bits that the addresses share. */
  readonly prefix: number;
  /** The address as written, with its host bits. */
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
}

/** Bits of an address. */
export const addressBits = { 4: 32, 6: 128 } as const;

/**
 * IP version of an address; undefined if the text is not an address. An address with a zone
 * (`fe80::1%eth0`) only has a meaning on one machine and does not count as one.
 */
export function addressVersion(text: string): 4 | 6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return 4;
  return ipaddr.IPv6.isValid(text) && !text.includes("%") ? 6 : undefined;
}

/** A CIDR's parts; undefined if the text is not a CIDR. */
export function parseCidr(cidr: string): AddressRange | undefined {
  const [, text = "", digits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(cidr) ?? [];
  const ipVersion = addressVersion(text);
  const prefix = Number(digits);
  if (ipVersion === undefined || prefix > addressBits[ipVersion]) return undefined;
  return { ipVersion, prefix, address: ipaddr.parse(text) };
}

/** A CIDR's parts; also undefined if it has host bits, like `10.0.0.1/16`. */
export function parseNetwork(cidr: string): AddressRange | undefined {
  const range = parseCidr(cidr);
  if (range === undefined) return undefined;
  return range.address.toString() === networkAddress(range) ? range : undefined;
}

/** A CIDR's parts, or an address as a range of one; an IPv4-mapped IPv6 address is the IPv4 one. */
export function parseRange(text: string): AddressRange | undefined {
  if (text.includes("/")) return parseCidr(text);
  if (addressVersion(text) === undefined) return undefined;
  const address = ipaddr.process(text);
  const ipVersion = address.kind() === "ipv4" ? 4 : 6;
  return { ipVersion, prefix: addressBits[ipVersion], address };
}

/** A range's first address, e.g. `10.0.0.0`. */
export function networkAddress({ address, prefix, ipVersion }: AddressRange): string {
  const family = ipVersion === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
  return family.networkAddressFromCIDR(`${address.toString()}/${prefix}`).toString();
}

/** The range with a different prefix length at a valid range's address. */
export function resized(cidr: string, prefix: number): string {
  const range = parseCidr(cidr);
  return range === undefined ? cidr : `${networkAddress({ ...range, prefix })}/${prefix}`;
}

/** IP version of a well-formed range or address. */
export function ipVersionOf(text: string): 4 | 6 {
  return text.includes(":") ? 6 : 4;
}

/** True when the outer range contains the whole inner one (or address); false if one is invalid. */
export function cidrContains(outer: string | AddressRange, inner: string | AddressRange): boolean {
  const [range, part] = [rangeOf(outer), rangeOf(inner)];
  return range !== undefined && part !== undefined && contains(range, part);
}

/** True when two ranges (or addresses) have an address in common; false if one is invalid. */
export function cidrsOverlap(one: string | AddressRange, other: string | AddressRange): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  return a !== undefined && b !== undefined && (contains(a, b) || contains(b, a));
}

const rangeOf = (range: string | AddressRange): AddressRange | undefined =>
  typeof range === "string" ? parseRange(range) : range;

const contains = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.ipVersion === inner.ipVersion &&
  outer.prefix <= inner.prefix &&
  inner.address.match(outer.address, outer.prefix);

/** First and last address of an IPv4 range, as numbers; undefined for anything else. */
export function ipv4Bounds(range: string | AddressRange): readonly [number, number] | undefined {
  const found = rangeOf(range);
  if (found?.ipVersion !== 4) return undefined;
  const first = ipaddr.IPv4.parse(networkAddress(found))
    .toByteArray()
    .reduce((sum, octet) => sum * 256 + octet, 0);
  return [first, first + 2 ** (32 - found.prefix) - 1];
}

/** The IPv4 range that starts at an address, which is a number, in CIDR notation. */
export function ipv4Cidr(first: number, prefix: number): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${new ipaddr.IPv4(octets).toString()}/${prefix}`;
}

/**
 * IPv4 ranges that the internet does not route and that a VPC may have.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export const vpcRanges: readonly string[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
];

/** Ranges that the internet does not route; only they can call an internal load balancer. */
export const privateRanges: readonly string[] = [...vpcRanges, "fc00::/7"];

/** True for an address of a private network. */
export function isPrivateAddress(address: string): boolean {
  return privateRanges.some((range) => cidrContains(range, address));
}
