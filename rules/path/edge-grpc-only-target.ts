import { http2ToOrigin, onlyGrpcBehindEdge } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { takesKind } from "../../path/typical";
import { pathRule } from "../rule";

export const edgeGrpcOnlyTarget = pathRule({
  code: "edge-grpc-only-target",
  severity: "note",
  holds: "A target group of version HTTP2 or GRPC behind CloudFront is there for gRPC only.",
  fix: 'Nothing has to change while all clients speak gRPC. Send other requests to an aws.lb.TargetGroup with protocolVersion: "HTTP1", by a behaviour and a listener rule of their own.',
  source: sources.edgeGrpc,
  on: ["targetGroup"],
  unless: ["vpc-origin-grpc"],
  check: (spec, { the, code }) => {
    const { edge, target } = spec;
    if (edge === undefined || target.protocolVersion === "HTTP1") return undefined;
    if (!onlyGrpcBehindEdge(spec)) return undefined;
    // Other requests do not come where the listener rule asks for gRPC.
    if (!takesKind(spec, "http")) return undefined;
    const http2 = http2ToOrigin(edge, spec.listener);
    // An HTTP2 group takes every request that comes over HTTP/2.
    if (http2 && target.protocolVersion === "HTTP2") return undefined;
    return {
      message: http2
        ? `${the.targetGroup.replace("the", "The")} takes POST over HTTP/2 only, because its version is GRPC. Every other request to it gets 464.`
        : `CloudFront speaks HTTP/2 to ${the.loadBalancer} for gRPC only. Every other request to ${the.targetGroup} gets 464, because the group's version is ${target.protocolVersion}.`,
      fix: `Nothing has to change while all clients speak gRPC. Send other requests to an aws.lb.TargetGroup with protocolVersion: "HTTP1", by a behaviour of ${code.distribution} and a listener rule of their own.`,
      settings:
        "Nothing has to change while all clients speak gRPC. For other requests too, use the variant h1-via-cloudfront with grpc.services.",
    };
  },
});
