import { effectivePolicy } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const originProtocolMismatch = pathRule({
  code: "origin-protocol-mismatch",
  severity: "error",
  holds: "CloudFront calls the load balancer with the protocol that its listener has.",
  fix: 'Set originProtocolPolicy: "https-only" for an HTTPS listener, "http-only" for an HTTP one.',
  source: sources.edgeOrigin,
  on: ["vpcOrigin", "distribution"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge === undefined) return undefined;
    const wanted = listener.protocol === "HTTPS" ? "https-only" : "http-only";
    const policy = effectivePolicy(edge);
    if (policy === wanted) return undefined;
    const comes =
      policy === "match-viewer"
        ? "with and without TLS, as viewers do"
        : policy === "https-only"
          ? "with TLS"
          : "without TLS";
    const follows = policy === edge.originProtocolPolicy ? "" : " and viewers have to use TLS";
    const where =
      edge.origin === "vpc"
        ? `vpcOriginEndpointConfig.originProtocolPolicy of ${code.vpcOrigin}`
        : `customOriginConfig.originProtocolPolicy of the origin of ${code.distribution}`;
    const circles =
      policy === "http-only" && listener.redirectsHttp && (edge.originPorts?.http ?? 80) === 80;
    const then = circles
      ? "and its listener on port 80 redirects to HTTPS: every request gets that redirect, which leads viewers in a circle, or past CloudFront"
      : `but ${the.listener} takes ${listener.protocol} only: ${policy === "match-viewer" ? "some" : "all"} requests fail`;
    return {
      message: `CloudFront calls ${the.loadBalancer} ${comes}, because originProtocolPolicy is ${edge.originProtocolPolicy}${follows}, ${then}.`,
      fix: `Set ${where} to "${wanted}".`,
    };
  },
});
