/** Caddy's configuration for HTTP/3 in front of the edge. Pure. https://caddyserver.com/docs/json/ */
import type { KeyPair } from "../certificates";
import { altSvc } from "./altSvc";
import { kept, viewerHeader } from "./arrivals";

/** What Caddy's configuration depends on. */
export interface CaddySettings {
  /** The UDP address for viewers. */
  readonly address: string;
  readonly port: number;
  /** The edge's loopback port, which only Caddy may use. */
  readonly edgePort: number;
  readonly secret: string;
  /** One for each distribution with HTTP/3. */
  readonly certificates: readonly KeyPair[];
  /** Folder for Caddy's data. */
  readonly storageDir: string;
}

/** The configuration as JSON. */
export function caddyConfig(o: CaddySettings): string {
  const requestHeader = (name: string): string => `{http.request.header.${name}}`;
  const viewer = [
    "remote.host",
    "remote.port",
    "tls.cipher_suite",
    "tls.resumed",
    "tls.server_name",
  ];
  const keeping = {
    ...Object.fromEntries([...kept].map(([name, keeper]) => [keeper, [requestHeader(name)]])),
    [viewerHeader]: [[o.secret, ...viewer.map((what) => `{http.request.${what}}`)].join(" ")],
  };
  const toEdge = {
    handler: "reverse_proxy",
    upstreams: [{ dial: `127.0.0.1:${o.edgePort}` }],
    // Flushed at once, and without adding Accept-Encoding.
    flush_interval: -1,
    transport: { protocol: "http", compression: false },
  };
  const answers = {
    deferred: true,
    // The edge's own Via, to which Caddy would add an entry, and Alt-Svc, which Caddy removes.
    set: { Via: ["{http.reverse_proxy.header.Via}"], "Alt-Svc": [altSvc(o.port)] },
  };
  const server = {
    listen: [`${o.address}:${o.port}`],
    // No TCP: that port is the edge's.
    protocols: ["h3"],
    automatic_https: { disable: true },
    tls_connection_policies: [{}],
    routes: [
      { handle: [{ handler: "headers", request: { set: keeping }, response: answers }, toEdge] },
    ],
  };
  const pem = o.certificates.map(({ certificate, key }) => ({ certificate, key }));
  return JSON.stringify({
    admin: { disabled: true, config: { persist: false } },
    storage: { module: "file_system", root: o.storageDir },
    apps: {
      tls: { certificates: { load_pem: pem } },
      // How long requests may take on connections that a change closes.
      http: { grace_period: "5s", servers: { edge: server } },
    },
  });
}
