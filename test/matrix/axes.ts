/** The axes of the matrix: every way through CloudFront and a load balancer, and every request. */
import type { Method, PathRequest, TargetProtocolVersion } from "../../path/types";
import { thorough } from "../thorough";

/** CloudFront in front of a load balancer. */
interface EdgeAxis {
  readonly origin: "public" | "vpc";
  readonly policy: "http-only" | "https-only" | "match-viewer";
  readonly grpc: boolean;
  /** `originHttpVersion`, and whether CloudFront may use TLS 1.2 to the origin. */
  readonly asks: (typeof asked)[number];
}

/** Whether the listener asks for the secret header, and whether it is sent. */
type SecretAxis = "open" | "sent" | "not sent";

/** One way from a viewer to a container; the resources of one stack. */
export interface Lane {
  /** Absent: viewers call the load balancer. */
  readonly edge?: EdgeAxis;
  readonly listener: "HTTP" | "HTTPS";
  /** `routing.http2.enabled` of the load balancer. */
  readonly http2: boolean;
  readonly secret: SecretAxis;
  readonly version: TargetProtocolVersion;
  readonly target: "HTTP" | "HTTPS";
}

const origins = ["public", "vpc"] as const;
const policies = ["http-only", "https-only", "match-viewer"] as const;
const both = [true, false] as const;

const asked = ["http1.1", "http2", "http2, no TLS 1.2"] as const;

const edges: readonly (EdgeAxis | undefined)[] = [
  undefined,
  ...origins.flatMap((origin) =>
    both.flatMap((grpc) =>
      policies.flatMap((policy) => asked.map((asks) => ({ origin, policy, grpc, asks }))),
    ),
  ),
];

/** Every lane, whether or not AWS creates it. */
export const lanes: readonly Lane[] = edges.flatMap((edge) => {
  // What an origin is asked for decides neither who gets in nor what targets are spoken to in.
  const whole = edge?.asks !== "http2" && edge?.asks !== "http2, no TLS 1.2";
  const secrets = whole ? (["open", "sent", "not sent"] as const) : (["sent"] as const);
  const targets = whole ? (["HTTP", "HTTPS"] as const) : (["HTTP"] as const);
  return (["HTTPS", "HTTP"] as const).flatMap((listener) =>
    both.flatMap((http2) =>
      secrets.flatMap((secret) =>
        (["HTTP1", "HTTP2", "GRPC"] as const).flatMap((version) =>
          targets.map((target): Lane => ({ edge, listener, http2, secret, version, target })),
        ),
      ),
    ),
  );
});

const methods: readonly Method[] = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "OPTIONS",
  "PATCH",
  "TRACE",
];

type Client = Pick<PathRequest, "protocol" | "kind">;

/** What clients speak, as people name it. */
export const clients: Readonly<Record<string, Client>> = {
  "HTTP/1.1": { protocol: "HTTP/1.1", kind: "http" },
  "HTTP/2": { protocol: "HTTP/2", kind: "http" },
  gRPC: { protocol: "HTTP/2", kind: "grpc" },
  // No gRPC at all, but what a client sends whose HTTP/2 was refused.
  "gRPC over HTTP/1.1": { protocol: "HTTP/1.1", kind: "grpc" },
  WebSocket: { protocol: "HTTP/1.1", kind: "websocket" },
};

/** The one method of some clients: gRPC's is POST, and a WebSocket begins with GET (RFC 6455, 4.1). */
function onlyMethod({ protocol, kind }: Client): Method | undefined {
  if (kind === "websocket") return "GET";
  // Over HTTP/2 load balancers look at the method of a gRPC request, so that all are asked there.
  return kind === "grpc" && protocol === "HTTP/1.1" ? "POST" : undefined;
}

/** Every request of a lane. */
export const requests: readonly PathRequest[] = Object.values(clients).flatMap((client) =>
  both.flatMap((tls) =>
    methods
      .filter((method) => method === (onlyMethod(client) ?? method))
      .map((method): PathRequest => ({ ...client, tls, method, entry: "front" })),
  ),
);

/** Those that are sent: of each client a GET and a POST, and every method where a test is thorough. */
export const sent: readonly PathRequest[] = requests.filter(
  ({ method }) => thorough || method === "GET" || method === "POST",
);

/** The request with what the client of this lane knows: CloudFront adds the secret by itself. */
export function requestOf(lane: Lane, request: PathRequest): PathRequest {
  return lane.edge === undefined && lane.secret === "sent"
    ? { ...request, secretHeader: true }
    : request;
}

/** A lane in words. */
export function laneText(lane: Lane): string {
  const { edge, listener, http2, secret, version, target } = lane;
  const front = edge
    ? `CloudFront ${edge.origin} ${edge.policy} ${edge.asks} gRPC ${onOff(edge.grpc)}`
    : "none";
  const rule = secret === "open" ? "no rule" : `secret ${secret}`;
  return `edge ${front} | ${listener} listener, HTTP/2 ${onOff(http2)}, ${rule} | ${version} over ${target}`;
}

/** A request in words. */
export function requestText({ protocol, kind, tls, method }: PathRequest): string {
  const client = Object.entries(clients).find(
    ([, c]) => c.protocol === protocol && c.kind === kind,
  );
  return `${client?.[0] ?? protocol} ${tls ? "with" : "without"} TLS ${method}`;
}

function onOff(value: boolean): string {
  return value ? "on" : "off";
}
