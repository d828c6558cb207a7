/** Lists of headers as they are on the wire, and what a proxy does to them. Pure. */
import type { OutgoingHttpHeaders } from "node:http";

/** A header as it was sent: name in the sender's case. */
export type Header = readonly [name: string, value: string];

/** Hop-by-hop headers (RFC 9110, 7.6.1), which proxies do not forward. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/** Node's flat list as pairs, without HTTP/2's pseudo-headers. */
export function pairs(raw: readonly string[]): Header[] {
  const result: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? "";
    if (!name.startsWith(":")) result.push([name, raw[i + 1] ?? ""]);
  }
  return result;
}

/**
 * How often a header is in Node's flat list, and its first value. Node's own header objects are
 * expensive: the first access builds one from all headers of a request.
 */
export function inRaw(
  raw: readonly string[],
  name: string,
): { readonly count: number; readonly first?: string } {
  let count = 0;
  let first: string | undefined;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const own = raw[i] ?? "";
    if (own.length !== name.length || own.toLowerCase() !== name) continue;
    if (count === 0) first = raw[i + 1];
    count += 1;
  }
  return { count, first };
}

/** Pairs as Node's flat list. */
export function flat(headers: readonly Header[]): string[] {
  const result: string[] = [];
  for (const [name, value] of headers) result.push(name, value);
  return result;
}

/** The values of a header, joined as a list; undefined without one. */
export function value(headers: readonly Header[], name: string): string | undefined {
  const lower = name.toLowerCase();
  let found: string | undefined;
  for (const [n, text] of headers) {
    if (n.length !== lower.length || n.toLowerCase() !== lower) continue;
    found = found === undefined ? text : `${found}${lower === "cookie" ? "; " : ", "}${text}`;
  }
  return found;
}

/** Without the named (lower-case) headers. */
export function without(headers: readonly Header[], ...names: string[]): Header[] {
  return headers.filter(([n]) => !names.includes(n.toLowerCase()));
}

/** With one header set, replacing earlier values. */
export function withHeader(headers: readonly Header[], name: string, text: string): Header[] {
  return [...without(headers, name.toLowerCase()), [name, text]];
}

/** Without the headers of one connection, and those that its Connection header names. */
export function endToEnd(headers: readonly Header[]): Header[] {
  const named = (value(headers, "connection") ?? "").split(",").map((n) => n.trim().toLowerCase());
  return headers.filter(([n]) => {
    const lower = n.toLowerCase();
    return !hopByHop.has(lower) && !named.includes(lower);
  });
}

/** HTTP/2 may split Cookie into several headers; HTTP/1.1 must have one (RFC 9113, 8.2.3). */
export function joinCookies(headers: readonly Header[]): Header[] {
  const cookies = headers.filter(([n]) => n.toLowerCase() === "cookie");
  return cookies.length > 1
    ? [...without(headers, "cookie"), ["cookie", cookies.map(([, v]) => v).join("; ")]]
    : [...headers];
}

/** As an object with lower-case names; a repeated header is a list. */
export function asObject(headers: readonly Header[]): OutgoingHttpHeaders {
  const result: Record<string, string | string[]> = {};
  for (const [name, text] of headers) {
    const lower = name.toLowerCase();
    const before = result[lower];
    result[lower] =
      before === undefined ? text : Array.isArray(before) ? [...before, text] : [before, text];
  }
  return result;
}

/** Bytes of the headers as HTTP/1.1 would write them. */
export function size(headers: readonly Header[]): number {
  return headers.reduce((sum, [n, v]) => sum + Buffer.byteLength(n) + Buffer.byteLength(v) + 4, 0);
}

/** Splits `host:port`; IPv6 addresses keep their brackets. */
export function splitHost(host: string): { name: string; port?: number } {
  const match = /^(.*?)(?::(\d+))?$/.exec(host);
  const port = match?.[2];
  return { name: (match?.[1] ?? host).toLowerCase(), ...(port && { port: Number(port) }) };
}
