/**
 * 464: the client's protocol does not fit the target group's version. AWS names three causes, and
 * they differ by what the client spoke: see `protocolMatrix` in path/protocols.ts.
 * There is no error_reason for it.
 */
import { sources } from "../../path/sources";
import type { AlbFacts } from "./albFacts";
import type { Advice, Cause, CauseText } from "./cause";

const status464 = { field: "status", is: 464 } as const;
const http1 = { field: "spoke", is: "HTTP/1" } as const;
const source = sources.albStatusCodes;

/** HTTP/1.1 is refused by these; by HTTP1 only where it carries gRPC, which is POST. */
const refusing = ["HTTP2", "GRPC"] as const;

const fromCloudfront: readonly Advice[] = [
  { cause: "464-origin-http2-lost", lostHttp2: true, at: refusing },
  { rule: "edge-grpc-only-target", lostHttp2: false, answersGrpc: true, at: refusing },
  { rule: "edge-http1-to-http2-target", lostHttp2: false, at: ["HTTP2"] },
  { rule: "edge-http1-to-grpc-target", lostHttp2: false, at: ["GRPC"] },
];
const fromClients: Advice = { rule: "direct-http1-clients-464", at: refusing };
const grpcFromCloudfront: Advice = { cause: "464-grpc-over-http1-from-cloudfront", at: ["HTTP1"] };
const grpcFromClients: Advice = { cause: "464-grpc-over-http1-client", at: ["HTTP1"] };

const grpcToHttp1 = {
  code: "464-grpc-to-http1-target",
  severity: "error",
  title: "gRPC into an HTTP/1.1 target group",
  why: "A gRPC request (HTTP/2 POST with a Content-Type of application/grpc) met a target group of version HTTP1; HTTP/2 POST gets 464 in no other case.",
  advice: [
    {
      rule: "request-kind-cannot-work",
      change:
        'Forward gRPC to another aws.lb.TargetGroup with protocolVersion: "GRPC", or "HTTP2" where the container takes both. A change of the version replaces the target group, so leave its name unset.',
      source: sources.targetProtocolVersion,
    },
  ],
} as const satisfies CauseText;

const clientsHttp1 = [status464, http1, { field: "from", is: "elsewhere" }] as const;
const http1Client = {
  severity: "error",
  title: "HTTP/1.1 clients that the target group does not take",
  why: "A target group of version HTTP2 or GRPC answers HTTP/1.1 with 464: a load balancer does not turn HTTP/1.1 into HTTP/2. Old clients, probes, crawlers, WebSockets and proxies speak HTTP/1.1.",
} as const;

/** The rows for 464. `logs/targetGroup.ts` infers the target group's version. */
export const mismatchCauses: readonly Cause<AlbFacts>[] = [
  {
    ...grpcToHttp1,
    when: [status464, { field: "spoke", is: "gRPC" }, { field: "method", is: "POST" }],
  },
  {
    code: "464-http2-not-post-to-grpc-target",
    severity: "error",
    when: [
      status464,
      { field: "spoke", oneOf: ["HTTP/2", "gRPC"] },
      { field: "method", isNot: "POST" },
    ],
    title: "HTTP/2 other than POST into a gRPC target group",
    why: "A target group of version GRPC takes POST only: a page, a probe or a CORS preflight (OPTIONS) gets 464.",
    advice: [
      {
        rule: "request-kind-cannot-work",
        change:
          'Forward what is not gRPC to another target group, by an aws.lb.ListenerRule on path or Content-Type, or set protocolVersion: "HTTP2", which takes every method and gRPC as well.',
        source: sources.targetProtocolVersion,
      },
    ],
  },
  {
    // HTTP/2 POST is refused in no other case, whatever the type field says.
    ...grpcToHttp1,
    when: [status464, { field: "spoke", is: "HTTP/2" }],
  },
  {
    code: "464-http1-from-cloudfront",
    severity: "error",
    when: [status464, http1, { field: "from", is: "cloudfront" }],
    title: "HTTP/1.1 from CloudFront that the target group does not take",
    why: "A target group of version HTTP2 or GRPC answers HTTP/1.1 with 464. CloudFront calls an origin over HTTP/1.1, whatever the viewer speaks, unless the origin is set to HTTP/2; where HTTP/2 cannot be negotiated, it falls back to HTTP/1.1 silently.",
    advice: [...fromCloudfront, grpcFromCloudfront],
  },
  {
    ...http1Client,
    code: "direct-http1-clients-464",
    when: [...clientsHttp1, { field: "method", isNot: "POST" }],
    advice: [fromClients],
  },
  {
    ...http1Client,
    code: "464-http1-client",
    when: clientsHttp1,
    advice: [fromClients, grpcFromClients],
  },
  {
    code: "464-http1",
    severity: "error",
    when: [status464, http1],
    title: "HTTP/1.1 that the target group does not take",
    why: "A target group of version HTTP2 or GRPC answers HTTP/1.1 with 464. The line does not say who called: a private address is CloudFront through a VPC origin, or another client in the VPC.",
    advice: [...fromCloudfront, fromClients, grpcFromCloudfront, grpcFromClients],
  },
  {
    code: "464-mismatch",
    severity: "error",
    when: [status464],
    title: "a protocol that the target group does not take",
    why: "The line does not say what the client spoke. Most often it is HTTP/1.1 into a target group of version HTTP2 or GRPC.",
    advice: [...fromCloudfront, fromClients, ...grpcToHttp1.advice],
  },
];

/** Causes that a single line does not show: they depend on the target group's other requests. */
export const mismatchesByGroup: readonly CauseText[] = [
  {
    code: "464-origin-http2-lost",
    severity: "error",
    title: "the origin's HTTP/2 was lost",
    why: "CloudFront called this target group over HTTP/2, other than for gRPC, so an origin asked for it (originHttpVersion). These requests came over HTTP/1.1, which the group does not take. Most often an update of the distribution by a tool that does not know originHttpVersion removed it; enableHttp2: false at the load balancer and originSslProtocols without TLSv1.2 have the same effect, and so has a second origin without it.",
    advice: [
      {
        change:
          'Set originHttpVersion: "http2" on the origin again, with a tool that knows it, and keep TLSv1.2 in originSslProtocols and enableHttp2 of the aws.lb.LoadBalancer on.',
        source: sources.edgeOriginHttpVersion,
      },
      { rule: "edge-http2-fallback" },
    ],
  },
  {
    code: "464-grpc-over-http1-from-cloudfront",
    severity: "error",
    title: "gRPC that CloudFront sent over HTTP/1.1",
    why: "The target group is of version HTTP1 and takes every HTTP/1.1 request but gRPC: this POST carried gRPC's Content-Type. A behaviour of CloudFront without gRPC passes gRPC on over HTTP/1.1.",
    advice: [
      {
        rule: "request-kind-cannot-work",
        change:
          'Set grpcConfig: { enabled: true } and POST in allowedMethods of the behaviour in the aws.cloudfront.Distribution, and forward these paths to an aws.lb.TargetGroup with protocolVersion: "GRPC" or "HTTP2".',
        source: sources.edgeGrpc,
      },
    ],
  },
  {
    code: "464-grpc-over-http1-client",
    severity: "error",
    title: "gRPC over HTTP/1.1",
    why: "The target group is of version HTTP1 and takes every HTTP/1.1 request but gRPC: this POST carried gRPC's Content-Type, and gRPC needs HTTP/2.",
    advice: [
      {
        rule: "request-kind-cannot-work",
        change:
          'Let the client, or the proxy in front of it, call over HTTP/2, and forward these paths to an aws.lb.TargetGroup with protocolVersion: "GRPC" or "HTTP2".',
        source,
      },
    ],
  },
];
