import { sources } from "../../path/sources";
import { isS3Domain } from "../../topology/buckets";
import { block, blocks, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const originWithoutConfig = stackRule({
  code: "origin-without-config",
  severity: "error",
  holds: "An origin that is no S3 bucket says how CloudFront calls it.",
  fix: 'Give the origin customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] }.',
  source: sources.edgeOrigin,
  refusedAs: { code: "InvalidArgument", message: /does not refer to a valid S3 bucket/ },
  subjects: (stack) => stack.of(token.distribution),
  check: ({ urn, name, props }, stack) =>
    blocks(props, "origins").flatMap((origin): StackFault[] => {
      const has = (config: string): boolean => block(origin, config) !== undefined;
      if (has("customOriginConfig") || has("vpcOriginConfig")) return [];
      const domainName = text(origin, "domainName");
      if (domainName === undefined || isS3Domain(domainName)) return [];
      const { type, name: of } = stack.behind(domainName) ?? {};
      if (type === token.bucket) return [];
      const taken =
        type === token.loadBalancer && of !== undefined
          ? `the DNS name of the load balancer ${of}`
          : domainName;
      return [
        {
          urn,
          message: `The origin ${text(origin, "originId") ?? ""} of the distribution ${name} has no customOriginConfig, so that CloudFront takes ${taken} for an S3 bucket, which it is not: AWS refuses the distribution.`,
          fix: `Give the origin customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] } in the aws.cloudfront.Distribution ${name} ("http-only" for a load balancer without an HTTPS listener).`,
        },
      ];
    }),
});
