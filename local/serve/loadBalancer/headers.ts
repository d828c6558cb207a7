/**
 * What a load balancer does to a request's headers on the way to a target. Pure.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
import { type Header, endToEnd, joinCookies, splitHost, value } from "../http/headers";
import type { LoadBalancer } from "../../../topology/types";

/** The connection of a request, as AWS would see it. */
export interface ReceivedRequest {
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly protocol: "http" | "https";
  /** The listener's port. */
  readonly port: number;
  readonly tls?: { readonly version: string; readonly cipher: string };
  /** A new trace id: `1-<8 hex>-<24 hex>`. */
  readonly traceId: string;
}

/** Names with this case on HTTP/1.1 to targets, even if HTTP/2 clients sent them in lower case. */
const keptCase = new Map([
  ["x-forwarded-for", "X-Forwarded-For"],
  ["x-forwarded-proto", "X-Forwarded-Proto"],
  ["x-forwarded-port", "X-Forwarded-Port"],
  ["x-amzn-trace-id", "X-Amzn-Trace-Id"],
]);
/** The load balancer's own headers, whatever a client claims; Host is written separately. */
const replaced = new Set([
  "host",
  "expect",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-amzn-trace-id",
]);
const tlsNames = new Set(["x-amzn-tls-version", "x-amzn-tls-cipher-suite"]);

type Settings = Pick<
  LoadBalancer,
  "dropInvalidHeaders" | "xffMode" | "xffClientPort" | "tlsHeaders"
>;

/** The headers that a target gets, without Host. */
export function targetHeaders(
  received: readonly Header[],
  settings: Settings,
  arrival: ReceivedRequest,
): Header[] {
  const { dropInvalidHeaders, xffMode, xffClientPort, tlsHeaders } = settings;
  const tls = tlsHeaders ? arrival.tls : undefined;
  const kept: Header[] = [];
  for (const [name, text] of endToEnd(received)) {
    const lower = name.toLowerCase();
    if (replaced.has(lower) || (tls && tlsNames.has(lower))) continue;
    if (lower === "x-forwarded-for" && xffMode !== "preserve") continue;
    if (dropInvalidHeaders && !/^[-A-Za-z0-9]+$/.test(name)) continue;
    kept.push([keptCase.get(lower) ?? name, text]);
  }
  const headers = joinCookies(kept);
  if (xffMode === "append") {
    const { clientAddress, clientPort } = arrival;
    const client = xffClientPort ? `${clientAddress}:${clientPort}` : clientAddress;
    const before = value(received, "x-forwarded-for");
    headers.push(["X-Forwarded-For", before ? `${before}, ${client}` : client]);
  }
  headers.push(
    ["X-Forwarded-Proto", arrival.protocol],
    ["X-Forwarded-Port", String(arrival.port)],
    ["X-Amzn-Trace-Id", traceHeader(received, arrival.traceId)],
  );
  if (tls) {
    headers.push(["X-Amzn-Tls-Version", tls.version], ["X-Amzn-Tls-Cipher-Suite", tls.cipher]);
  }
  return headers;
}

/**
 * A new Root, or Self in front of the existing Root.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 */
export function traceHeader(received: readonly Header[], traceId: string): string {
  const before = value(received, "x-amzn-trace-id");
  // "If the header exceeds 7 KB, the load balancer rewrites it with a Root field."
  if (before === undefined || !/(^|;)\s*Root=/.test(before) || before.length > 7 * 1024) {
    return `Root=${traceId}`;
  }
  const others = before.split(";").filter((f) => !/^\s*Self=/.test(f));
  return [`Self=${traceId}`, ...others].join(";");
}

/**
 * The Host that targets see: lower case, with the port only if it is not the listener protocol's
 * default; unchanged with `preserve_host_header`.
 */
export function targetHost(
  host: string,
  preserve: boolean,
  arrival: Pick<ReceivedRequest, "protocol" | "port">,
): string {
  if (preserve) return host;
  const { name } = splitHost(host);
  const usual = arrival.protocol === "https" ? 443 : 80;
  return arrival.port === usual ? name : `${name}:${arrival.port}`;
}

/** Addresses in X-Forwarded-For; with more than 30 the load balancer answers 463. */
export function forwardedCount(received: readonly Header[]): number {
  return value(received, "x-forwarded-for")?.split(",").length ?? 0;
}
