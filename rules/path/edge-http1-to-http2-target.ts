import { http2ToOrigin, onlyGrpcBehindEdge } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { changesForHttp2, ordinaryToOrigin, settingsForHttp2 } from "../originHttp2";
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
  check: (spec, names) => {
    const { edge, target } = spec;
    if (edge === undefined || target.protocolVersion !== "HTTP2") return undefined;
    // `edge-grpc-only-target` says what is worth knowing then.
    if (onlyGrpcBehindEdge(spec) || http2ToOrigin(edge, spec.listener)) return undefined;
    const { the, code } = names;
    const which = edge.grpc ? "Every request that is not gRPC" : "Every request";
    const http1 = `protocolVersion: "HTTP1" on ${code.targetGroup}`;
    const asked = edge.originHttpVersion === "http2";
    return {
      message: `${which} gets 464: ${ordinaryToOrigin(edge, spec)}, and ${the.targetGroup} takes HTTP/2 only.`,
      fix: asked
        ? `${changesForHttp2(edge, spec, names)}; or set ${http1}, which works with and without HTTP/2 to ${the.loadBalancer}.`
        : `Set ${http1}.`,
      ...(asked
        ? { source: sources.edgeOriginHttpVersion, settings: settingsForHttp2(edge, spec) }
        : {
            settings:
              "Use the variant h1-via-cloudfront. Where HTTP/2 must reach the container, h2-via-cloudfront asks CloudFront for it, and h2-direct leaves CloudFront out.",
          }),
    };
  },
});
