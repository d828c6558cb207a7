/** Known problems of existing certificates. Plain values to plain values. */
import type * as pulumi from "@pulumi/pulumi";
import { certificateCovers } from "../../path/certificates";
import { certificateRegion } from "../../path/cloudfront";
import { type Variant, variants } from "../../path/variants";
import type { DomainArgs } from "./domain";

/**
 * Problems of existing certificates' ARNs, if they are plain text, and of their names, if these
 * are given. Whether CloudFront accepts the load balancer's names is a finding of the path.
 *
 * @param region region of the stack, if it is known
 */
export function certificateProblems(
  variant: Variant,
  domain: DomainArgs | undefined,
  region: string | undefined,
): string[] {
  if (domain === undefined) return [];
  const edge = variants[variant].edge !== undefined;
  return [
    ...(edge ? edgeProblems(domain) : []),
    ...loadBalancerProblems(domain, region),
    ...nameProblems("domain.edgeCertificateNames", edge ? domain.edgeCertificateNames : [], domain),
    ...nameProblems(
      "domain.loadBalancerCertificateNames",
      edge ? [] : domain.loadBalancerCertificateNames,
      domain,
    ),
  ];
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html#https-requirements-aws-region */
function edgeProblems({ edgeCertificateArn: arn }: DomainArgs): string[] {
  if (typeof arn !== "string") return [];
  const home = acmRegion(arn);
  if (home === certificateRegion) return [];
  const what = home === undefined ? `"${arn}", which is no ACM certificate's ARN` : `in ${home}`;
  return [
    `domain.edgeCertificateArn is ${what}: CloudFront takes ACM certificates of ` +
      `${certificateRegion} only. Name one there, or leave it out to have one made.`,
  ];
}

/** A load balancer also takes certificates of IAM, which have no region. */
function loadBalancerProblems(
  { loadBalancerCertificateArn: arn }: DomainArgs,
  region: string | undefined,
): string[] {
  if (typeof arn !== "string" || iamCertificate.test(arn)) return [];
  const home = acmRegion(arn);
  if (home !== undefined && (region === undefined || home === region)) return [];
  return [
    home === undefined
      ? `domain.loadBalancerCertificateArn is "${arn}": expected the ARN of a certificate of ACM ` +
        "or IAM, or leave it out to have one made."
      : `domain.loadBalancerCertificateArn is in ${home}: a load balancer takes certificates of ` +
        `its own region, ${String(region)}. Name one there, or leave it out to have one made.`,
  ];
}

/** Undefined: the names are unknown. Empty: no name is required. */
function nameProblems(
  argument: string,
  names: readonly string[] | undefined,
  domain: DomainArgs,
): string[] {
  if (names === undefined || names.length === 0) return [];
  return [domain.name, ...(domain.aliases ?? [])]
    .filter((name) => !certificateCovers(names, name))
    .map(
      (name) =>
        `${argument} is ${names.join(", ")}: viewers call ${name}, which is not on that ` +
        "certificate, so that every browser refuses it. Give a certificate that names it.",
    );
}

const iamCertificate = /^arn:aws[a-z-]*:iam::\d{12}:server-certificate\/.+$/;

/** Region of an ACM certificate's ARN; undefined if the text is not such an ARN. */
function acmRegion(arn: pulumi.Unwrap<string>): string | undefined {
  return /^arn:aws[a-z-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[\w-]+$/.exec(arn)?.[1];
}
