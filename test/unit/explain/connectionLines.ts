/** Lines of connection logs with known causes. */

/** @param status the TLS handshake's result, e.g. `Failed:ClientCertExpired` */
export const line = (status: string, more = ""): string =>
  `2026-11-20T10:15:30.123456Z 198.51.100.7 41234 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 - "CN=till-7,O=Example" NotBefore=2025-11-19T00:00:00Z;NotAfter=2026-11-19T00:00:00Z FEF257 ${status} TID_1c71a68d${more}`;

/** Every reason of AWS's page. */
export const reasons: readonly (readonly [reason: string, code: string])[] = [
  ["ClientCertMaxChainDepthExceeded", "tls-client-certificate-too-large"],
  ["ClientCertMaxSizeExceeded", "tls-client-certificate-too-large"],
  ["ClientCertCrlHit", "tls-client-certificate-revoked"],
  ["ClientCertCrlProcessingError", "tls-revocation-list-unusable"],
  ["ClientCertUntrusted", "tls-client-certificate-untrusted"],
  ["ClientCertNotYetValid", "tls-client-certificate-not-yet-valid"],
  ["ClientCertExpired", "tls-client-certificate-expired"],
  ["ClientCertTypeUnsupported", "tls-client-certificate-unsuitable"],
  ["ClientCertInvalid", "tls-client-certificate-unsuitable"],
  ["ClientCertPurposeInvalid", "tls-client-certificate-unsuitable"],
  ["ClientCertIncompatible", "tls-client-certificate-unsuitable"],
  ["ClientCertRejected", "tls-client-certificate-rejected"],
  ["UnmappedConnectionError", "tls-connection-failed"],
  ["SomethingNew", "tls-failed-otherwise"],
];
