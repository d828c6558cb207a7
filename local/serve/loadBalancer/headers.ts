/**
 * What a load balancer does to a request's headers on their way to a target. Pure.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
import {
  type Header,
  endToEnd,
  joinCookies,
  splitHost,
  value,
  withHeader,
  without,
} from "../http/headers";
import type { LoadBalancer } from "../../../topology/types";

/** The connection a request came over, as AWS would see it. */
export interface Arrival {
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly protocol: "http" | "https";
  /** The listener's port. */
  readonly port: number;
  readonly tls?: { readonly version: string; readonly cipher: string };
  /** A new trace id: `1-<8 hex>-<24 hex>`. */
  readonly traceId: string;
}

/** Names that keep this case on HTTP/1.1 to targets even where HTTP/2 brought them in lower case. */
const keptCase = new Map(
  ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Port", "Host", "X-Amzn-Trace-Id"].map(
    (n) => [n.toLowerCase(), n],
  ),
);

type Settings = Pick<
  LoadBalancer,
  "dropInvalidHeaders" | "xffMode" | "xffClientPort" | "tlsHeaders"
>;

/** The headers a target gets, without Host. */
export function targetHeaders(
  received: readonly Header[],
  settings: Settings,
  arrival: Arrival,
): Header[] {
  let headers = joinCookies(without(endToEnd(received), "host", "expect"));
  if (settings.dropInvalidHeaders) headers = headers.filter(([n]) => /^[-A-Za-z0-9]+$/.test(n));

  const client = settings.xffClientPort
    ? `${arrival.clientAddress}:${arrival.clientPort}`
    : arrival.clientAddress;
  const before = value(headers, "x-forwarded-for");
  if (settings.xffMode === "remove") headers = without(headers, "x-forwarded-for");
  if (settings.xffMode === "append") {
    headers = withHeader(headers, "X-Forwarded-For", before ? `${before}, ${client}` : client);
  }
  headers = withHeader(headers, "X-Forwarded-Proto", arrival.protocol);
  headers = withHeader(headers, "X-Forwarded-Port", String(arrival.port));
  headers = withHeader(headers, "X-Amzn-Trace-Id", traceHeader(headers, arrival.traceId));
  if (settings.tlsHeaders && arrival.tls) {
    headers = withHeader(headers, "X-Amzn-Tls-Version", arrival.tls.version);
    headers = withHeader(headers, "X-Amzn-Tls-Cipher-Suite", arrival.tls.cipher);
  }
  return headers.map(([n, v]) => [keptCase.get(n.toLowerCase()) ?? n, v]);
}

/**
 * A new Root, or Self in front of the Root that is there already.
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
 * The Host that targets see: lower case, with the port only where it is not the listener protocol's
 * own; as it came with `preserve_host_header`.
 */
export function targetHost(
  host: string,
  preserve: boolean,
  arrival: Pick<Arrival, "protocol" | "port">,
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
