/** What the socket of a container takes, as far as its environment says it. */
import { keepAliveMarginSeconds } from "../path/defaults";
import type { PathSpec } from "../path/types";
import type { LoadBalancer, TargetGroup } from "./types";

/** Seconds nginx keeps an idle connection where the image does not say: nginx's own default. */
const nginxKeepAliveSeconds = 75;

/**
 * What the container's socket accepts: for our nginx what its environment says. Nothing is known
 * about other images, so their sockets are assumed to accept what the target group sends.
 */
export function socketOf(
  environment: Readonly<Record<string, string>>,
  group: TargetGroup,
): Pick<PathSpec["container"], "tls" | "accepts"> {
  const http2 = environment.HOPWISE_HTTP2 ?? (group.protocolVersion === "HTTP1" ? "off" : "on");
  const tls = environment.HOPWISE_TLS ?? (group.protocol === "HTTPS" ? "on" : "off");
  // Without HTTP/2 switched on, nginx takes `PRI * HTTP/2.0` for a broken request.
  return { tls: tls === "on", accepts: http2 === "on" ? ["HTTP/2", "HTTP/1.1"] : ["HTTP/1.1"] };
}

/** True for a container that is configured by the variables of this project's own nginx image. */
export function isOurImage(environment: Readonly<Record<string, string>>): boolean {
  return Object.keys(environment).some((name) => name.startsWith("HOPWISE_"));
}

/** The port of a `host:port`; undefined where there is none. */
export function portOf(address: string | undefined): number | undefined {
  const port = /:(\d+)$/.exec(address ?? "")?.[1];
  return port === undefined ? undefined : Number(port);
}

/** The gRPC calls that our nginx passes on as gRPC. */
export function grpcOf(environment: Readonly<Record<string, string>>): PathSpec["grpc"] {
  const services = environment.HOPWISE_GRPC ?? "";
  if (services === "") return undefined;
  const port = portOf(environment.HOPWISE_GRPC_APP);
  return services === "*" ? { port } : { services: services.split(","), port };
}

/** Seconds an idle connection is kept; for other images assumed to be long enough. */
export function keepAlive(
  environment: Readonly<Record<string, string>>,
  { idleSeconds }: LoadBalancer,
): number {
  const otherwise = isOurImage(environment)
    ? nginxKeepAliveSeconds
    : idleSeconds + keepAliveMarginSeconds;
  return Number(environment.HOPWISE_KEEPALIVE_SECONDS ?? otherwise);
}
