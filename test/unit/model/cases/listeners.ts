/** Listeners and their rules. */
import * as t from "../../../../local/model/tokens";
import { forward } from "../scene";
import type { Case } from "./case";

export const listeners: readonly Case[] = [
  {
    what: "HTTPS without a certificate",
    type: t.LISTENER,
    wrong: () => ({ certificateArn: undefined }),
    code: "ValidationError",
    says: /certificate must be specified for HTTPS/,
  },
  {
    what: "HTTP with a certificate",
    type: t.LISTENER,
    wrong: () => ({ protocol: "HTTP", sslPolicy: undefined }),
    code: "ValidationError",
    says: /cannot be specified for HTTP/,
  },
  {
    what: "an HTTP2 target group behind HTTP",
    type: t.LISTENER,
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
    type: t.LISTENER,
    wrong: (s) => ({
      defaultActions: [{ type: "authenticate-oidc", authenticateOidc: {} }, forward(s.ids.group2)],
    }),
    code: "InvalidLoadBalancerAction",
    says: /forward actions only/,
  },
  {
    what: "an unknown TLS policy",
    type: t.LISTENER,
    wrong: () => ({ sslPolicy: "ELBSecurityPolicy-TLS13" }),
    code: "SSLPolicyNotFound",
  },
  {
    what: "a taken port",
    type: t.LISTENER,
    wrong: () => ({ port: 443 }),
    code: "DuplicateListener",
  },
  {
    what: "a target group of another VPC",
    type: t.LISTENER,
    wrong: (s) => ({ defaultActions: [forward(s.ids.otherTargets)] }),
    code: "InvalidConfigurationRequest",
    says: /same VPC/,
  },
  {
    what: "a target group of another load balancer",
    type: t.LISTENER,
    wrong: (s) => ({ loadBalancerArn: s.ids.inner, defaultActions: [forward(s.ids.group)] }),
    code: "TargetGroupAssociationLimit",
  },
  {
    what: "a certificate of another region",
    type: t.LISTENER,
    wrong: (s) => ({ certificateArn: s.ids.edge }),
    code: "CertificateNotFound",
    says: /us-east-1/,
  },
  {
    what: "a certificate that is not issued",
    type: t.LISTENER,
    wrong: (s) => ({ certificateArn: s.ids.pending }),
    code: "UnsupportedCertificate",
  },
  {
    what: "a redirect to itself",
    type: t.LISTENER,
    wrong: () => ({ defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301" } }] }),
    code: "InvalidLoadBalancerAction",
    says: /loop/,
  },
  {
    what: "a fixed response of 301",
    type: t.LISTENER,
    wrong: () => ({
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "301" } },
      ],
    }),
    code: "ValidationError",
  },
  {
    what: "a forward to nowhere",
    type: t.LISTENER,
    wrong: () => ({ defaultActions: [{ type: "forward" }] }),
    code: "InvalidLoadBalancerAction",
  },
  {
    what: "no action",
    type: t.LISTENER,
    wrong: () => ({ defaultActions: undefined }),
    code: "MissingRequiredProperty",
  },
  {
    what: "a taken priority",
    type: t.LISTENER_RULE,
    wrong: () => ({ priority: 10 }),
    code: "PriorityInUse",
  },
  {
    what: "a priority of 50001",
    type: t.LISTENER_RULE,
    wrong: () => ({ priority: 50001 }),
    code: "ValidationError",
  },
  {
    what: "six header values",
    type: t.LISTENER_RULE,
    wrong: () => ({ "conditions[0].httpHeader.values": ["a", "b", "c", "d", "e", "f"] }),
    code: "TooManyConditionValues",
  },
  {
    what: "two conditions in one",
    type: t.LISTENER_RULE,
    wrong: () => ({ "conditions[0].hostHeader": { values: ["example.com"] } }),
    code: "ValidationError",
  },
  {
    what: "a header value of 129 characters",
    type: t.LISTENER_RULE,
    wrong: () => ({ "conditions[0].httpHeader.values": ["x".repeat(129)] }),
    code: "ValidationError",
    says: /^A header value has 1 to 128 characters\.$/,
  },
  {
    what: "a rule on HTTP to an HTTP2 target group",
    type: t.LISTENER_RULE,
    wrong: (s) => ({ listenerArn: s.ids.plain, actions: [forward(s.ids.group2)] }),
    code: "InvalidLoadBalancerAction",
  },
];
