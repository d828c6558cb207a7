/** Client certificates: what a port asks for in the TLS handshake, and which clients it accepts. */
import { X509Certificate } from "node:crypto";
import type tls from "node:tls";
import { type ClientCertificateMode, pemCertificates } from "../../../path/clientCertificates";

/** What a port asks clients for. */
export interface ClientCheck {
  readonly mode: ClientCertificateMode;
  /** True: expired certificates are accepted. */
  readonly ignoreExpiry: boolean;
  /** Certificates of the CAs that are trusted, PEM. */
  readonly trusted: readonly string[];
  /** What the trust store's revocation lists revoke. */
  readonly revoked: readonly Revoked[];
}

/** Certificates that their CA revoked. */
export interface Revoked {
  readonly authority: X509Certificate;
  /** As {@link plainSerial} writes them. */
  readonly serials: ReadonlySet<string>;
}

/** A serial number without the zeros that some tools begin it with. */
export const plainSerial = (hex: string): string => hex.toUpperCase().replace(/^0+(?=.)/, "");

/** A client's certificate, followed by those that it sent with it. */
export type ClientChain = readonly X509Certificate[];

/** What a client showed; undefined where it showed nothing. */
export function clientChain(socket: tls.TLSSocket): ClientChain | undefined {
  // Absent on a connection that ended in the handshake.
  const leaf = (
    socket.getPeerX509Certificate as (() => X509Certificate | undefined) | undefined
  )?.call(socket);
  if (leaf === undefined) return undefined;
  const chain = [leaf];
  for (let next = leaf.issuerCertificate; next !== undefined; next = next.issuerCertificate) {
    const { fingerprint256 } = next;
    if (chain.some((one) => one.fingerprint256 === fingerprint256)) break;
    chain.push(next);
  }
  return chain;
}

/** AWS's reasons, by OpenSSL's code. All other certificates are not trusted. */
const reasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "ClientCertExpired",
  CERT_NOT_YET_VALID: "ClientCertNotYetValid",
  INVALID_PURPOSE: "ClientCertPurposeInvalid",
};

const noCertificate = "UnmappedConnectionError";
const crlHit = "ClientCertCrlHit";

/** The same for people; undefined for handshakes that failed for another reason. */
export function turnedAwayText(reason: string | undefined): string | undefined {
  const texts: Readonly<Record<string, string>> = {
    [noCertificate]: "it shows no client certificate",
    ClientCertUntrusted: "no trusted CA signed its client certificate",
    ClientCertExpired: "its client certificate has expired",
    ClientCertNotYetValid: "its client certificate is not valid yet",
    ClientCertPurposeInvalid: "its certificate is not one for clients",
    [crlHit]: "its client certificate is revoked",
  };
  return reason === undefined ? undefined : texts[reason];
}

/**
 * Why a client is turned away, as connection logs say it; undefined where it is let in.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html#connection-error-reason-codes
 */
export function turnedAway(check: ClientCheck, socket: tls.TLSSocket): string | undefined {
  if (check.mode === "passthrough") return undefined;
  const [leaf] = clientChain(socket) ?? [];
  // AWS documents no reason for a client without a certificate; this is its generic one.
  if (leaf === undefined) return check.mode === "required" ? noCertificate : undefined;
  if (socket.authorized) return isRevoked(socket, check) ? crlHit : undefined;
  const code = String(socket.authorizationError);
  if (code !== "CERT_HAS_EXPIRED") return reasons[code] ?? "ClientCertUntrusted";
  // OpenSSL says the last thing that it found: expiry may hide that nobody trusted signed it.
  if (!isSigned(socket, check)) return "ClientCertUntrusted";
  if (!check.ignoreExpiry) return reasons[code];
  return isRevoked(socket, check) ? crlHit : undefined;
}

/** Not left to OpenSSL, which asks for a list of every CA then, and for one that is up to date. */
function isRevoked(socket: tls.TLSSocket, { revoked }: ClientCheck): boolean {
  return (clientChain(socket) ?? []).some((one) =>
    revoked.some(
      ({ authority, serials }) =>
        serials.has(plainSerial(one.serialNumber)) && signs(authority, one),
    ),
  );
}

const signs = (issuer: X509Certificate, one: X509Certificate): boolean =>
  one.checkIssued(issuer) && one.verify(issuer.publicKey);

/** True where a trusted CA signed one certificate of the chain, and each of them the one before. */
function isSigned(socket: tls.TLSSocket, { trusted }: ClientCheck): boolean {
  const chain = clientChain(socket) ?? [];
  const authorities = trusted.flatMap((one) => certificatesIn(one));
  for (const [i, one] of chain.entries()) {
    if (authorities.some((authority) => signs(authority, one))) return true;
    const next = chain[i + 1];
    if (next === undefined || !next.ca || !signs(next, one)) return false;
  }
  return false;
}

const certificatesIn = (pem: string): X509Certificate[] =>
  pemCertificates(pem).map((one) => new X509Certificate(one));
