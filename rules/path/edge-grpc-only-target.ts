import { onlyGrpcBehindEdge } from "../../path/protocols";
import { sources } from "../../path/sources";
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
    return {
      message: `CloudFront speaks HTTP/2 to ${the.loadBalancer} for gRPC only. Every other request to ${the.targetGroup} gets 464, because the group's version is ${target.protocolVersion}.`,
      fix: `Nothing has to change while all clients speak gRPC. Send other requests to an aws.lb.TargetGroup with protocolVersion: "HTTP1", by a behaviour of ${code.distribution} and a listener rule of their own.`,
    };
  },
});
