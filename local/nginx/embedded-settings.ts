import { trustedPeers } from "./client-address";

/** What a container's environment asks of its nginx; the defaults are those of the image's settings script. */
export interface OriginSettings {
  readonly port: number;
  readonly http2: boolean;
  readonly tls: boolean;
  readonly keepAliveSeconds: number;
  readonly drainSeconds: number;
  readonly isTrusted: (peer: string) => boolean;
  readonly trustedHops: number;
  readonly healthPath: string;
  /** host:port; undefined where nginx answers by itself. */
  readonly app?: { readonly host: string; readonly port: number };
}

/** Reads the environment of a container as the image's `15-hopwise-settings.envsh` does. */
export function originSettings(environment: Readonly<Record<string, string>>): OriginSettings {
  const value = (name: string, otherwise: string): string => {
    const given = environment[`HOPWISE_${name}`];
    return given === undefined || given === "" ? otherwise : given;
  };
  return {
    port: Number(value("PORT", "8080")),
    http2: value("HTTP2", "off") === "on",
    tls: value("TLS", "off") === "on",
    keepAliveSeconds: Number(value("KEEPALIVE_SECONDS", "75")),
    drainSeconds: Number(value("DRAIN_SECONDS", "30")),
    isTrusted: trustedPeers(value("TRUSTED_CIDRS", "")),
    trustedHops: Number(value("TRUSTED_HOPS", "1")),
    healthPath: value("HEALTH_PATH", "/healthz"),
    app: appOf(value("APP", "")),
  };
}

function appOf(value: string): OriginSettings["app"] {
  const found = /^(.+):(\d+)$/.exec(value);
  if (found === null) return undefined;
  return { host: (found[1] ?? "").replace(/^\[|\]$/g, ""), port: Number(found[2]) };
}
