/** The app's own socket, where the load balancer calls it without nginx. */
import { defaults } from "./defaults";
import type { ContainerSpec } from "./types";

/** What an app can speak without TLS; `http2` is HTTP/2 with prior knowledge (h2c), as of gRPC. */
export const appProtocols = ["http1", "http2"] as const;

/** One of {@link appProtocols}. */
export type AppProtocol = (typeof appProtocols)[number];

/** An app, as far as it decides who takes the requests. */
interface CalledApp {
  /** @default true */
  readonly behindNginx?: boolean;
  /** @default http1 */
  readonly protocols?: readonly AppProtocol[];
  readonly keepAliveSeconds?: number;
}

/** True where nginx takes the requests: without an app, and in front of one. */
export const hasNginx = (app: Pick<CalledApp, "behindNginx"> | undefined): boolean =>
  app?.behindNginx !== false;

/** What the socket accepts; undefined where nginx takes the requests. */
export interface AppSocket {
  readonly accepts: ContainerSpec["accepts"];
  /** Absent: not known, and assumed to be long enough. */
  readonly keepAliveSeconds?: number;
}

/** The socket of an app that the load balancer calls. */
export function appSocket(app: CalledApp | undefined): AppSocket | undefined {
  if (app === undefined || hasNginx(app)) return undefined;
  const { protocols = ["http1"], keepAliveSeconds } = app;
  const names = { http1: "HTTP/1.1", http2: "HTTP/2" } as const;
  return {
    accepts: appProtocols.filter((one) => protocols.includes(one)).map((one) => names[one]),
    ...(keepAliveSeconds !== undefined && { keepAliveSeconds }),
  };
}

/** The container that the load balancer calls, and its port. */
export function calledContainer({
  app,
  port = defaults.service.port,
}: {
  readonly app?: CalledApp & { readonly port: number };
  readonly port?: number;
}): { readonly containerName: "app" | "nginx"; readonly containerPort: number } {
  return app === undefined || hasNginx(app)
    ? { containerName: "nginx", containerPort: port }
    : { containerName: "app", containerPort: app.port };
}
