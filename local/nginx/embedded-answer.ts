import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { gzipSync } from "node:zlib";
import { clientAddress } from "./client-address";
import type { OriginSettings } from "./embedded-settings";

/** A request and its answer, of either HTTP version. */
export type Request = IncomingMessage | Http2ServerRequest;
export type Response = ServerResponse | Http2ServerResponse;

/** What nginx knows of a request before it answers. */
export interface Seen {
  /** As nginx names it: `HTTP/1.1`, `HTTP/2.0`. */
  readonly protocol: string;
  readonly tls: boolean;
  readonly scheme: string;
  readonly host: string;
  /** The viewer's address. */
  readonly client: string;
  /** Who opened the connection. */
  readonly peer: string;
}

/** The headers of `nginx/templates/http/headers.conf.template` that are the same for everything. */
export const securityHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": "strict-origin-when-cross-origin",
} as const;

const page = readFileSync(join(__dirname, "..", "..", "nginx", "page", "index.html"));
const compressedPage = gzipSync(page);

/** Reads off a request what nginx would. */
export function see(request: Request, settings: OriginSettings): Seen {
  const peer = request.socket.remoteAddress ?? "";
  const trusted = settings.isTrusted(peer);
  const tls = (request.socket as Partial<TLSSocket>).encrypted === true;
  return {
    protocol: `HTTP/${request.httpVersion}`,
    tls,
    scheme: viewerScheme(request, trusted, settings.trustedHops) ?? (tls ? "https" : "http"),
    host: text(request.headers[":authority"] ?? request.headers.host) ?? "",
    client: clientAddress(
      peer,
      trusted,
      text(request.headers["x-forwarded-for"]) ?? "",
      settings.trustedHops,
    ),
    peer,
  };
}

/** Answers what nginx answers by itself; false for what it would pass on to the app. */
export function answer(
  request: Request,
  response: Response,
  seen: Seen,
  settings: OriginSettings,
): boolean {
  const path = (request.url ?? "/").replace(/[?#].*$/s, "");
  const noStore = { "cache-control": "no-store" };
  if (path === settings.healthPath) {
    send(response, 200, { "content-type": "text/plain", ...noStore }, "ok\n", seen);
  } else if (path === "/.well-known/hopwise") {
    send(
      response,
      200,
      { "content-type": "application/json", ...noStore },
      reflect(request, seen),
      seen,
    );
  } else if (settings.app !== undefined) {
    return false;
  } else if (path !== "/" && path !== "/index.html") {
    send(response, 404, { "content-type": "text/html" }, "404 Not Found\n", seen);
  } else if (request.method !== "GET" && request.method !== "HEAD") {
    send(response, 405, { "content-type": "text/html" }, "405 Not Allowed\n", seen);
  } else {
    const gzip = /\bgzip\b/.test(text(request.headers["accept-encoding"]) ?? "");
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      vary: "Accept-Encoding",
      ...(gzip ? { "content-encoding": "gzip" } : {}),
    };
    send(response, 200, headers, gzip ? compressedPage : page, seen);
  }
  return true;
}

/** Sends a whole answer with the headers that all answers carry. */
export function send(
  response: Response,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
  seen: Seen,
): void {
  response.statusCode = status;
  const all = {
    server: "hopwise-embedded",
    ...securityHeaders,
    ...(seen.scheme === "https" ? { "strict-transport-security": "max-age=31536000" } : {}),
    ...headers,
    "content-length": Buffer.byteLength(body).toString(),
  };
  for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
  // `end` is the same call in both versions; their types have no common signature.
  (response as ServerResponse).end(body);
}

function viewerScheme(request: Request, trusted: boolean, hops: number): string | undefined {
  if (!trusted) return undefined;
  const edge = text(request.headers["cloudfront-forwarded-proto"]);
  if (hops === 2) return edge === "http" || edge === "https" ? edge : "https";
  const forwarded = text(request.headers["x-forwarded-proto"]);
  return forwarded === "http" || forwarded === "https" ? forwarded : undefined;
}

function reflect(request: Request, seen: Seen): string {
  const header = (name: string): string | null => text(request.headers[name]) ?? null;
  const shown = {
    protocol: seen.protocol,
    tls: seen.tls,
    scheme: seen.scheme,
    host: seen.host,
    client: seen.client,
    peer: seen.peer,
    forwardedFor: header("x-forwarded-for"),
    forwardedProto: header("x-forwarded-proto"),
    via: header("via"),
    traceId: header("x-amzn-trace-id"),
  };
  return `${JSON.stringify(shown)}\n`;
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value;
}
