/**
 * 464: the client's protocol does not fit the target group's version. AWS names three causes, and
 * the log tells them apart by what the client spoke: see `protocolMatrix` in path/protocols.ts.
 * There is no error_reason for it.
 */
import { sources } from "../../path/sources";
import type { AlbFacts } from "./albFacts";
import type { Cause } from "./cause";

const status464 = { field: "status", is: 464 } as const;
const source = sources.albStatusCodes;

const grpcToHttp1 = {
  code: "464-grpc-to-http1-target",
  severity: "error",
  title: "gRPC into an HTTP/1.1 target group",
  why: "A gRPC request (HTTP/2 POST with a Content-Type of application/grpc) met a target group of version HTTP1; HTTP/2 POST gets 464 in no other case.",
  change:
    'Send gRPC to a target group of its own: `new aws.lb.TargetGroup(…, { protocolVersion: "GRPC" })`, or "HTTP2" where the container takes both. A change of the version replaces the target group: leave its name open.',
  findings: ["request-kind-cannot-work"],
  source,
} as const;

/** The rows for 464. Which version the target group has is worked out in `logs/targetGroup.ts`. */
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
    change:
      'Route what is no gRPC to another target group, by a listener rule on path or Content-Type, or set `protocolVersion: "HTTP2"`, which takes every method and gRPC as well.',
    source,
  },
  {
    // HTTP/2 POST is refused in no other case, whatever the type field says.
    ...grpcToHttp1,
    when: [status464, { field: "spoke", is: "HTTP/2" }],
  },
  {
    code: "464-http1-from-cloudfront",
    severity: "error",
    when: [status464, { field: "spoke", is: "HTTP/1" }, { field: "from", is: "cloudfront" }],
    title: "HTTP/1.1 from CloudFront into an HTTP/2 or gRPC target group",
    why: "CloudFront speaks HTTP/1.1 to its origins, whatever the viewer speaks to CloudFront, and a target group of version HTTP2 or GRPC turns HTTP/1.1 away.",
    change:
      'Set `protocolVersion: "HTTP1"` on the target group and let the container speak HTTP/1.1 (in hopwise: `variant: h1-via-cloudfront`). Where HTTP/2 must reach the container, leave CloudFront out (`variant: h2-direct`).',
    findings: ["edge-http1-to-http2-target", "edge-http1-to-grpc-target"],
    source: sources.edgeToOrigin,
  },
  {
    code: "464-http1-client",
    severity: "error",
    when: [
      status464,
      { field: "spoke", is: "HTTP/1" },
      { field: "from", oneOf: ["vpc", "elsewhere"] },
    ],
    title: "HTTP/1.1 clients at an HTTP/2 or gRPC target group",
    why: "A load balancer does not turn HTTP/1.1 into HTTP/2: old clients, probes, crawlers, WebSockets and proxies get 464.",
    change:
      'Set `protocolVersion: "HTTP1"` on the target group, which serves HTTP/1.1 and HTTP/2 clients alike. Where HTTP/2 must reach the container, let HTTP/2 clients only call it.',
    findings: ["direct-http1-clients-464"],
    source,
  },
  {
    code: "464-http1",
    severity: "error",
    when: [status464, { field: "spoke", is: "HTTP/1" }],
    title: "HTTP/1.1 into an HTTP/2 or gRPC target group",
    why: "The line does not tell who called. CloudFront speaks HTTP/1.1 to its origins, whatever the viewer speaks to CloudFront; old clients and probes do as well.",
    change:
      'Set `protocolVersion: "HTTP1"` on the target group and let the container speak HTTP/1.1 (in hopwise: `variant: h1-via-cloudfront`). Where HTTP/2 must reach the container, leave CloudFront out (`variant: h2-direct`).',
    findings: [
      "edge-http1-to-http2-target",
      "edge-http1-to-grpc-target",
      "direct-http1-clients-464",
    ],
    source,
  },
  {
    code: "464-mismatch",
    severity: "error",
    when: [status464],
    title: "a protocol that the target group does not take",
    why: "The line does not tell what the client spoke. Most often it is HTTP/1.1 (CloudFront speaks nothing else to its origins) into a target group of version HTTP2 or GRPC.",
    change:
      'Look at the target group\'s `protocolVersion`: "HTTP1" takes HTTP/1.1 and HTTP/2 clients, but no gRPC.',
    findings: ["edge-http1-to-http2-target"],
    source,
  },
];
