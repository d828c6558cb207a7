/**
 * Requests over HTTP/3: Caddy terminates them and forwards them to the edge over HTTP/1.1 on
 * loopback. Headers contain what it knows about the viewer; nobody else can write them, because
 * they contain a secret of this run. Here they are read and removed.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { ProxiedViewer, ViewerHook } from "../edge/viewer";
import type { Connection, Request } from "../http/acceptor";

/** The header with the secret and what Caddy knows about the viewer. */
export const viewerHeader = "X-Hopwise-Http3-Viewer";

/** Headers that Caddy overwrites, and where it keeps the viewer's values. */
export const kept: ReadonlyMap<string, string> = new Map([
  ["Via", "X-Hopwise-Http3-Via"],
  ["X-Forwarded-For", "X-Hopwise-Http3-Forwarded-For"],
  ["X-Forwarded-Host", "X-Hopwise-Http3-Forwarded-Host"],
  ["X-Forwarded-Proto", "X-Hopwise-Http3-Forwarded-Proto"],
]);

/** Recognises requests that Caddy forwarded, and removes its headers from them. */
export class Http3Arrivals {
  readonly secret = randomBytes(24).toString("base64url");
  private readonly said = new WeakMap<Request, ProxiedViewer>();

  /** Tells the edge which of its requests came over HTTP/3. */
  readonly hook: ViewerHook = (request) => this.said.get(request);

  /**
   * The viewer's own connection instead of Caddy's, with the request's headers as the viewer sent
   * them; undefined for a caller that is not this run's Caddy.
   */
  accept(request: Request, connection: Connection): Connection | undefined {
    const sent = request.headers[viewerHeader.toLowerCase()];
    const [secret = "", address, port, cipher, resumed, servername] = String(sent).split(" ");
    if (address === undefined || cipher === undefined || !same(secret, this.secret)) {
      return undefined;
    }
    restore(request);
    this.said.set(request, { protocol: "HTTP/3", headers: [] });
    return {
      ...connection,
      address,
      port: Number(port),
      // QUIC has no other version of TLS (RFC 9001).
      secure: {
        cipher,
        version: "TLSv1.3",
        resumed: resumed === "true",
        servername: servername === "" ? undefined : servername,
      },
    };
  }
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Removes Caddy's headers and restores the viewer's. */
function restore(request: Request): void {
  const raw = request.rawHeaders;
  const originals = new Map([...kept].map(([name, keeper]) => [keeper.toLowerCase(), name]));
  const own = new Set([
    viewerHeader.toLowerCase(),
    ...[...kept.keys()].map((n) => n.toLowerCase()),
  ]);
  const restored: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name = "", value = ""] = raw.slice(i, i + 2);
    const lower = name.toLowerCase();
    const original = originals.get(lower);
    if (own.has(lower) || (original !== undefined && value === "")) continue;
    restored.push(original ?? name, value);
  }
  raw.splice(0, raw.length, ...restored);
  for (const name of [...own, ...originals.keys()]) Reflect.deleteProperty(request.headers, name);
}
