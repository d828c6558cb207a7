import { onlyGrpcBehindEdge } from "../../path/protocols";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";

/** The failure that this project began with. */
export const edgeHttp1ToHttp2Target = pathRule({
  code: "edge-http1-to-http2-target",
  severity: "error",
  holds:
    "Nothing that CloudFront calls over HTTP/1.1 ends at a target group of version HTTP2: the load balancer answers 464.",
  fix: 'Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup, and let the container speak HTTP/1.1.',
  source: sources.edgeToOrigin,
  on: ["targetGroup"],
  check: (spec, { the, code }) => {
    if (spec.edge === undefined || spec.target.protocolVersion !== "HTTP2") return undefined;
    // `edge-grpc-only-target` says what is worth knowing then.
    if (onlyGrpcBehindEdge(spec)) return undefined;
    const which = spec.edge.grpc ? "Every request that is not gRPC" : "Every request";
    return {
      message: `${which} gets 464: CloudFront speaks HTTP/1.1 to its origins, and ${the.targetGroup} takes HTTP/2 only.`,
      fix: `Set protocolVersion: "HTTP1" on ${code.targetGroup}.`,
      settings:
        "Use the variant h1-via-cloudfront; where HTTP/2 must reach the container, h2-direct leaves CloudFront out.",
    };
  },
});
