import { certificateRegion } from "../../path/cloudfront";
import { block, text } from "../../topology/props";
import { stackRule } from "../rule";
import type { Stack } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { NotKnown, Unknown } from "../../topology/stack/unknown";

export const edgeCertificateRegion = stackRule({
  name: "edge-certificate-region",
  description: "CloudFront's certificate is in us-east-1.",
  severity: "critical",
  level: "mandatory",
  remediation: `Make the aws.acm.Certificate with region: "${certificateRegion}" (and its aws.acm.CertificateValidation too).`,
  source:
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
  subjects: (stack) => stack.of(token.distribution),
  check: ({ urn, name, props }, stack) => {
    const arn = text(block(props, "viewerCertificate") ?? {}, "acmCertificateArn") ?? "";
    if (arn === "") return [];
    const region = regionOf(arn, stack);
    if (region === certificateRegion) return [];
    const message = `The certificate of the distribution ${name} is in ${region}: CloudFront takes certificates of ${certificateRegion} only, and refuses it.`;
    return [{ urn: stack.find(token.certificate, arn)?.urn ?? urn, message }];
  },
});

function regionOf(arn: string, stack: Stack): string {
  const real = /^arn:[^:]+:acm:([^:]+):/.exec(arn)?.[1];
  const certificate = stack.find(token.certificate, arn);
  const region = real ?? certificate?.region;
  if (region !== undefined) return region;
  throw new NotKnown(new Unknown(certificate?.urn ?? "", ["region"]));
}
