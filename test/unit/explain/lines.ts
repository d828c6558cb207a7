/** Log lines with known causes: what a load balancer writes, field by field, and what is true of it. */
import type { AlbField } from "../../../logs/alb/columns";
import { albFields } from "../../../logs/alb/columns";

/** Fields of a line; the others have a value that fits an answered request. */
export type Fields = Readonly<Partial<Record<AlbField, string>>>;

/** AWS writes these in quotes. */
const quoted = new Set<AlbField>([
  ...(["request", "user_agent", "trace_id", "domain_name", "chosen_cert_arn"] as const),
  ...(["actions_executed", "redirect_url", "error_reason", "target:port_list"] as const),
  ...(["target_status_code_list", "classification", "classification_reason"] as const),
  ...(["transformed_host", "transformed_uri", "request_transform_status"] as const),
  ...(["target_error_code", "elb_error_code"] as const),
]);

export const groupArn = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/73e2d6bc24d8a067`;

const answered: Required<Fields> = {
  type: "https",
  time: "2026-11-20T10:15:30.123456Z",
  elb: "app/web/50dc6c495c0c9188",
  "client:port": "198.51.100.23:41234",
  "target:port": "10.0.1.17:8080",
  request_processing_time: "0.001",
  target_processing_time: "0.012",
  response_processing_time: "0.000",
  elb_status_code: "200",
  target_status_code: "200",
  received_bytes: "312",
  sent_bytes: "1843",
  request: "GET https://app.example.com:443/orders/17?page=2 HTTP/1.1",
  user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
  ssl_cipher: "TLS_AES_128_GCM_SHA256",
  ssl_protocol: "TLSv1.3",
  target_group_arn: groupArn("web-h1"),
  trace_id: "Root=1-6b001dc2-0123456789abcdef01234567",
  domain_name: "app.example.com",
  chosen_cert_arn:
    "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
  matched_rule_priority: "0",
  request_creation_time: "2026-11-20T10:15:30.110000Z",
  actions_executed: "forward",
  redirect_url: "-",
  error_reason: "-",
  "target:port_list": "10.0.1.17:8080",
  target_status_code_list: "200",
  classification: "-",
  classification_reason: "-",
  conn_trace_id: "TID_1234abcd5678ef90",
  transformed_host: "-",
  transformed_uri: "-",
  request_transform_status: "-",
  ip_address: "10.0.1.25",
  target_error_code: "-",
  elb_error_code: "-",
};

/** A line of as many fields as are wanted. */
export function albLine(fields: Fields = {}, count: number = albFields.length): string {
  const all = { ...answered, ...fields };
  return albFields
    .slice(0, count)
    .map((field) => (quoted.has(field) ? `"${all[field]}"` : all[field]))
    .join(" ");
}

/** Fields of a request for which no target was asked. */
export const notSent: Fields = {
  "target:port": "-",
  request_processing_time: "-1",
  target_processing_time: "-1",
  response_processing_time: "-1",
  target_status_code: "-",
  "target:port_list": "-",
  target_status_code_list: "-",
};

/** Sent to a target that did not answer. */
export const noAnswer: Fields = {
  target_processing_time: "-1",
  response_processing_time: "-1",
  target_status_code: "-",
  target_status_code_list: "-",
};

/** A line and what is true of it. */
export interface Case {
  readonly cause: string;
  readonly what: string;
  readonly fields: Fields;
}

const h2 = (method: string): Fields => ({
  type: "h2",
  request: `${method} https://app.example.com:443/ HTTP/2.0`,
});
const own = (status: number, fields: Fields = {}): Fields => ({
  ...notSent,
  elb_status_code: String(status).padStart(3, "0"),
  ...fields,
});
const row = (cause: string, what: string, fields: Fields): Case => ({ cause, what, fields });

/** Every cause, most of them in more than one shape. */
export const cases: readonly Case[] = [
  row("464-http1-from-cloudfront", "CloudFront by its name", own(464, { user_agent: "Amazon CloudFront", target_group_arn: groupArn("web-h2") })),
  row("464-http1-from-cloudfront", "CloudFront by its address", own(464, { "client:port": "130.176.1.10:41234", target_group_arn: groupArn("web-h2") })),
  row("464-http1-from-cloudfront", "CloudFront through a VPC origin", own(464, { "client:port": "10.0.9.4:5555", user_agent: "Amazon CloudFront" })),
  row("464-http1-from-cloudfront", "CloudFront over IPv6", own(464, { "client:port": "[2600:9000:1004::1]:5555" })),
  row("direct-http1-clients-464", "a probe on the internet", own(464, { user_agent: "curl/8.5.0" })),
  row("464-http1-client", "a POST, which may carry gRPC", own(464, { request: "POST https://app.example.com:443/ HTTP/1.1", target_group_arn: groupArn("web-post") })),
  row("direct-http1-clients-464", "a WebSocket", own(464, { type: "wss" })),
  row("464-http1", "a private address", own(464, { "client:port": "10.0.3.3:80" })),
  row("direct-http1-clients-464", "no listener rule in the line", own(464, { actions_executed: "-", target_group_arn: "-" })),
  row("464-grpc-to-http1-target", "typed as gRPC", own(464, { ...h2("POST"), type: "grpcs" })),
  row("464-grpc-to-http1-target", "typed as HTTP/2", own(464, h2("POST"))),
  row("464-http2-not-post-to-grpc-target", "a page", own(464, h2("GET"))),
  row("464-http2-not-post-to-grpc-target", "a preflight", own(464, { ...h2("OPTIONS"), type: "grpcs" })),
  row("502-no-connection", "refused", { ...noAnswer, elb_status_code: "502", request_processing_time: "-1" }),
  row("502-no-connection", "no target in the line", own(502)),
  row("502-target-closed-late", "after some seconds of work", { ...noAnswer, elb_status_code: "502", target_processing_time: "4.205" }),
  row("502-target-closed", "within a second", { ...noAnswer, elb_status_code: "502", target_processing_time: "0.004" }),
  row("502-target-closed", "closed while the load balancer waited", { ...noAnswer, elb_status_code: "502" }),
  row("502-unusable-response", "headers too large", { elb_status_code: "502", target_status_code: "200" }),
  row("502-stream-reset", "RST_STREAM", { ...noAnswer, elb_status_code: "502", target_error_code: "0x2" }),
  row("502-lambda-not-permitted", "no permission", own(502, { error_reason: "LambdaAccessDenied" })),
  row("502-lambda", "unhandled", own(502, { error_reason: "LambdaUnhandled" })),
  row("503-no-targets", "none registered", own(503)),
  row("504-no-connection", "security group", { ...noAnswer, elb_status_code: "504", request_processing_time: "-1" }),
  row("504-target-slow", "idle timeout", { ...noAnswer, elb_status_code: "504" }),
  row("504-response-stalled", "Content-Length too large", { elb_status_code: "504", target_status_code: "200" }),
  row("504-lambda", "connection timeout", own(504, { error_reason: "LambdaConnectionTimeout" })),
  row("500-web-acl-unreachable", "by its reason", own(500, { error_reason: "WAFConnectionTimeout", actions_executed: "waf-failed" })),
  row("500-web-acl-unreachable", "by the action", own(500, { actions_executed: "waf-failed" })),
  row("500-sign-in-endpoint", "token endpoint", own(500, { error_reason: "AuthTokenEpRequestTimeout", actions_executed: "authenticate" })),
  row("500-sign-in-endpoint", "user-info endpoint", own(500, { error_reason: "AuthUserinfoEpRequestTimeout", actions_executed: "authenticate" })),
  row("500-sign-in-endpoint-refused", "token endpoint", own(500, { error_reason: "AuthTokenEpRequestFailed", actions_executed: "authenticate" })),
  row("500-sign-in-endpoint-refused", "user-info endpoint", own(500, { error_reason: "AuthUserinfoEpRequestFailed", actions_executed: "authenticate" })),
  row("500-sign-in-claims-too-large", "groups", own(500, { error_reason: "AuthUserinfoResponseSizeExceeded", actions_executed: "authenticate" })),
  row("500-sign-in", "unhandled", own(500, { error_reason: "AuthUnhandledException", actions_executed: "authenticate" })),
  row("500-token-keys", "JWKS", own(500, { error_reason: "JWKSRequestTimeout" })),
  row("500-target-group-choice", "cookie", own(500, { error_reason: "AWSALBTGCookieInvalid" })),
  row("500-load-balancer", "no reason", own(500)),
  row("561-identity-provider", "refused", own(561, { error_reason: "AuthInvalidGrantError", actions_executed: "authenticate" })),
  row("562-token-keys", "failed", own(562)),
  row("562-token-keys-timeout", "no answer", own(562, { error_reason: "JWKSRequestTimeout", actions_executed: "jwt-validation" })),
  row("401-token-refused", "expired", own(401, { error_reason: "JWTExpired" })),
  row("401-sign-in-refused", "state", own(401, { error_reason: "AuthInvalidStateParam", actions_executed: "authenticate" })),
  row("403-web-acl", "blocked", own(403, { actions_executed: "waf" })),
  row("405-web-acl-captcha", "CAPTCHA", own(405, { actions_executed: "waf" })),
  row("web-acl-custom-response", "as if there were no targets", own(503, { actions_executed: "waf" })),
  row("web-acl-custom-response", "a rate limit", own(429, { actions_executed: "waf" })),
  row("web-acl-custom-response", "as if a sign-in had failed", own(401, { actions_executed: "authenticate,waf" })),
  row("403-refused", "low reputation", own(403, { actions_executed: "-" })),
  row("fixed-response", "no secret header", own(403, { actions_executed: "fixed-response", target_group_arn: "-" })),
  row("fixed-response", "after a web ACL", own(404, { actions_executed: "waf,fixed-response", target_group_arn: "-" })),
  row("000-connection-ended", "GOAWAY", own(0, h2("GET"))),
  row("400-lambda-websocket", "a WebSocket to Lambda", own(400, { error_reason: "LambdaWebsocketNotSupported" })),
  row("400-lambda", "not UTF-8", own(400, { error_reason: "LambdaBadRequest" })),
  row("400-bad-request", "unreadable", own(400, { request: "- http://app.example.com:443- - ", user_agent: "-", target_group_arn: "-", actions_executed: "-" })),
  row("400-bad-request", "too large a header", own(400)),
  row("400-desync", "two lengths", own(400, { classification: "Severe", classification_reason: "MultipleContentLength" })),
  row("405-trace", "TRACE", own(405, { request: "TRACE https://app.example.com:443/ HTTP/1.1" })),
  row("408-no-data", "nothing sent", own(408)),
  row("413-too-large", "body for Lambda", own(413)),
  row("414-url-too-long", "query", own(414)),
  row("460-client-gave-up", "while the target worked", { ...noAnswer, elb_status_code: "460" }),
  row("463-forwarded-for", "a circle of proxies", own(463)),
  row("501-transfer-encoding", "gzip", own(501)),
  row("505-http-version", "HTTP/2 on HTTP/1", own(505)),
  row("507-redirect-too-long", "query in a redirect", own(507, { actions_executed: "redirect" })),
  row("undocumented-status", "431", own(431)),
  row("undocumented-status", "461", own(461)),
  row("undocumented-status", "a teapot", own(418)),
]; // prettier-ignore

/** A small generator of numbers, the same ones for the same seed. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

const agents = ["Amazon CloudFront", "curl/8.5.0", "okhttp/4.12.0", answered.user_agent];
const verbs = ["GET", "GET", "GET", "POST", "PUT"];

/**
 * A log as a service in use writes it: mostly answers of targets, some of them errors of their own,
 * and a share of lines of all causes.
 *
 * @param failing one line in so many is a load balancer's own error
 */
export function* traffic(
  lines: number,
  seed = 1,
  failing = 50,
): Generator<{ line: string; cause?: string }> {
  const below = random(seed);
  const start = Date.UTC(2026, 10, 20);
  for (let i = 0; i < lines; i++) {
    const done = new Date(start + i * 20).toISOString().replace("Z", "123Z");
    const common: Fields = {
      time: done,
      request_creation_time: done,
      trace_id: `Root=1-6b001dc2-${String(below(1e9)).padStart(24, "0")}`,
    };
    if (below(failing) === 0) {
      const one = cases[below(cases.length)];
      if (one !== undefined)
        yield { line: albLine({ ...common, ...one.fields }), cause: one.cause };
      continue;
    }
    const status = below(40) === 0 ? (["404", "500", "503"][below(3)] ?? "404") : "200";
    const second = below(3) === 0;
    const verb = verbs[below(verbs.length)] ?? "GET";
    const path = `/users/${below(100_000)}/orders?page=${below(9)}`;
    const line = albLine({
      ...common,
      type: second ? "h2" : "https",
      "client:port": `203.0.113.${below(250)}:${1024 + below(60_000)}`,
      target_processing_time: `0.${String(below(900)).padStart(3, "0")}`,
      elb_status_code: status,
      target_status_code: status,
      sent_bytes: String(below(90_000)),
      request: `${verb} https://app.example.com:443${path} HTTP/${second ? "2.0" : "1.1"}`,
      user_agent: agents[below(agents.length)],
    });
    yield { line };
  }
}
