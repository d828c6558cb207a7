/** How long a certificate is valid, which name it must have, and whether it has it. */
import type { EdgeSpec } from "./types";

/**
 * Days of a public certificate that ACM issues: how long it is valid, and how long before its end
 * ACM renews it. Until February 2026 they were 395 and 60.
 * https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-renewal-validation.html
 */
export const acmCertificateDays = { valid: 198, renewedBefore: 45 } as const;

/**
 * True when the certificate's name covers the host, as in TLS: a wildcard matches exactly one
 * label, and only the first. The comparison ignores case.
 */
export function nameCovers(certificateName: string, host: string): boolean {
  const pattern = certificateName.toLowerCase();
  const name = host.toLowerCase();
  if (pattern === name) return true;
  const dot = name.indexOf(".");
  return pattern.startsWith("*.") && dot > 0 && pattern.slice(1) === name.slice(dot);
}

/** True when one of the certificate's names covers the host. */
export function certificateCovers(names: readonly string[], host: string): boolean {
  return names.some((name) => nameCovers(name, host));
}

/**
 * True for a name of AWS's own, of a load balancer or a distribution, and for the placeholder of
 * one that is not known yet: no certificate that CloudFront trusts can be had for it.
 */
export function isAwsOwnName(host: string): boolean {
  return /\.(elb\.amazonaws\.com(\.cn)?|cloudfront\.(net|cn))$|^\(/i.test(host);
}

/**
 * True when CloudFront accepts the origin's certificate by name: it must have the origin's domain
 * name or, where CloudFront forwards the Host header, the name that the viewer called. Unknown
 * names count as matching, unless all that CloudFront looks for are AWS's own.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
 */
export function edgeAcceptsCertificate(
  edge: EdgeSpec,
  certificateNames: readonly string[] | undefined,
): boolean {
  if (certificateNames === undefined) return !namesLookedFor(edge).every(isAwsOwnName);
  if (certificateCovers(certificateNames, edge.originName)) return true;
  return (
    edge.forwardsHost &&
    edge.viewerNames.length > 0 &&
    edge.viewerNames.every((name) => certificateCovers(certificateNames, name))
  );
}

/** The names that CloudFront looks for on the origin's certificate. */
export function namesLookedFor(edge: EdgeSpec): string[] {
  return [...new Set([edge.originName, ...(edge.forwardsHost ? edge.viewerNames : [])])];
}
