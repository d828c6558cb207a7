import { http2ToOrigin, onlyGrpcBehindEdge } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { ordinaryToOrigin } from "../originHttp2";
import { pathRule } from "../rule";

export const edgeHttp1ToGrpcTarget = pathRule({
  code: "edge-http1-to-grpc-target",
  severity: "error",
  holds:
    "Nothing but gRPC reaches a target group of version GRPC through CloudFront: the load balancer answers everything else with 464.",
  fix: 'Set grpcConfig: { enabled: true } on the behaviour that carries gRPC, or protocolVersion: "HTTP1" on the aws.lb.TargetGroup.',
  source: sources.edgeGrpc,
  on: ["targetGroup"],
  check: (spec, { the, code }) => {
    const { edge, target } = spec;
    if (edge === undefined || target.protocolVersion !== "GRPC") return undefined;
    // `edge-grpc-only-target` says what is worth knowing then.
    if (onlyGrpcBehindEdge(spec) || http2ToOrigin(edge, spec.listener)) return undefined;
    const { grpc } = edge;
    const which = grpc ? "Every request that is not gRPC" : "Every request";
    const off = grpc ? "" : "the behaviour has gRPC off, ";
    return {
      message: `${which} gets 464: ${off}${ordinaryToOrigin(edge, spec)}, and ${the.targetGroup} takes gRPC only.`,
      fix: grpc
        ? `Send everything but gRPC to an aws.lb.TargetGroup with protocolVersion: "HTTP1", by a behaviour of ${code.distribution} and a listener rule of its own.`
        : `Where the clients speak gRPC, set grpcConfig: { enabled: true } on their behaviour of ${code.distribution}; otherwise set protocolVersion: "HTTP1" on ${code.targetGroup} and let ${the.container} speak HTTP/1.1.`,
    };
  },
});
