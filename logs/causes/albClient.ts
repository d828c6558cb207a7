/** What the client, the web ACL or a limit brought about: 000, 400 to 463 and 501, 505, 507. */
import { sources } from "../../path/sources";
import type { AlbFacts } from "./albFacts";
import type { Cause } from "./cause";

const is = (status: number) => ({ field: "status", is: status }) as const;
const source = sources.albStatusCodes;
const desync =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#desync-mitigation-mode";
const headers =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html";

export const clientCauses: readonly Cause<AlbFacts>[] = [
  {
    code: "000-connection-ended",
    severity: "note",
    when: [is(0)],
    title: "the connection ended without an answer",
    why: "After 10,000 requests the load balancer ends an HTTP/2 connection (GOAWAY); what was under way is logged as 000.",
    change: "Nothing: clients connect again by themselves.",
    source,
  },
  {
    code: "400-desync",
    severity: "warning",
    when: [is(400), { field: "classification", oneOf: ["Ambiguous", "Severe"] }],
    title: "a request that could be read in two ways",
    why: "The request does not follow RFC 7230 in a way that smuggles requests; classification_reason says how.",
    change:
      "Mend the client. `desyncMitigationMode` of the load balancer decides what is refused (monitor, defensive, strictest).",
    source: desync,
  },
  {
    code: "400-bad-request",
    severity: "warning",
    when: [is(400)],
    title: "a request that is no HTTP, or that ended early",
    why: "The request was malformed, its headers too large (16 KB for the request line or one header, 64 KB for all), plain HTTP to an HTTPS port, or the client went before its body was sent.",
    change:
      "Look at the clients in the examples; scanners of the internet send such requests all day.",
    source,
  },
  {
    code: "403-web-acl",
    severity: "warning",
    when: [is(403), { field: "actions", ends: "waf" }],
    title: "the web ACL blocked it",
    why: "A rule of the AWS WAF web ACL on this load balancer decided to block.",
    change:
      "Look into the web ACL's log for the rule (in hopwise: `waf.logging`); `waf.mode: count` or `waf.overrides` let it pass while you look.",
    source: sources.waf,
  },
  {
    code: "403-refused",
    severity: "warning",
    when: [is(403)],
    title: "the load balancer refused the client",
    why: "Refused by the web ACL, or as a source of low reputation during an attack (metric LowReputationRequestsDenied).",
    change: "Look into the web ACL's log for these clients.",
    source,
  },
  {
    code: "405-trace",
    severity: "warning",
    when: [is(405)],
    title: "the method TRACE",
    why: "A load balancer answers TRACE with 405.",
    change: "Nothing: only scanners use it.",
    source,
  },
  {
    code: "408-no-data",
    severity: "warning",
    when: [is(408)],
    title: "the client sent no data in time",
    why: "The client opened a connection or began a request, and nothing followed before the idle timeout ran out. TCP keep-alives do not count.",
    change:
      "Where uploads need longer pauses: `idleTimeout` of the load balancer (in hopwise `origin.timeouts.idle`).",
    source: sources.albAttributes,
  },
  {
    code: "413-too-large",
    severity: "warning",
    when: [is(413)],
    title: "the request is too large",
    why: "A body of more than 1 MB for a Lambda function, or headers over the limit.",
    change: "Send large bodies to a container or to S3; Lambda behind a load balancer takes 1 MB.",
    source,
  },
  {
    code: "414-url-too-long",
    severity: "warning",
    when: [is(414)],
    title: "the URL is too long",
    why: "The request line has a limit of 16 KB that no setting raises.",
    change: "Send what is in the query as a body.",
    source,
  },
  {
    code: "460-client-gave-up",
    severity: "warning",
    when: [is(460)],
    title: "the client went before the answer came",
    why: "The client closed the connection while the target still worked: its timeout is shorter than the answer takes.",
    change:
      "Make the answer faster, or the client's timeout longer than the load balancer's `idleTimeout`. Where the client is CloudFront: `originReadTimeout` (in hopwise `origin.timeouts.read`).",
    source,
  },
  {
    code: "463-forwarded-for",
    severity: "warning",
    when: [is(463)],
    title: "more than 30 addresses in X-Forwarded-For",
    why: "The header has a limit of 30 addresses: proxies that call each other in a circle reach it, and so do forgers.",
    change:
      'Look for proxies in a circle; `xffHeaderProcessingMode: "remove"` drops what clients send.',
    source: headers,
  },
  {
    code: "501-transfer-encoding",
    severity: "warning",
    when: [is(501)],
    title: "a Transfer-Encoding that is not supported",
    why: "A load balancer takes chunked and identity only.",
    change: "Mend the client; Content-Encoding is where compression belongs.",
    source,
  },
  {
    code: "505-http-version",
    severity: "warning",
    when: [is(505)],
    title: "an HTTP version that does not belong on this connection",
    why: "An HTTP/2 request came over a connection that was set up for HTTP/1: HTTP/2 needs an HTTPS listener and ALPN.",
    change:
      "Call the HTTPS listener. Clients of h2c (HTTP/2 without TLS) cannot use a load balancer.",
    findings: ["http-listener-http2-target"],
    source,
  },
  {
    code: "507-redirect-too-long",
    severity: "warning",
    when: [is(507)],
    title: "the redirect's URL is too long",
    why: "A redirect rule puts the request's parts into a URL of more than 8 KB.",
    change: "Leave `#{query}` out of the rule's `redirect`, or shorten it.",
    source: sources.albActions,
  },
];
