import { cidrContains, parseRange } from "../../path/networks";

/** A container's settings for its nginx, with the defaults of the image's settings script. */
export interface OriginSettings {
  readonly port: number;
  readonly http2: boolean;
  readonly tls: boolean;
  readonly keepAliveSeconds: number;
  readonly drainSeconds: number;
  readonly isTrusted: (peer: string) => boolean;
  readonly trustedHops: number;
  /** True when CloudFront asks the load balancer for HTTP/2. */
  readonly originHttp2: boolean;
  readonly healthPath: string;
  /** Which variant this is; empty for anything else. */
  readonly variant: string;
  /** Name of the task; may be empty. */
  readonly task: string;
  /** host:port; undefined if nginx answers itself. */
  readonly app?: { readonly host: string; readonly port: number };
  /** True for the path of a gRPC call. */
  readonly isCalled: (path: string) => boolean;
  /** Where gRPC calls go; undefined if nginx answers itself. */
  readonly grpcApp?: { readonly host: string; readonly port: number };
}

/** Reads the environment of a container as the image's `15-hopwise-settings.envsh` does. */
export function originSettings(environment: Readonly<Record<string, string>>): OriginSettings {
  const value = (name: string, otherwise: string): string => {
    const given = environment[`HOPWISE_${name}`];
    return given === undefined || given === "" ? otherwise : given;
  };
  const http2 = value("HTTP2", "off") === "on";
  const cidrs = value("TRUSTED_CIDRS", "");
  const trustedHops = Number(value("TRUSTED_HOPS", "1"));
  return {
    port: Number(value("PORT", "8080")),
    http2,
    tls: value("TLS", "off") === "on",
    keepAliveSeconds: Number(value("KEEPALIVE_SECONDS", "75")),
    drainSeconds: Number(value("DRAIN_SECONDS", "30")),
    isTrusted: trustedPeers(cidrs),
    trustedHops,
    originHttp2: value("ORIGIN_HTTP2", "off") === "on",
    healthPath: value("HEALTH_PATH", "/healthz"),
    variant: value("VARIANT", ""),
    task: value("TASK", ""),
    app: appOf(value("APP", "")),
    isCalled: called(value("GRPC", "")),
    grpcApp: appOf(value("GRPC_APP", "")),
  };
}

/** Trusted peers, from HOPWISE_TRUSTED_CIDRS. */
function trustedPeers(cidrs: string): (peer: string) => boolean {
  const ranges = cidrs.split(",").flatMap((cidr) => parseRange(cidr) ?? []);
  return (peer) => ranges.some((range) => cidrContains(range, peer));
}

/** Paths of gRPC calls, from HOPWISE_GRPC. */
function called(services: string): (path: string) => boolean {
  if (services === "*") return () => true;
  const folders = services.split(",").map((service) => `/${service}/`);
  return (path) => services !== "" && folders.some((folder) => path.startsWith(folder));
}

function appOf(value: string): OriginSettings["app"] {
  const found = /^(.+):(\d+)$/.exec(value);
  if (found === null) return undefined;
  return { host: (found[1] ?? "").replace(/^\[|\]$/g, ""), port: Number(found[2]) };
}
