import { effectivePolicy } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const plainHttpToPublicLoadBalancer = pathRule({
  code: "plain-http-to-public-load-balancer",
  severity: "warning",
  access: true,
  holds: "CloudFront calls an internet-facing load balancer over TLS.",
  fix: 'Set originProtocolPolicy: "https-only" and give the load balancer an HTTPS listener.',
  source: sources.edgeOriginHttps,
  on: ["distribution"],
  unless: ["origin-without-config"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge?.origin !== "public" || listener.scheme !== "internet-facing") return undefined;
    if (effectivePolicy(edge) === "https-only") return undefined;
    const some = edge.originProtocolPolicy === "match-viewer";
    const which = some ? "requests of viewers without TLS" : "requests";
    const secret = edge.sendsSecretHeader ? ", and the secret header with them," : "";
    return {
      message: `CloudFront calls ${the.loadBalancer} over plain HTTP: ${which}${secret} cross the internet in plain text.`,
      fix: `Set customOriginConfig.originProtocolPolicy: "https-only" on the origin of ${code.distribution}, with an HTTPS listener and a certificate on ${code.loadBalancer}; or reach it through an aws.cloudfront.VpcOrigin.`,
      settings:
        "Set domain.name, or domain.loadBalancerCertificateArn, so that the load balancer has a certificate; or origin.access: vpc-origin.",
    };
  },
});
