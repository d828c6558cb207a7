/** The meaning of `viewers.minimumTls` wherever a viewer's TLS is terminated. */

/** The oldest TLS version that viewers may use. */
export type MinimumTls = "1.2" | "1.3";

/**
 * Security policies of the load balancer's HTTPS listener. Both have post-quantum key exchange and
 * are on Security Hub's list of recommended policies (ELB.17). Always set one: the API's own
 * default is from 2016.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const loadBalancerTlsPolicies: Readonly<Record<MinimumTls, string>> = {
  "1.2": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "1.3": "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
};

/**
 * Minimum protocol versions of a distribution with a custom certificate. With the default
 * *.cloudfront.net certificate it is always {@link defaultCertificateTlsPolicy}.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 */
export const edgeTlsPolicies: Readonly<Record<MinimumTls, string>> = {
  "1.2": "TLSv1.2_2021",
  "1.3": "TLSv1.3_2025",
};

/** CloudFront's policy for distributions with the *.cloudfront.net certificate. */
export const defaultCertificateTlsPolicy = "TLSv1";

/**
 * TLS versions that CloudFront may use towards an origin. The API has no member for 1.3, which is
 * used where the origin offers it.
 */
export const originTlsProtocols: readonly string[] = ["TLSv1.2"];
