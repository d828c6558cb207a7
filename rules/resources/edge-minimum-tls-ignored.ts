import { sources } from "../../path/sources";
import { defaultCertificateTlsPolicy } from "../../path/tlsPolicies";
import { block, boolean, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { resourceRule } from "../rule";

export const edgeMinimumTlsIgnored = resourceRule({
  code: "edge-minimum-tls-ignored",
  severity: "warning",
  holds: "A distribution with a minimum TLS version has a certificate for its own name.",
  fix: "Give viewerCertificate of the aws.cloudfront.Distribution an acmCertificateArn and sslSupportMethod, or leave minimumProtocolVersion out.",
  source: sources.edgeTlsPolicies,
  types: [token.distribution],
  check: ({ name, props }) => {
    const certificate = block(props, "viewerCertificate");
    if (certificate === undefined) return undefined;
    const minimum = text(certificate, "minimumProtocolVersion");
    if (boolean(certificate, "cloudfrontDefaultCertificate") !== true || minimum === undefined)
      return undefined;
    if (minimum === defaultCertificateTlsPolicy) return undefined;
    return {
      message: `The distribution ${name} has CloudFront's own certificate, with which CloudFront sets ${defaultCertificateTlsPolicy} whatever minimumProtocolVersion says: viewers may use TLS 1.0, and ${minimum} has no effect.`,
      fix: `Give viewerCertificate of the aws.cloudfront.Distribution ${name} an acmCertificateArn and sslSupportMethod: "sni-only", or leave minimumProtocolVersion out.`,
    };
  },
});
