/** IPv4 ranges as numbers: quicker than a BlockList, and what SQL can compare. */
import { isIP } from "node:net";

const DOT = 0x2e;
const ZERO = 0x30;

/** First and last address of a range. */
export type Bounds = readonly [first: number, last: number];

/** An IPv4 address as a number. */
export function ipv4Number(address: string): number {
  let value = 0;
  let part = 0;
  for (let i = 0; i < address.length; i++) {
    const code = address.charCodeAt(i);
    if (code === DOT) {
      value = value * 256 + part;
      part = 0;
    } else part = part * 10 + code - ZERO;
  }
  return value * 256 + part;
}

/** The bounds of a CIDR; undefined for IPv6. */
export function boundsOf(range: string): Bounds | undefined {
  const [network = "", prefix = "32"] = range.split("/");
  if (isIP(network) !== 4) return undefined;
  const first = ipv4Number(network);
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}

/** Bounds of those that are IPv4, and the others as they are. */
export function byFamily(ranges: readonly string[]): {
  v4: readonly Bounds[];
  v6: readonly string[];
} {
  const v4 = ranges.flatMap((range) => {
    const bounds = boundsOf(range);
    return bounds === undefined ? [] : [bounds];
  });
  return { v4, v6: ranges.filter((range) => boundsOf(range) === undefined) };
}
