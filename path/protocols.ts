/**
 * The protocol rules: what a load balancer does with each kind of client, and what it and CloudFront
 * offer their clients. What CloudFront speaks to its origin is in `edgeToOrigin.ts`.
 */
import { sources } from "./sources";
import type {
  EdgeHttpVersion,
  HttpProtocol,
  ListenerSpec,
  Method,
  PathSpec,
  RequestKind,
  TargetProtocolVersion,
} from "./types";

/** The kinds of requests that the load balancer distinguishes, by HTTP version and Content-Type. */
export type ClientRequest = "HTTP/1.1" | "HTTP/2" | "gRPC" | "gRPC over HTTP/1.1";

/** One row of {@link protocolMatrix}. */
export interface ProtocolRow {
  readonly client: ClientRequest;
  readonly target: TargetProtocolVersion;
  /** Methods the row is about. Absent: all. */
  readonly methods?: "POST" | "not POST";
  /** What the target receives; absent if the load balancer answers 464 instead. */
  readonly forwardedAs?: "HTTP/1.1" | "HTTP/2";
  readonly why: string;
  /** The AWS page. */
  readonly source: string;
}

const version = sources.targetProtocolVersion;
const status = sources.albStatusCodes;

/**
 * Client request × protocol version of the target group. AWS names exactly three causes of 464:
 * HTTP/1.1 to an HTTP/2 or gRPC target group, gRPC to an HTTP/1.1 target group, and HTTP/2 other
 * than POST to a gRPC target group. "gRPC over HTTP/1.1" is not gRPC (which needs HTTP/2), but it
 * is what remains of a gRPC request behind a CloudFront behaviour without gRPC.
 */
// prettier-ignore
export const protocolMatrix: readonly ProtocolRow[] = [
  { client: "HTTP/1.1", target: "HTTP1", forwardedAs: "HTTP/1.1", why: "the target group takes HTTP/1.1", source: version },
  { client: "HTTP/1.1", target: "HTTP2", why: "an HTTP/1.1 request to an HTTP/2 target group", source: status },
  { client: "HTTP/1.1", target: "GRPC", why: "an HTTP/1.1 request to a gRPC target group", source: status },

  { client: "HTTP/2", target: "HTTP1", forwardedAs: "HTTP/1.1", why: "the load balancer turns HTTP/2 into HTTP/1.1", source: version },
  { client: "HTTP/2", target: "HTTP2", forwardedAs: "HTTP/2", why: "the target group takes HTTP/2", source: version },
  { client: "HTTP/2", target: "GRPC", methods: "POST", forwardedAs: "HTTP/2", why: "a gRPC target group takes POST over HTTP/2", source: status },
  { client: "HTTP/2", target: "GRPC", methods: "not POST", why: "an HTTP/2 request other than POST to a gRPC target group", source: status },

  { client: "gRPC", target: "HTTP1", why: "a gRPC request to an HTTP/1.1 target group", source: status },
  { client: "gRPC", target: "HTTP2", forwardedAs: "HTTP/2", why: "gRPC is HTTP/2, if the target speaks it", source: version },
  { client: "gRPC", target: "GRPC", methods: "POST", forwardedAs: "HTTP/2", why: "the target group takes gRPC", source: version },
  { client: "gRPC", target: "GRPC", methods: "not POST", why: "an HTTP/2 request other than POST to a gRPC target group", source: status },

  { client: "gRPC over HTTP/1.1", target: "HTTP1", why: "a gRPC request to an HTTP/1.1 target group", source: status },
  { client: "gRPC over HTTP/1.1", target: "HTTP2", why: "an HTTP/1.1 request to an HTTP/2 target group", source: status },
  { client: "gRPC over HTTP/1.1", target: "GRPC", why: "an HTTP/1.1 request to a gRPC target group", source: status },
];

/** How the load balancer sees a request of this protocol and kind. It has no HTTP/3. */
export function clientRequest(protocol: "HTTP/1.1" | "HTTP/2", kind: RequestKind): ClientRequest {
  if (kind !== "grpc") return protocol;
  return protocol === "HTTP/2" ? "gRPC" : "gRPC over HTTP/1.1";
}

/** The row of {@link protocolMatrix} that decides a request. */
export function matrixRow(
  client: ClientRequest,
  target: TargetProtocolVersion,
  method: Method,
): ProtocolRow {
  const row = protocolMatrix.find(
    (r) =>
      r.client === client &&
      r.target === target &&
      (r.methods === undefined || (r.methods === "POST") === (method === "POST")),
  );
  if (row === undefined) throw new Error(`no row for ${client} ${method} to ${target}`);
  return row;
}

/** What a load balancer sends to the targets of a group. */
export function targetSpeaks(version: TargetProtocolVersion): "HTTP/1.1" | "HTTP/2" {
  return version === "HTTP1" ? "HTTP/1.1" : "HTTP/2";
}

/**
 * What a listener offers its clients, most preferred first. HTTP/2 is negotiated in the TLS
 * handshake, so only an HTTPS listener has it. No listener has HTTP/3.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
 */
export function listenerOffers(
  listener: Pick<ListenerSpec, "protocol" | "http2">,
): ("HTTP/1.1" | "HTTP/2")[] {
  return listener.protocol === "HTTPS" && listener.http2 ? ["HTTP/2", "HTTP/1.1"] : ["HTTP/1.1"];
}

/**
 * What CloudFront offers viewers over TLS, most preferred first; without TLS only HTTP/1.1.
 * HTTP/1.1 is always offered.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html
 */
export const edgeOffers: Readonly<Record<EdgeHttpVersion, readonly HttpProtocol[]>> = {
  "http1.1": ["HTTP/1.1"],
  http2: ["HTTP/2", "HTTP/1.1"],
  http3: ["HTTP/3", "HTTP/1.1"],
  http2and3: ["HTTP/3", "HTTP/2", "HTTP/1.1"],
};

/** What viewers of a path may speak to its front, most preferred first. */
export function frontOffers({
  edge,
  listener,
}: Pick<PathSpec, "edge" | "listener">): readonly HttpProtocol[] {
  if (edge === undefined) return listenerOffers(listener);
  return edge.viewerTls === false ? ["HTTP/1.1"] : edgeOffers[edge.httpVersion];
}

/** True where viewers of a path can call its front over TLS. */
export function frontTls({ edge, listener }: Pick<PathSpec, "edge" | "listener">): boolean {
  return edge === undefined ? listener.protocol === "HTTPS" : edge.viewerTls !== false;
}

/** All methods that a CloudFront behaviour can allow. */
export const edgeMethods: readonly Method[] = [
  "GET",
  "HEAD",
  "OPTIONS",
  "PUT",
  "PATCH",
  "POST",
  "DELETE",
];

/**
 * The sets of methods that a behaviour can allow; CloudFront accepts no others.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_AllowedMethods.html
 */
export const edgeMethodSets: readonly (readonly Method[])[] = [
  ["GET", "HEAD"],
  ["GET", "HEAD", "OPTIONS"],
  edgeMethods,
];

/** Methods that a load balancer forwards; it answers TRACE with 405. */
export const albMethods: readonly Method[] = edgeMethods;

/**
 * True for the content type by which CloudFront and load balancers recognise gRPC:
 * `application/grpc`, alone or with a subtype (`+proto`) or parameters. gRPC-Web
 * (`application/grpc-web`) is ordinary HTTP.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests
 */
export function isGrpc(contentType: string | undefined): boolean {
  return /^application\/grpc(?:[+;]|$)/i.test(contentType ?? "");
}
