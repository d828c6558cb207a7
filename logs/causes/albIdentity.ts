/** Answers of the load balancer's own services: sign-in, tokens, the web ACL, its inner workings. */
import { sources } from "../../path/sources";
import type { AlbFacts } from "./albFacts";
import type { Cause } from "./cause";

const is = (status: number) => ({ field: "status", is: status }) as const;
const reason = (begins: string) => ({ field: "errorReason", begins }) as const;
const source = sources.albStatusCodes;
const authentication =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html";
const tokens =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html";

const webAclUnreachable = {
  code: "500-web-acl-unreachable",
  severity: "error",
  title: "the web ACL could not be asked",
  why: "AWS WAF gave no answer; error_reason says how.",
  change:
    "Wait where it is an outage. Set the load balancer's `enableWafFailOpen` where answering matters more than filtering.",
  source: sources.waf,
} as const;

export const identityCauses: readonly Cause<AlbFacts>[] = [
  {
    code: "401-token-refused",
    severity: "warning",
    when: [is(401), reason("JWT")],
    title: "a token was refused",
    why: "The rule validates a JWT, and the request's was missing, expired or signed by somebody else; error_reason says which.",
    change:
      "Compare the rule's issuer and claims (`jwtValidation` of the action) with the client's tokens.",
    source: tokens,
  },
  {
    code: "401-sign-in-refused",
    severity: "warning",
    when: [is(401)],
    title: "a sign-in failed",
    why: "The rule authenticates users, and this one was refused, took too long, or came without what a sign-in needs; error_reason says which.",
    change:
      "Compare `authenticateOidc` or `authenticateCognito` of the rule with the client registered at the provider.",
    source: authentication,
  },
  { ...webAclUnreachable, when: [is(500), reason("WAF")] },
  { ...webAclUnreachable, when: [is(500), { field: "actions", has: "waf-failed" }] },
  {
    code: "500-sign-in-endpoint",
    severity: "error",
    when: [is(500), reason("Auth")],
    title: "the identity provider could not be asked",
    why: "Its token or user-info endpoint was not reached within 5 seconds, or answered more than 11 KB of claims; error_reason says which.",
    change:
      "Let the load balancer's security group reach the provider over HTTPS (egress to port 443), and a private provider by DNS.",
    source: authentication,
  },
  {
    code: "500-token-keys",
    severity: "error",
    when: [is(500), reason("JW")],
    title: "the keys for tokens could not be read",
    why: "The JWKS endpoint was not reached within 5 seconds, or holds more than 150 KB or 10 keys; error_reason says which.",
    change:
      "Let the load balancer's security group reach the JWKS endpoint over HTTPS (egress to port 443).",
    source: tokens,
  },
  {
    code: "500-target-group-choice",
    severity: "error",
    when: [
      is(500),
      {
        field: "errorReason",
        oneOf: ["AWSALBTGCookieInvalid", "WeightedTargetGroupsUnhandledException"],
      },
    ],
    title: "the load balancer could not choose among weighted target groups",
    why: "The stickiness cookie of the target groups was damaged, or choosing among them failed.",
    change: "Delete the cookie AWSALBTG where a client changed it; otherwise ask AWS.",
    source,
  },
  {
    code: "500-load-balancer",
    severity: "error",
    when: [is(500)],
    title: "the load balancer failed",
    why: "The load balancer could not work the request; error_reason is in the examples.",
    change: "Ask AWS with the trace ids where it goes on.",
    source,
  },
  {
    code: "561-identity-provider",
    severity: "error",
    when: [is(561)],
    title: "the identity provider answered a sign-in with an error",
    why: "The provider refused the load balancer's request for a user; error_reason says which.",
    change:
      "Compare `clientId`, `clientSecret`, scope and endpoints of `authenticateOidc` with the provider.",
    source: authentication,
  },
  {
    code: "562-token-keys",
    severity: "error",
    when: [is(562)],
    title: "the request for token keys failed",
    why: "The JWKS endpoint answered with an error.",
    change: "Call the `jwksEndpoint` of the rule yourself; it must answer 200 with the keys.",
    source: tokens,
  },
];
