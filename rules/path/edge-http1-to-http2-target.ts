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
  check: ({ edge, target, mustWork }, { the, code }) => {
    if (edge === undefined || target.protocolVersion !== "HTTP2") return undefined;
    // With gRPC on and nothing else meant to work, it is as it has to be.
    if (edge.grpc && mustWork.every((kind) => kind === "grpc")) return undefined;
    return {
      message: `Every request gets 464: CloudFront speaks HTTP/1.1 to its origins, whatever viewers speak to it, and ${the.targetGroup} takes HTTP/2 only.`,
      fix: `Set protocolVersion: "HTTP1" on ${code.targetGroup}.`,
      settings:
        "Use the variant h1-via-cloudfront; where HTTP/2 must reach the container, h2-direct leaves CloudFront out.",
    };
  },
});
