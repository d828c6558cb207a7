/** Listeners and their rules. */
import { oidc } from "../../../oidc";
import { token } from "../../../../topology/tokens";
import { forward } from "../scene";
import type { Case } from "./case";

const signIn = (change: object = {}) => ({
  type: "authenticate-oidc",
  authenticateOidc: { ...oidc, ...change },
});

const toHttps = {
  type: "redirect",
  redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
};

export const listeners: readonly Case[] = [
  {
    what: "a redirect to the listener itself, written out",
    type: token.listener,
    wrong: () => ({ port: 443, defaultActions: [toHttps] }),
    code: "InvalidLoadBalancerAction",
    says: /creates a loop/,
  },
  {
    what: "a redirect to the rule's listener",
    type: token.listenerRule,
    wrong: () => ({ actions: [toHttps] }),
    code: "InvalidLoadBalancerAction",
    says: /creates a loop/,
  },
  {
    what: "a rule without a condition",
    type: token.listenerRule,
    wrong: () => ({ conditions: [] }),
    code: "ValidationError",
    says: /A condition must be specified/,
  },
  {
    what: "HTTPS without a certificate",
    type: token.listener,
    wrong: () => ({ certificateArn: undefined }),
    code: "ValidationError",
    says: /certificate must be specified for HTTPS/,
  },
  {
    what: "HTTP with a certificate",
    type: token.listener,
    wrong: () => ({ protocol: "HTTP", sslPolicy: undefined }),
    code: "ValidationError",
    says: /cannot be specified for HTTP/,
  },
  {
    what: "an HTTP2 target group behind HTTP",
    type: token.listener,
    wrong: (s) => ({
      protocol: "HTTP",
      certificateArn: undefined,
      sslPolicy: undefined,
      defaultActions: [forward(s.ids.group2)],
    }),
    code: "InvalidLoadBalancerAction",
    says: /Listener protocol 'HTTP' is not supported with a target group with the protocol-version 'HTTP2'/,
  },
  {
    what: "a login before an HTTP2 target group",
    type: token.listener,
    wrong: (s) => ({
      defaultActions: [{ type: "authenticate-oidc", authenticateOidc: {} }, forward(s.ids.group2)],
    }),
    code: "InvalidLoadBalancerAction",
    says: /forward actions only/,
  },
  {
    what: "a login behind HTTP",
    type: token.listener,
    wrong: (s) => ({
      protocol: "HTTP",
      certificateArn: undefined,
      sslPolicy: undefined,
      defaultActions: [signIn(), forward(s.ids.group)],
    }),
    code: "InvalidLoadBalancerAction",
    says: /supported only with HTTPS listeners/,
  },
  {
    what: "a login that nothing follows",
    type: token.listener,
    wrong: (s) => ({
      defaultActions: [
        { ...forward(s.ids.group), order: 1 },
        { ...signIn(), order: 2 },
      ],
    }),
    code: "InvalidLoadBalancerAction",
    says: /last action/,
  },
  {
    what: "a login without its configuration",
    type: token.listenerRule,
    wrong: (s) => ({ actions: [{ type: "authenticate-cognito" }, forward(s.ids.group)] }),
    code: "InvalidLoadBalancerAction",
    says: /needs its configuration/,
  },
  {
    what: "a token endpoint in plain text",
    type: token.listenerRule,
    wrong: (s) => ({
      actions: [signIn({ tokenEndpoint: "http://id.example.com/token" }), forward(s.ids.group)],
    }),
    code: "InvalidLoadBalancerAction",
    says: /tokenEndpoint must be a full URL/,
  },
  {
    what: "a session of no time",
    type: token.listenerRule,
    wrong: (s) => ({
      actions: [
        { ...signIn({ sessionTimeout: 0 }), order: 1 },
        { ...forward(s.ids.group), order: 2 },
      ],
    }),
    code: "ValidationError",
  },
  {
    what: "an unknown outcome for callers who have not signed in",
    type: token.listenerRule,
    wrong: (s) => ({
      actions: [signIn({ onUnauthenticatedRequest: "redirect" }), forward(s.ids.group)],
    }),
    code: "ValidationError",
  },
  {
    what: "more than ten parameters of a login",
    type: token.listenerRule,
    wrong: (s) => ({
      actions: [
        signIn({
          authenticationRequestExtraParams: Object.fromEntries(
            Array.from({ length: 11 }, (_, i) => [`p${i}`, "x"]),
          ),
        }),
        forward(s.ids.group),
      ],
    }),
    code: "ValidationError",
  },
  {
    what: "an unknown TLS policy",
    type: token.listener,
    wrong: () => ({ sslPolicy: "ELBSecurityPolicy-TLS13" }),
    code: "SSLPolicyNotFound",
  },
  {
    what: "a taken port",
    type: token.listener,
    wrong: () => ({ port: 443 }),
    code: "DuplicateListener",
  },
  {
    what: "a target group of another VPC",
    type: token.listener,
    wrong: (s) => ({ defaultActions: [forward(s.ids.otherTargets)] }),
    code: "InvalidConfigurationRequest",
    says: /same VPC/,
  },
  {
    what: "a target group of another load balancer",
    type: token.listener,
    wrong: (s) => ({ loadBalancerArn: s.ids.inner, defaultActions: [forward(s.ids.group)] }),
    code: "TargetGroupAssociationLimit",
  },
  {
    what: "a certificate of another region",
    type: token.listener,
    wrong: (s) => ({ certificateArn: s.ids.edge }),
    code: "CertificateNotFound",
    says: /us-east-1/,
  },
  {
    what: "a certificate that is not issued",
    type: token.listener,
    wrong: (s) => ({ certificateArn: s.ids.pending }),
    code: "UnsupportedCertificate",
  },
  {
    what: "a redirect to itself",
    type: token.listener,
    wrong: () => ({ defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301" } }] }),
    code: "InvalidLoadBalancerAction",
    says: /loop/,
  },
  {
    what: "a redirect that changes the query only",
    type: token.listener,
    wrong: () => ({
      defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301", query: "a=b" } }],
    }),
    code: "InvalidLoadBalancerAction",
    says: /loop/,
  },
  {
    what: "a fixed response of 1025 characters",
    type: token.listener,
    wrong: () => {
      const fixedResponse = { contentType: "text/plain", statusCode: "200" };
      const messageBody = "x".repeat(1025);
      return {
        defaultActions: [
          { type: "fixed-response", fixedResponse: { ...fixedResponse, messageBody } },
        ],
      };
    },
    code: "ValidationError",
    says: /1024/,
  },
  {
    what: "a fixed response of 301",
    type: token.listener,
    wrong: () => ({
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "301" } },
      ],
    }),
    code: "ValidationError",
  },
  {
    what: "a forward to nowhere",
    type: token.listener,
    wrong: () => ({ defaultActions: [{ type: "forward" }] }),
    code: "InvalidLoadBalancerAction",
  },
  {
    what: "no action",
    type: token.listener,
    wrong: () => ({ defaultActions: undefined }),
    code: "MissingRequiredProperty",
  },
  {
    what: "a taken priority",
    type: token.listenerRule,
    wrong: () => ({ priority: 10 }),
    code: "PriorityInUse",
  },
  {
    what: "a priority of 50001",
    type: token.listenerRule,
    wrong: () => ({ priority: 50001 }),
    code: "ValidationError",
  },
  {
    what: "six header values",
    type: token.listenerRule,
    wrong: () => ({ "conditions[0].httpHeader.values": ["a", "b", "c", "d", "e", "f"] }),
    code: "TooManyConditionValues",
  },
  {
    what: "two conditions in one",
    type: token.listenerRule,
    wrong: () => ({ "conditions[0].hostHeader": { values: ["example.com"] } }),
    code: "ValidationError",
  },
  {
    what: "a header value of 129 characters",
    type: token.listenerRule,
    wrong: () => ({ "conditions[0].httpHeader.values": ["x".repeat(129)] }),
    code: "ValidationError",
    says: /^A header value has 1 to 128 characters\.$/,
  },
  {
    what: "a rule on HTTP to an HTTP2 target group",
    type: token.listenerRule,
    wrong: (s) => ({ listenerArn: s.ids.plain, actions: [forward(s.ids.group2)] }),
    code: "InvalidLoadBalancerAction",
  },
];
