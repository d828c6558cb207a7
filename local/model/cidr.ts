/** IPv4 ranges as numbers. */

export interface Range {
  readonly first: number;
  readonly size: number;
  readonly bits: number;
}

/** A range in CIDR notation; undefined when it is none, or when host bits are set. */
export function parseCidr(cidr: string): Range | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!parts) return undefined;
  const numbers = parts.slice(1).map(Number);
  const bits = numbers.pop() ?? 0;
  if (bits > 32 || numbers.some((octet) => octet > 255)) return undefined;
  const first = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, size, bits } : undefined;
}

/** The notation of a range. */
export function formatCidr(first: number, bits: number): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${bits}`;
}

export function contains(outer: Range, inner: Range): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}
