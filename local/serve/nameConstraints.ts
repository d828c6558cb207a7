/**
 * The extension that bounds what a certificate authority can certify (RFC 5280, 4.2.1.10): where its
 * key gets into wrong hands, it is good for these names only.
 */
import { isIP } from "node:net";

/** Object identifier of the extension. */
export const nameConstraints = "2.5.29.30";

const SEQUENCE = 0x30;
/** `permittedSubtrees`. */
const PERMITTED = 0xa0;
/** Kinds of names. */
const [DNS, IP] = [0x82, 0x87];

/** Loopback, which every authority may certify: an address and its mask. */
const loopback = [
  Buffer.from([127, 0, 0, 0, 255, 0, 0, 0]),
  Buffer.concat([Buffer.alloc(15), Buffer.from([1]), Buffer.alloc(16, 255)]),
];

/** The extension's value, DER: these names with all below them, and loopback addresses. */
export function permitting(names: readonly string[]): Buffer {
  const bases = [...names.flatMap(base), ...loopback.map((bytes) => element(IP, bytes))];
  const trees = bases.map((name) => element(SEQUENCE, name));
  return element(SEQUENCE, element(PERMITTED, Buffer.concat(trees)));
}

/** True where a certificate permits all of these names, or domains above them. */
export function permits(der: Buffer, names: readonly string[]): boolean {
  return names.filter(isDomain).every((name) => {
    const domains = name.split(".").map((_, i, labels) => labels.slice(i).join("."));
    return domains.flatMap(base).some((domain) => der.includes(element(SEQUENCE, domain)));
  });
}

const isDomain = (name: string): boolean => isIP(name) === 0;

/** A DNS name; for a wildcard its domain; none for an address. */
function base(name: string): Buffer[] {
  if (!isDomain(name)) return [];
  return [element(DNS, Buffer.from(name.replace(/^\*\./, ""), "latin1"))];
}

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
