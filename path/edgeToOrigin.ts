/** What CloudFront speaks to its origin, and the conditions on which that depends. */
import { edgeOffers, listenerOffers } from "./protocols";
import type { EdgeSpec, HttpProtocol, ListenerSpec, Method, PathSpec, RequestKind } from "./types";

/** An edge, as far as its choice of protocol towards the origin needs it. */
export type EdgeFacts = Pick<
  EdgeSpec,
  | "origin"
  | "httpVersion"
  | "originProtocolPolicy"
  | "originHttpVersion"
  | "originTls12"
  | "grpc"
  | "allowedMethods"
>;

/** A viewer's request, as far as CloudFront's choice of protocol towards the origin needs it. */
export interface EdgeRequest {
  readonly kind: RequestKind;
  readonly protocol: HttpProtocol;
  readonly method: Method;
  readonly tls: boolean;
}

/** The load balancer's part in the choice: it negotiates HTTP/2, or does not. */
export type OriginFacts = Pick<ListenerSpec, "protocol" | "http2">;

/** What CloudFront speaks to an origin, in the order in which it prefers it. */
export type OriginProtocol = "HTTP/1.1" | "HTTP/2";

/** One condition of {@link edgeGrpcConditions}. */
interface GrpcCondition {
  /** Completes "CloudFront proxies gRPC only with …". */
  readonly needs: string;
  holds(edge: EdgeFacts, request: EdgeRequest): boolean;
}

/**
 * All of these must hold for CloudFront to proxy gRPC, which it does over HTTP/2 whatever the
 * origin's HTTP version says.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html
 * That page asks for HTTPS only. TLS 1.2 follows from HTTP/2, which CloudFront speaks to origins
 * "only over TLS 1.2 or later", as {@link edgeHttp2Conditions} says (and RFC 9113, section 9.2).
 */
// prettier-ignore
export const edgeGrpcConditions: readonly GrpcCondition[] = [
  { needs: "a Content-Type of application/grpc", holds: (_, request) => request.kind === "grpc" },
  { needs: "a viewer that speaks HTTP/2", holds: (_, request) => request.protocol === "HTTP/2" },
  { needs: "the method POST", holds: (edge, request) => request.method === "POST" && edge.allowedMethods.includes("POST") },
  { needs: "gRPC enabled in the behaviour", holds: (edge) => edge.grpc },
  { needs: "HTTP/2 among the distribution's HTTP versions", holds: (edge) => edgeOffers[edge.httpVersion].includes("HTTP/2") },
  { needs: "HTTPS from end to end", holds: (edge, request) => request.tls && edgeSpeaksTls(edge, request.tls) },
  { needs: "TLSv1.2 among the origin's originSslProtocols", holds: (edge) => edge.originTls12 !== false },
  { needs: "an origin that is not a VPC origin", holds: (edge) => edge.origin !== "vpc" },
];

/** What {@link edgeHttp2Conditions} ask for, by the property that decides it. */
export type Http2Condition =
  "originHttpVersion" | "tls" | "tls12" | "https-listener" | "enableHttp2";

interface Http2ConditionRow {
  readonly id: Http2Condition;
  /** What has to be so, as a clause. */
  readonly needs: string;
  /** What is so where the condition does not hold: completes "CloudFront speaks HTTP/1.1 to the load balancer, because …". */
  readonly otherwise: string;
  holds(edge: EdgeFacts, request: Pick<EdgeRequest, "tls">, origin: OriginFacts): boolean;
}

/**
 * All of these must hold for CloudFront to speak HTTP/2 to an origin when it is not proxying gRPC.
 * Where one does not, it speaks HTTP/1.1, without an error: "CloudFront offers HTTP/2 to the origin
 * by using ALPN. If the origin doesn't negotiate HTTP/2, CloudFront uses HTTP/1.1. CloudFront uses
 * HTTP/2 only over TLS 1.2 or later." Since 2026-11-20; see `originHttp2` in `changes.ts`.
 */
// prettier-ignore
export const edgeHttp2Conditions: readonly Http2ConditionRow[] = [
  { id: "originHttpVersion", needs: "originHttpVersion of the origin is http2", otherwise: "originHttpVersion of the origin is not http2", holds: (edge) => edge.originHttpVersion === "http2" },
  { id: "tls", needs: "CloudFront calls the origin over TLS (originProtocolPolicy)", otherwise: "it calls the origin without TLS", holds: (edge, request) => edgeSpeaksTls(edge, request.tls) },
  { id: "tls12", needs: "originSslProtocols has TLSv1.2", otherwise: "originSslProtocols lacks TLSv1.2, and HTTP/2 needs it", holds: (edge) => edge.originTls12 !== false },
  { id: "https-listener", needs: "the load balancer's listener is HTTPS", otherwise: "the listener is HTTP, and HTTP/2 needs TLS", holds: (_, __, origin) => origin.protocol === "HTTPS" },
  { id: "enableHttp2", needs: "enableHttp2 of the load balancer is not false", otherwise: "the load balancer has HTTP/2 switched off", holds: (_, __, origin) => origin.protocol !== "HTTPS" || listenerOffers(origin).includes("HTTP/2") },
];

/** What CloudFront speaks to its origin, and why. */
export interface ToOrigin {
  readonly protocol: OriginProtocol;
  /** What CloudFront offers by ALPN where it calls the origin over TLS, the preferred first. */
  readonly offers: readonly OriginProtocol[];
  /** A clause for people, without a full stop. */
  readonly why: string;
  /** Set where AWS's documents do not say what happens: what they leave open. */
  readonly notKnown?: string;
}

/** An origin that takes what CloudFront offers. */
const negotiates: OriginFacts = { protocol: "HTTPS", http2: true };

/**
 * What CloudFront speaks to its origin for one request.
 *
 * @param origin what the load balancer negotiates. Absent: HTTP/2 where CloudFront offers it, which
 *   tells what CloudFront offers.
 */
export function edgeToOrigin(
  edge: EdgeFacts,
  request: EdgeRequest,
  origin: OriginFacts = negotiates,
): ToOrigin {
  const missing = edgeGrpcConditions.filter((condition) => !condition.holds(edge, request));
  if (missing.length === 0)
    return {
      ...over("HTTP/2"),
      why: "CloudFront proxies gRPC to its origin over HTTP/2",
    };
  const needs = missing.map((condition) => condition.needs).join(", ");
  const lost = missingForHttp2(edge, origin, request.tls);
  if (lost.length === 0) return overHttp2(request.kind, needs);
  if (request.kind === "grpc") {
    return {
      ...over("HTTP/1.1"),
      why: `CloudFront proxies gRPC only with ${needs}; otherwise it speaks HTTP/1.1 to its origin`,
    };
  }
  return { ...over("HTTP/1.1"), why: http1Because(lost) };
}

/** One protocol, and nothing else offered. */
function over(protocol: OriginProtocol): Pick<ToOrigin, "protocol" | "offers"> {
  return { protocol, offers: [protocol] };
}

/**
 * The conditions of HTTP/2 to the origin that do not hold, for a viewer with or without TLS. Where
 * nobody asks for HTTP/2 only that: the others need not be known then.
 */
export function missingForHttp2(
  edge: EdgeFacts,
  origin: OriginFacts,
  viewerTls = true,
): readonly Http2ConditionRow[] {
  const asked = edge.originHttpVersion === "http2";
  return edgeHttp2Conditions
    .slice(0, asked ? undefined : 1)
    .filter((row) => !row.holds(edge, { tls: viewerTls }, origin));
}

/** True where a viewer's ordinary requests over TLS reach the origin over HTTP/2. */
export function http2ToOrigin(edge: EdgeFacts, origin: OriginFacts): boolean {
  return missingForHttp2(edge, origin).length === 0;
}

/** Why CloudFront speaks HTTP/1.1 to an origin: its default, or what prevents HTTP/2. */
function http1Because(missing: readonly Http2ConditionRow[]): string {
  if (missing.some(({ id }) => id === "originHttpVersion"))
    return "CloudFront speaks HTTP/1.1 to origins by default";
  return `CloudFront speaks HTTP/1.1 to the origin although originHttpVersion is http2, because ${missing.map(({ otherwise }) => otherwise).join(" and ")}`;
}

/** HTTP/2 as the origin negotiated it. What AWS has said is about ordinary requests. */
function overHttp2(kind: RequestKind, grpcNeeds: string): ToOrigin {
  const negotiated = { protocol: "HTTP/2", offers: ["HTTP/2", "HTTP/1.1"] } as const;
  const why = "originHttpVersion is http2, and the load balancer negotiates HTTP/2";
  switch (kind) {
    case "http":
      return { ...negotiated, why };
    case "grpc":
      return {
        ...negotiated,
        why,
        notKnown: `whether CloudFront forwards gRPC to an origin whose originHttpVersion is http2 without ${grpcNeeds}`,
      };
    case "websocket":
      return {
        ...over("HTTP/1.1"),
        why,
        notKnown: "how CloudFront opens a WebSocket to an origin whose originHttpVersion is http2",
      };
  }
}

/** True when CloudFront encrypts its connection to the origin for a viewer with or without TLS. */
export function edgeSpeaksTls(
  edge: Pick<EdgeSpec, "originProtocolPolicy">,
  viewerTls: boolean,
): boolean {
  return edge.originProtocolPolicy === "match-viewer"
    ? viewerTls
    : edge.originProtocolPolicy === "https-only";
}

/**
 * The effective origin protocol policy: `match-viewer` is `https-only` behind a behaviour that only
 * allows TLS, and on the path of viewers with TLS only; `http-only` on that of the others.
 */
export function effectivePolicy(
  edge: Pick<EdgeSpec, "originProtocolPolicy" | "viewerProtocolPolicy" | "viewerTls">,
): EdgeSpec["originProtocolPolicy"] {
  // Read one by one: in a preview, reading what is not known yet and decides nothing ends a check.
  if (edge.originProtocolPolicy !== "match-viewer") return edge.originProtocolPolicy;
  if (edge.viewerTls !== undefined) return edge.viewerTls ? "https-only" : "http-only";
  return edge.viewerProtocolPolicy === "allow-all" ? "match-viewer" : "https-only";
}

/** True if only gRPC must work behind CloudFront, and the behaviour has it on. */
export function onlyGrpcBehindEdge({
  edge,
  mustWork,
}: Pick<PathSpec, "edge" | "mustWork">): boolean {
  return edge?.grpc === true && mustWork.length > 0 && mustWork.every((kind) => kind === "grpc");
}
