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
    return {
      message: `CloudFront speaks HTTP/1.1 to ${the.loadBalancer}, whatever viewers speak. The load balancer answers every HTTP/1.1 request to ${the.targetGroup} with 464, because the group's version is HTTP2.`,
      fix: `Set protocolVersion: "HTTP1" on ${code.targetGroup} and let ${the.container} speak HTTP/1.1.`,
      settings:
        "Use the variant h1-via-cloudfront; where HTTP/2 must reach the container, h2-direct leaves CloudFront out.",
    };
  },
});
