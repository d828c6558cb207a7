/**
 * The headers in which CloudFront says which certificate a viewer showed. Pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewer-mtls-headers.html
 */
import type { X509Certificate } from "node:crypto";
import type { ClientCertificateMode } from "../../../path/clientCertificates";
import type { Header } from "../http/headers";
import { distinguishedName, validity } from "../loadBalancer/clientCertificate";

/** True for such a header, which viewers cannot send where they are asked for a certificate. */
export const saysCertificate = (name: string): boolean =>
  name.toLowerCase().startsWith("cloudfront-viewer-cert-");

/** The headers about a viewer that was asked for a certificate. */
export function certificateHeaders(
  mode: ClientCertificateMode,
  certificate: X509Certificate | undefined,
): Header[] {
  if (certificate === undefined) return [["CloudFront-Viewer-Cert-Present", "0"]];
  const { serialNumber, issuer, subject, fingerprint256 } = certificate;
  return [
    ["CloudFront-Viewer-Cert-Present", "1"],
    ["CloudFront-Viewer-Cert-Serial-Number", octets(serialNumber).join(":").toLowerCase()],
    ["CloudFront-Viewer-Cert-Issuer", distinguishedName(issuer)],
    ["CloudFront-Viewer-Cert-Subject", distinguishedName(subject)],
    ["CloudFront-Viewer-Cert-Sha256", fingerprint256.replaceAll(":", "").toLowerCase()],
    ["CloudFront-Viewer-Cert-Validity", validity(certificate)],
    ...(mode === "passthrough"
      ? []
      : [["CloudFront-Viewer-Cert-Pem", encodeURIComponent(certificate.toString())] as const]),
  ];
}

const octets = (hex: string): string[] => hex.match(/../g) ?? [];

/** Those that a cache key can have: AWS sends the others to origins only. */
export const inCacheKeys = (name: string): boolean => !/-(?:validity|pem)$/i.test(name);
