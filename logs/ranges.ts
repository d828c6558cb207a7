/** IPv4 ranges as numbers, which are parsed once and compared with every line of a log. */
import { ipv4Bounds } from "../path/networks";

const DOT = 0x2e;
const ZERO = 0x30;

/** First and last address of a range. */
export type Bounds = readonly [first: number, last: number];

/** An IPv4 address as a number. Every line has one, and a library would take several times as long. */
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

/** The bounds of the IPv4 ranges, and the other ranges unchanged. */
export function byFamily(ranges: readonly string[]): {
  v4: readonly Bounds[];
  v6: readonly string[];
} {
  const v4 = ranges.flatMap((range) => {
    const bounds = ipv4Bounds(range);
    return bounds === undefined ? [] : [bounds];
  });
  return { v4, v6: ranges.filter((range) => ipv4Bounds(range) === undefined) };
}
