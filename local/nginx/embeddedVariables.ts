/**
 * The variables of a request in the embedded server: nginx's own, and those of the image's
 * templates.
 */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import type { Request } from "./embeddedAnswer";
import { mapsOf, Variables, type NginxMap } from "./embeddedMaps";
import type { OriginSettings } from "./embeddedSettings";
import { substitute } from "./render";

/** The image's folder. */
export const imageDir = join(__dirname, "..", "..", "nginx");

const files = ["client-address", "headers", "inspect", "inspect-json", "log"];

/** Reads the maps of the templates for a container's settings. */
export function readMaps(settings: OriginSettings): ReadonlyMap<string, NginxMap> {
  const later = settings.trustedHops - 1;
  const variables = new Map([
    ["HOPWISE_LATER_HOPS", later.toString()],
    ["HOPWISE_SCHEME_HEADER", later > 0 ? "cloudfront_forwarded_proto" : "x_forwarded_proto"],
    ["HOPWISE_SCHEME_OTHERWISE", later > 0 ? "https" : "$scheme"],
    ["HOPWISE_ORIGIN_HTTP2", settings.originHttp2 ? "on" : "off"],
    ["HOPWISE_HEALTH_PATH", settings.healthPath],
    ["HOPWISE_VARIANT", settings.variant],
    ["HOPWISE_TASK", settings.task],
    ["HOPWISE_APP", settings.app ? `${settings.app.host}:${settings.app.port}` : ""],
    ["HOPWISE_TRUSTED_PEERS", ""],
  ]);
  const maps = files.flatMap((name) =>
    mapsOf(
      substitute(
        readFileSync(join(imageDir, "templates", "http", `${name}.conf.template`), "utf8"),
        variables,
      ),
    ),
  );
  return new Map(maps.map((map) => [map.name, map]));
}

/** Requests of a connection so far, and its number. */
const connections = new WeakMap<object, { readonly number: number; requests: number }>();
let opened = 0;

/** The variables of a request that has just arrived. */
export function variablesOf(
  request: Request,
  settings: OriginSettings,
  maps: ReadonlyMap<string, NginxMap>,
): Variables {
  // HTTP/2 returns a new proxy of the socket with each request.
  const socket: Socket = "stream" in request ? sessionSocket(request) : request.socket;
  const key = "stream" in request ? (request.stream.session ?? socket) : socket;
  const counted = connections.get(key) ?? { number: (opened += 1), requests: 0 };
  counted.requests += 1;
  connections.set(key, counted);
  const { number, requests } = counted;

  const secure = socket as Partial<TLSSocket>;
  const tls = secure.encrypted === true;
  const peer = socket.remoteAddress ?? "";
  const authority = request.headers[":authority"] ?? request.headers.host ?? "";
  const builtins: Readonly<Record<string, () => string | undefined>> = {
    server_protocol: () => `HTTP/${request.httpVersion}`,
    remote_addr: () => peer,
    peer_is_trusted: () => (settings.isTrusted(peer) ? "1" : "0"),
    https: () => (tls ? "on" : ""),
    scheme: () => (tls ? "https" : "http"),
    ssl_protocol: () => (tls ? (secure.getProtocol?.() ?? undefined) : undefined),
    ssl_cipher: () => (tls ? secure.getCipher?.().name : undefined),
    server_addr: () => socket.localAddress,
    server_port: () => socket.localPort?.toString(),
    hostname,
    connection: () => number.toString(),
    connection_requests: () => requests.toString(),
    http_host: () => text(authority),
    uri: () => (request.url ?? "/").replace(/[?#].*$/s, ""),
    time_iso8601: () => new Date().toISOString().replace(/\.\d+Z$/, "+00:00"),
    request_id: () => randomBytes(16).toString("hex"),
  };
  return new Variables(maps, (name) => {
    const builtin = builtins[name];
    if (builtin !== undefined) return builtin();
    const argument = /^arg_(\w+)$/.exec(name)?.[1];
    if (argument !== undefined) return argumentOf(request, argument);
    const header = /^http_(\w+)$/.exec(name)?.[1];
    return header === undefined ? undefined : text(request.headers[header.replace(/_/g, "-")]);
  });
}

/** An argument of the request's query as it is written; the first of its name. */
function argumentOf({ url = "" }: Request, name: string): string | undefined {
  const [, query = ""] = url.split("?", 2);
  const found = query.split("&").find((one) => one.toLowerCase().startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

function sessionSocket(request: Request): Socket {
  return ("stream" in request ? request.stream.session?.socket : undefined) ?? request.socket;
}

/** A header's bytes as UTF-8 if they are; Node reads them as Latin-1. */
function text(value: string | string[] | undefined): string | undefined {
  const joined = Array.isArray(value) ? value.join(", ") : value;
  return joined === undefined ? undefined : Buffer.from(joined, "latin1").toString("utf8");
}
