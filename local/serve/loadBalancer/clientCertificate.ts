/**
 * The headers in which targets get what a client showed.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html#mtls-http-headers
 */
import type { X509Certificate } from "node:crypto";
import type { ListenerCertificateCheck } from "../../../topology/types";
import { type Header, without } from "../http/headers";
import type { ClientChain } from "../http/clientCheck";

/** A request's headers with these in place of what the client claims. */
export function withCertificate(
  headers: readonly Header[],
  check: ListenerCertificateCheck | undefined,
  chain: ClientChain | undefined,
): readonly Header[] {
  if (check === undefined) return headers;
  const { mode, headerNames } = check;
  const others = without(headers, ...Object.values(headerNames).map((name) => name.toLowerCase()));
  const [leaf] = chain ?? [];
  if (leaf === undefined) return others;
  if (mode === "passthrough")
    return [...others, [headerNames[""], (chain ?? []).map(encodedPem).join("")]];
  return [
    ...others,
    [headerNames.SerialNumber, leaf.serialNumber],
    [headerNames.Issuer, distinguishedName(leaf.issuer)],
    [headerNames.Subject, distinguishedName(leaf.subject)],
    [headerNames.Validity, validity(leaf)],
    [headerNames.Leaf, encodedPem(leaf)],
  ];
}

/** Node has a line for each part, the last of RFC 2253 first. */
export const distinguishedName = (lines: string): string => lines.split("\n").reverse().join(",");

/** `NotBefore=2023-09-21T01:50:17Z;NotAfter=2024-09-20T01:50:17Z` */
export function validity({ validFrom, validTo }: X509Certificate): string {
  const time = (text: string): string => `${new Date(text).toISOString().slice(0, 19)}Z`;
  return `NotBefore=${time(validFrom)};NotAfter=${time(validTo)}`;
}

/** "URL-encoded PEM format … with +=/ as safe characters" */
function encodedPem(certificate: X509Certificate): string {
  return encodeURIComponent(certificate.toString()).replace(/%2B|%3D|%2F/g, decodeURIComponent);
}
