import { edgeAcceptsCertificate, isAwsOwnName, namesLookedFor } from "../../path/certificates";
import { edgeSpeaksTls } from "../../path/edgeToOrigin";
import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const originCertificateNameMismatch = pathRule({
  code: "origin-certificate-name-mismatch",
  severity: "error",
  holds: "The load balancer's certificate has a name that CloudFront's TLS check accepts.",
  fix: "Put the origin's domainName on the certificate, or give the origin a domainName that is on it.",
  source: sources.edgeOriginHttps,
  on: ["listener"],
  check: ({ edge, listener }, { the, code }) => {
    // First: of an origin without customOriginConfig the policy follows from it.
    if (listener.protocol !== "HTTPS") return undefined;
    if (edge === undefined || !edgeSpeaksTls(edge, edge.viewerTls !== false)) return undefined;
    const { certificateNames: names } = listener;
    if (names?.length === 0 || edgeAcceptsCertificate(edge, names)) return undefined;
    const own = isAwsOwnName(edge.originName);
    const has = names
      ? `which has ${names.join(", ")}`
      : "which cannot have a name that is AWS's own";
    // A name of AWS's own is not known before the load balancer exists.
    const looked = namesLookedFor(edge).map((name) =>
      own && name === edge.originName ? `the DNS name of ${the.loadBalancer}` : name,
    );
    return {
      message: `CloudFront looks for ${looked.join(" or ")} on ${the.certificate}, ${has}: every request gets 502.`,
      fix: `Set domainName of the origin of ${code.distribution} to a name on the certificate of ${the.listener}, with a record that leads to ${the.loadBalancer}${own ? "" : `; or put ${edge.originName} on ${code.certificate}`}.`,
      settings:
        "Give a certificate that has domain.name (domain.loadBalancerCertificateArn), or leave it out, so that one is made.",
    };
  },
});
