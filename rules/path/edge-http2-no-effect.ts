import { http2ToOrigin } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { changesForHttp2, ordinaryToOrigin } from "../originHttp2";
import { pathRule } from "../rule";

export const edgeHttp2NoEffect = pathRule({
  code: "edge-http2-no-effect",
  severity: "note",
  holds: 'CloudFront can negotiate HTTP/2 with an origin whose originHttpVersion is "http2".',
  fix: "Give the origin TLS with TLSv1.2, and the load balancer an HTTPS listener and enableHttp2: true; or leave originHttpVersion out.",
  source: sources.edgeOriginHttpVersion,
  on: ["distribution"],
  check: (spec, names) => {
    const { edge, target } = spec;
    if (edge?.originHttpVersion !== "http2") return undefined;
    // In front of the other versions it is an error, which gives the same reasons.
    if (target.protocolVersion !== "HTTP1") return undefined;
    if (http2ToOrigin(edge, spec.listener)) return undefined;
    return {
      message: `${ordinaryToOrigin(edge, spec)}. Requests work; originHttpVersion has no effect.`,
      fix: `${changesForHttp2(edge, spec, names)}; or leave originHttpVersion out.`,
    };
  },
});
