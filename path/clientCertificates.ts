/**
 * Facts about client certificates (mutual TLS) of viewers.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/mtls-authentication.html
 */
import type { PathRequest } from "./types";

/**
 * What is asked of clients. `required`: a certificate that is trusted. `optional`: if they show one,
 * it has to be trusted; load balancers do not have this. `passthrough`: nothing is verified, and the
 * tasks get what was shown.
 */
export type ClientCertificateMode = "required" | "optional" | "passthrough";

/** True for a request whose sender shows a trusted certificate where one is asked for. */
export function showsCertificate({
  clientCertificate,
  meant,
}: Pick<PathRequest, "clientCertificate" | "meant">): boolean {
  return clientCertificate ?? meant ?? false;
}

/**
 * The headers in which CloudFront says which certificate a viewer showed. They reach an origin where the
 * origin request policy names them; no managed policy does.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewer-mtls-headers.html
 */
export const edgeCertificateHeaders: readonly string[] = [
  "CloudFront-Viewer-Cert-Present",
  "CloudFront-Viewer-Cert-Serial-Number",
  "CloudFront-Viewer-Cert-Issuer",
  "CloudFront-Viewer-Cert-Subject",
  "CloudFront-Viewer-Cert-Sha256",
  "CloudFront-Viewer-Cert-Validity",
  "CloudFront-Viewer-Cert-Pem",
];

/**
 * Quotas, the same for trust stores of load balancers and of CloudFront unless AWS raises them.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const trustLimits = {
  certificates: 25,
  certificateBytes: 16 * 1024,
  /** Of a load balancer; AWS does not raise it. */
  verifyingListeners: 2,
  /** Of a load balancer's trust store. */
  revocationLists: 30,
} as const;

/** A certificate in a PEM file. */
const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Each certificate of a PEM file. */
export function pemCertificates(text: string): string[] {
  return text.match(pemBlock) ?? [];
}

/** What AWS does not take of the form of a bundle of CA certificates; undefined where it is right. */
export function bundleFault(text: string): string | undefined {
  const certificates = pemCertificates(text);
  if (certificates.length === 0) return "it has no PEM certificate";
  if (certificates.length > trustLimits.certificates)
    return `it has ${certificates.length} certificates, and a trust store takes ${trustLimits.certificates}`;
  if (certificates.some((one) => one.length > trustLimits.certificateBytes))
    return "a certificate in it has more than 16 KB";
  const between = text.replace(pemBlock, "").split(/\r?\n/);
  const comment = between.filter((line) => line.trim() !== "");
  if (comment.some((line) => !line.startsWith("#") || line.includes("-")))
    return "between its certificates are only comments allowed: lines that begin with # and have no hyphen";
  return /\n[ \t]*\r?\n/.test(text.trim()) ? "it has blank lines" : undefined;
}

/** What AWS does not take of the form of a revocation list; undefined where it is right. */
export function revocationListFault(text: string): string | undefined {
  const lists = text.match(/-----BEGIN X509 CRL-----[\s\S]*?-----END X509 CRL-----/g) ?? [];
  if (lists.length === 1) return undefined;
  return lists.length === 0
    ? "it has no PEM revocation list (BEGIN X509 CRL)"
    : `it has ${lists.length} revocation lists, and AWS takes a file for each`;
}
