import { certificateRegion } from "../../path/cloudfront";
import { block, text } from "../../topology/props";
import { certificateRegionOf } from "../../topology/stack/certificates";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

/** Until @pulumi/aws 6 a resource has no region of its own. */
const there = `with region: "${certificateRegion}" (before @pulumi/aws 7: with an aws.Provider of that region)`;

export const edgeCertificateRegion = stackRule({
  code: "edge-certificate-region",
  severity: "error",
  holds: `CloudFront's certificate is in ${certificateRegion}.`,
  fix: `Make the aws.acm.Certificate, and its aws.acm.CertificateValidation, ${there}.`,
  source:
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
  refusedAs: { code: "InvalidViewerCertificate", message: /isn't in us-east-1 .* It is in/ },
  subjects: (stack) => stack.of(token.distribution),
  check: ({ urn, name, props }, stack) => {
    const arn = text(block(props, "viewerCertificate") ?? {}, "acmCertificateArn") ?? "";
    if (arn === "") return undefined;
    const region = certificateRegionOf(arn, stack);
    if (region === certificateRegion) return undefined;
    const certificate = stack.find(token.certificate, arn);
    return {
      urn: certificate?.urn ?? urn,
      message: `The certificate of the distribution ${name} is in ${region}: CloudFront takes certificates of ${certificateRegion} only, and refuses it.`,
      fix: certificate
        ? `Make the aws.acm.Certificate ${certificate.name}, and its aws.acm.CertificateValidation, ${there}.`
        : `Set viewerCertificate.acmCertificateArn of the aws.cloudfront.Distribution ${name} to a certificate in ${certificateRegion}.`,
      settings: `Set domain.edgeCertificateArn to a certificate in ${certificateRegion}, or leave it out to have one made.`,
    };
  },
});
