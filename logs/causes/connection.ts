/**
 * Connections that a load balancer could not establish. A client that fails mutual TLS gets no HTTP
 * answer, so that the access log has no line of it: the connection log is the only record.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html#connection-error-reason-codes
 */
import { sources } from "../../path/sources";
import { own, type Cause } from "./cause";
import type { ConnectionFacts } from "./connectionFacts";
import { firstThatHolds } from "./condition";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/";
const reasons = `${guide}load-balancer-connection-logs.html#connection-error-reason-codes`;
const mutualTls = `${guide}mutual-authentication.html`;
const configuring = `${guide}configuring-mtls-with-elb.html`;

const is = (...oneOf: string[]) => ({ field: "reason", oneOf }) as const;

export const connectionCauses: readonly Cause<ConnectionFacts>[] = [
  {
    code: "tls-client-certificate-expired",
    severity: "warning",
    when: [is("ClientCertExpired")],
    title: "the client's certificate has expired",
    why: "The listener verifies client certificates (mutual TLS), and this one is past its NotAfter; the reasons under Details have subject and validity.",
    advice: own(
      "Give these clients new certificates. To let them in meanwhile, set ignoreClientCertificateExpiry in mutualAuthentication of the aws.lb.Listener.",
      configuring,
    ),
  },
  {
    code: "tls-client-certificate-not-yet-valid",
    severity: "warning",
    when: [is("ClientCertNotYetValid")],
    title: "the client's certificate is not valid yet",
    why: "The certificate's NotBefore is in the future: it was issued for later, or the issuer's clock is ahead.",
    advice: own("Compare NotBefore with the time of the connection; issue it again.", mutualTls),
  },
  {
    code: "tls-client-certificate-untrusted",
    severity: "warning",
    when: [is("ClientCertUntrusted")],
    title: "no trusted authority signed the client's certificate",
    why: "No chain leads from the client's certificate to one in the listener's trust store: its authority is not there, or the client does not send the intermediate certificates.",
    advice: own(
      "Let the client send its intermediate certificates, or put its authority into the bundle of the aws.lb.TrustStore (caCertificatesBundleS3Key; the bundle is replaced as a whole).",
      mutualTls,
    ),
  },
  {
    code: "tls-client-certificate-revoked",
    severity: "warning",
    when: [is("ClientCertCrlHit")],
    title: "the client's certificate is revoked",
    why: "It is in a revocation list of the trust store.",
    advice: own(
      "Nothing, if it should be revoked. Otherwise issue a new certificate, or look at the list of the aws.lb.TrustStoreRevocation.",
      configuring,
    ),
  },
  {
    code: "tls-revocation-list-unusable",
    severity: "error",
    when: [is("ClientCertCrlProcessingError")],
    title: "a revocation list could not be processed",
    why: "The load balancer could not process a revocation list of the trust store while it checked the client.",
    advice: own(
      "Replace the list of the aws.lb.TrustStoreRevocation by one that its authority signed anew.",
      configuring,
    ),
  },
  {
    code: "tls-client-certificate-too-large",
    severity: "warning",
    when: [is("ClientCertMaxChainDepthExceeded", "ClientCertMaxSizeExceeded")],
    title: "the client's certificate or its chain is too large",
    why: "The chain that the client sent is longer, or a certificate of it larger, than a load balancer takes.",
    advice: own(
      "Let the client send its certificate and the intermediates only, without the root.",
      `${guide}load-balancer-limits.html`,
    ),
  },
  {
    code: "tls-client-certificate-unsuitable",
    severity: "warning",
    when: [
      is(
        ...["ClientCertTypeUnsupported", "ClientCertInvalid", "ClientCertPurposeInvalid"],
        "ClientCertIncompatible",
      ),
    ],
    title: "the client's certificate cannot be used for this",
    why: "The certificate is malformed, of a kind or for a purpose that is not supported, or its key does not fit the listener's security policy; the reasons under Details say which.",
    advice: own(
      "Issue an X.509v3 certificate for client authentication, with an RSA key of 2048 to 8192 bits or an ECDSA key (P-256, P-384, P-521), and compare it with sslPolicy of the aws.lb.Listener.",
      mutualTls,
    ),
  },
  {
    code: "tls-client-certificate-rejected",
    severity: "warning",
    when: [is("ClientCertRejected")],
    title: "the client's certificate was rejected",
    why: "The load balancer's own validation rejected the certificate; AWS documents no more than that.",
    advice: own(
      "Compare it with a certificate that is accepted; ask AWS with the connection's trace id.",
      reasons,
    ),
  },
  {
    code: "tls-connection-failed",
    severity: "warning",
    when: [is("UnmappedConnectionError")],
    title: "the connection failed before a request",
    why: "AWS gives no reason (UnmappedConnectionError). A client that shares no TLS version or cipher with the listener, that does not trust its certificate, that has no certificate for mutual TLS, that speaks no TLS, or that closes early can leave such a line; scanners of the internet leave them all day.",
    advice: own(
      "Where real clients are among them, compare their TLS versions with sslPolicy of the aws.lb.Listener, and try: openssl s_client -connect HOST:443 -servername HOST.",
      sources.albTlsPolicies,
    ),
  },
  {
    code: "tls-failed-otherwise",
    severity: "warning",
    when: [],
    title: "the connection failed for another reason",
    why: "tls_verify_status has a reason that AWS did not document when this was written; the reasons under Details name it.",
    advice: own("Look the reason up on AWS's page.", reasons),
  },
];

/** Why a connection failed. */
export const connectionCauseOf = (reason: string): Cause<ConnectionFacts> | undefined =>
  firstThatHolds(connectionCauses, { reason });
