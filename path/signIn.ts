/**
 * Facts about sign-in at a load balancer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */

/** Where identity providers send users back to: the load balancer answers it, not the tasks. */
export const callbackPath = "/oauth2/idpresponse";

/**
 * AWS's own defaults.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 */
export const signInDefaults = {
  scope: "openid",
  cookieName: "AWSELBAuthSessionCookie",
  /** Seven days. */
  sessionSeconds: 604_800,
  onUnauthenticated: "authenticate",
} as const;

/** Seconds within which a user has to finish; later ones get 401. */
export const loginSeconds = 15 * 60;

/** Seconds that the identity provider's endpoints may take; then the load balancer answers 500. */
export const endpointSeconds = 5;

/** The claims and the access token together; more of them is answered with 500. */
export const maxClaimsBytes = 11 * 1024;

/** True for a full URL with HTTPS, as AWS asks for each endpoint of an identity provider. */
export const isHttpsUrl = (url: string): boolean => url.startsWith("https://") && URL.canParse(url);
