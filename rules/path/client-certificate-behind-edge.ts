import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const clientCertificateBehindEdge = pathRule({
  code: "client-certificate-behind-edge",
  severity: "error",
  holds:
    "A listener behind CloudFront verifies client certificates only where CloudFront shows it one.",
  fix: "Remove mutualAuthentication of the aws.lb.Listener, and set viewerMtlsConfig on the aws.cloudfront.Distribution, where viewers' certificates end.",
  source: sources.edgeOriginMtls,
  on: ["listener"],
  check: ({ edge, listener }, { the, code }) => {
    if (edge === undefined || listener.clientCertificates !== "required") return undefined;
    if (edge.showsCertificate) return undefined;
    const viewers = `remove mutualAuthentication of ${code.listener}, and set viewerMtlsConfig on ${code.distribution} to ask viewers for certificates`;
    return {
      message: `Every request gets 502: ${the.listener} ends TLS connections without a client certificate, and ${the.distribution} shows none to ${the.loadBalancer}. A viewer's certificate ends at CloudFront.`,
      fix:
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
        edge.origin === "vpc"
          ? `${viewers.replace(/^r/, "R")}. A VPC origin cannot show a certificate.`
          : `Set customOriginConfig.originMtlsConfig.clientCertificateArn on the origin of ${code.distribution}, with a certificate whose CA is in the listener's trust store; or ${viewers}.`,
    };
  },
});
