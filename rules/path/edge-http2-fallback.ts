import { http2ToOrigin, onlyGrpcBehindEdge } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";

/** Works today: a setting that other tools remove without a message keeps it working. */
export const edgeHttp2Fallback = pathRule({
  code: "edge-http2-fallback",
  severity: "warning",
  holds:
    "A target group behind CloudFront works also where CloudFront falls back to HTTP/1.1: its version is HTTP1.",
  fix: 'Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup where nothing needs HTTP/2 in the container.',
  source: sources.edgeOriginHttpVersion,
  on: ["targetGroup"],
  check: (spec, { the, code }) => {
    const { edge, target } = spec;
    if (edge === undefined || target.protocolVersion === "HTTP1") return undefined;
    // CloudFront proxies gRPC over HTTP/2 with and without originHttpVersion.
    if (onlyGrpcBehindEdge(spec) || !http2ToOrigin(edge, spec.listener)) return undefined;
    return {
      message: `The version of ${the.targetGroup} is ${target.protocolVersion}, so it works only while CloudFront speaks HTTP/2 to ${the.loadBalancer}. It falls back to HTTP/1.1 without an error when an update of ${the.distribution} by a tool that does not know originHttpVersion removes it, when enableHttp2 of ${the.loadBalancer} is false, or when originSslProtocols lacks TLSv1.2. Then every request gets 464.`,
      fix: `Where nothing needs HTTP/2 in ${the.container}, set protocolVersion: "HTTP1" on ${code.targetGroup}: it works either way. Otherwise update ${code.distribution} only with tools that know originHttpVersion.`,
      settings:
        "Where nothing needs HTTP/2 in the container, use the variant h1-via-cloudfront with origin.httpVersion: http2, which works either way. Otherwise update the distribution only with tools that know originHttpVersion.",
    };
  },
});
