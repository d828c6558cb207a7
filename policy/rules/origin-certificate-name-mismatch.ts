import { sources } from "../../path/sources";
import { pathRule } from "../pathRule";

export const originCertificateNameMismatch = pathRule({
  name: "origin-certificate-name-mismatch",
  description: "The load balancer's certificate has a name that CloudFront's TLS check accepts.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Put the origin's domainName on the certificate, or give the origin a domainName that is on it.",
  source: sources.edgeOriginHttps,
  on: ["listener"],
  write: (names) =>
    `Set domainName of the origin of the aws.cloudfront.Distribution ${names.distribution} to a name on the certificate of the listener ${names.listener}, with a record that leads to the load balancer; or put that name on the aws.acm.Certificate.`,
});
