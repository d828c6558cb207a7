/** Answers of the load balancer's own features: the web ACL, sign-in, tokens, and internal errors. */
import { sources } from "../../path/sources";
import type { AlbFacts } from "./albFacts";
import { own, type Cause } from "./cause";

const is = (status: number) => ({ field: "status", is: status }) as const;
const reason = (begins: string) => ({ field: "errorReason", begins }) as const;
const ends = (end: string) => ({ field: "errorReason", ends: end }) as const;
const source = sources.albStatusCodes;
const authentication =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html";
const tokens =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html";
const captcha =
  "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html";
const customResponse =
  "https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-for-blocked-requests.html";

/** `waf` as the last action: the web ACL decided, whatever the status. */
const webAcl = { field: "actions", ends: "waf" } as const;

const logOfWebAcl =
  "Look for these requests in the web ACL's log, or in its sampled requests, to see which rule matched. To let them pass while you look, set the rule's action to count.";

/** Answers of the web ACL: its action explains the status; other meanings of the status do not apply. */
export const webAclCauses: readonly Cause<AlbFacts>[] = [
  {
    code: "403-web-acl",
    severity: "warning",
    when: [is(403), webAcl],
    title: "the web ACL blocked it",
    why: "A rule of the AWS WAF web ACL on this load balancer decided to block.",
    advice: own(logOfWebAcl, sources.waf),
  },
  {
    code: "405-web-acl-captcha",
    severity: "warning",
    when: [is(405), webAcl],
    title: "the web ACL asked for a CAPTCHA",
    why: "A rule of the AWS WAF web ACL has the action CAPTCHA, and the request brought no valid token: the answer is 405 with the puzzle.",
    advice: own(
      "Where these callers are no browsers (an API, a probe), leave their paths out of the rule with the CAPTCHA.",
      captcha,
    ),
  },
  {
    code: "web-acl-custom-response",
    severity: "warning",
    when: [webAcl],
    title: "the web ACL answered with a status of its custom response",
    why: "actions_executed ends in `waf`: the AWS WAF web ACL blocked the request, and the rule answers with this status instead of 403.",
    advice: own(logOfWebAcl, customResponse),
  },
];

const webAclUnreachable = {
  code: "500-web-acl-unreachable",
  severity: "error",
  title: "the web ACL could not be asked",
  why: "AWS WAF gave no answer; error_reason says how.",
  advice: own(
    "During an outage of AWS WAF only waiting helps. Set enableWafFailOpen of the aws.lb.LoadBalancer where answering matters more than filtering.",
    sources.waf,
  ),
} as const;

export const identityCauses: readonly Cause<AlbFacts>[] = [
  {
    code: "401-token-refused",
    severity: "warning",
    when: [is(401), reason("JWT")],
    title: "a token was refused",
    why: "The rule validates a JWT, and the request's was missing, expired, signed by another issuer, or lacks a claim; error_reason says which.",
    advice: own(
      "Compare issuer and claims of the rule's jwtValidation action with the client's tokens.",
      tokens,
    ),
  },
  {
    code: "401-sign-in-refused",
    severity: "warning",
    when: [is(401)],
    title: "a sign-in failed",
    why: "The rule authenticates users, and this one was refused, took too long, or came without what a sign-in needs; error_reason says which.",
    advice: own(
      "Compare authenticateOidc or authenticateCognito of the rule with the client registered at the provider.",
      authentication,
    ),
  },
  { ...webAclUnreachable, when: [is(500), reason("WAF")] },
  { ...webAclUnreachable, when: [is(500), { field: "actions", has: "waf-failed" }] },
  {
    code: "500-sign-in-endpoint-refused",
    severity: "error",
    when: [is(500), reason("Auth"), ends("RequestFailed")],
    title: "the identity provider's endpoint answered with an error",
    why: "The token or user-info endpoint was reached, and its answer was not 2xx.",
    advice: own(
      "Compare clientId, clientSecret and the endpoints of the rule's authenticateOidc with the client at the provider; the provider's log says what it refused.",
      authentication,
    ),
  },
  {
    code: "500-sign-in-claims-too-large",
    severity: "error",
    when: [is(500), reason("Auth"), ends("SizeExceeded")],
    title: "the identity provider returned too many claims",
    why: "The user-info endpoint returned more than 11 KB of claims.",
    advice: own(
      "Ask for fewer scopes in the rule's authenticateOidc, or let the provider return fewer claims (groups, most often).",
      authentication,
    ),
  },
  {
    code: "500-sign-in-endpoint",
    severity: "error",
    when: [is(500), reason("Auth"), ends("Timeout")],
    title: "the identity provider could not be reached",
    why: "Its token or user-info endpoint was not reached, or did not answer, within 5 seconds.",
    advice: own(
      "Let the load balancer's security group reach the provider over HTTPS (egress to port 443), and resolve a private provider in the VPC's DNS.",
      authentication,
    ),
  },
  {
    code: "500-sign-in",
    severity: "error",
    when: [is(500), reason("Auth")],
    title: "a sign-in could not be completed",
    why: "The load balancer could not complete the authenticate action; error_reason says why.",
    advice: own(
      "Compare the rule's authenticateOidc or authenticateCognito with the provider's settings; if it continues, ask AWS with the trace ids.",
      authentication,
    ),
  },
  {
    code: "500-token-keys",
    severity: "error",
    when: [is(500), reason("JW")],
    title: "the keys for tokens could not be read",
    why: "The JWKS endpoint was not reached within 5 seconds, or holds more than 150 KB or 10 keys; error_reason says which.",
    advice: own(
      "Let the load balancer's security group reach the JWKS endpoint over HTTPS (egress to port 443).",
      tokens,
    ),
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
    why: "The stickiness cookie of the target groups (AWSALBTG) is not valid, or choosing among them failed.",
    advice: own(
      "Let clients send the cookie AWSALBTG back as they got it, not URL-encoded; otherwise ask AWS.",
      source,
    ),
  },
  {
    code: "500-load-balancer",
    severity: "error",
    when: [is(500)],
    title: "the load balancer failed",
    why: "The load balancer could not process the request; error_reason is in the examples.",
    advice: own("If it continues, ask AWS with the trace ids.", source),
  },
  {
    code: "561-identity-provider",
    severity: "error",
    when: [is(561)],
    title: "the identity provider answered a sign-in with an error",
    why: "The provider refused the load balancer's request for a user; error_reason says which.",
    advice: own(
      "Compare clientId, clientSecret, scope and endpoints of authenticateOidc with the provider.",
      authentication,
    ),
  },
  {
    code: "562-token-keys-timeout",
    severity: "error",
    when: [is(562), ends("Timeout")],
    title: "the request for token keys timed out",
    why: "The JWKS endpoint was not reached, or did not answer in time.",
    advice: own(
      "Let the load balancer's security group reach the JWKS endpoint over HTTPS (egress to port 443).",
      tokens,
    ),
  },
  {
    code: "562-token-keys",
    severity: "error",
    when: [is(562)],
    title: "the request for token keys failed",
    why: "The JWKS endpoint answered with an error.",
    advice: own(
      "Call the jwksEndpoint of the rule yourself; it must answer 200 with the keys.",
      tokens,
    ),
  },
];
