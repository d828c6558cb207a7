import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const plainHttpToPublicLoadBalancer = pathRule({
  name: "plain-http-to-public-load-balancer",
  description: "CloudFront calls an internet-facing load balancer over TLS.",
  severity: "high",
  level: "mandatory",
  remediation:
    'Set originProtocolPolicy: "https-only" and give the load balancer an HTTPS listener.',
  source: sources.edgeOriginHttps,
  on: ["distribution"],
  write: (names) =>
    `Set customOriginConfig.originProtocolPolicy: "https-only" on the origin of the aws.cloudfront.Distribution ${names.distribution}, with an HTTPS listener and a certificate on the load balancer ${names.loadBalancer}; or reach it through an aws.cloudfront.VpcOrigin.`,
});
