/** Caused by the client or a limit: 000, 400 to 463 and 501, 505, 507. */
import { sources } from "../../path/sources";
import type { AlbFacts } from "./albFacts";
import { own, type Cause } from "./cause";

const is = (status: number) => ({ field: "status", is: status }) as const;
const desync =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#desync-mitigation-mode";
const headers =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html";
const lambda =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html";

export const clientCauses: readonly Cause<AlbFacts>[] = [
  {
    code: "000-connection-ended",
    severity: "note",
    when: [is(0)],
    title: "the connection ended without an answer",
    why: "After 10,000 requests the load balancer ends an HTTP/2 connection (GOAWAY); a request that was under way is logged as 000.",
    advice: own("Nothing: clients connect again by themselves."),
  },
  {
    code: "400-lambda-websocket",
    severity: "warning",
    when: [is(400), { field: "errorReason", is: "LambdaWebsocketNotSupported" }],
    title: "a WebSocket to a Lambda function",
    why: "The rule forwards to a Lambda function, and a load balancer has no WebSockets to Lambda.",
    advice: own(
      "Forward WebSockets to a container, or offer them by API Gateway's WebSocket APIs.",
      lambda,
    ),
  },
  {
    code: "400-lambda",
    severity: "warning",
    when: [is(400), { field: "errorReason", begins: "Lambda" }],
    title: "a request that cannot be passed to a Lambda function",
    why: "The load balancer turns a request into JSON for the function, and this one could not be; error_reason says why (LambdaBadRequest: headers or body are not UTF-8).",
    advice: own("Send such requests to a container, or let clients encode them.", lambda),
  },
  {
    code: "400-desync",
    severity: "warning",
    when: [is(400), { field: "classification", oneOf: ["Ambiguous", "Severe"] }],
    title: "a request that can be read in two ways",
    why: "The request violates RFC 7230 in a way that request smuggling uses; classification_reason says how.",
    advice: own(
      "Correct the client. desyncMitigationMode of the aws.lb.LoadBalancer decides what is refused (monitor, defensive, strictest).",
      desync,
    ),
  },
  {
    code: "400-bad-request",
    severity: "warning",
    when: [is(400)],
    title: "a request that is not HTTP, or that ended early",
    why: "The request was malformed, its headers too large (16 KB for the request line or one header, 64 KB for all), plain HTTP to an HTTPS port, or the client closed before its body was sent.",
    advice: own(
      "Look at the clients in the examples; scanners of the internet send such requests all day.",
    ),
  },
  {
    code: "403-refused",
    severity: "warning",
    when: [is(403)],
    title: "the load balancer refused the client",
    why: "Refused by the web ACL, or as a source of low reputation during an attack (metric LowReputationRequestsDenied).",
    advice: own("Look for these clients in the web ACL's log."),
  },
  {
    code: "405-trace",
    severity: "warning",
    when: [is(405)],
    title: "the method TRACE",
    why: "A load balancer answers TRACE with 405.",
    advice: own("Nothing: only scanners use it."),
  },
  {
    code: "408-no-data",
    severity: "warning",
    when: [is(408)],
    title: "the client sent no data in time",
    why: "The client opened a connection or began a request, and nothing followed before the idle timeout ran out. TCP keep-alives do not count.",
    advice: own(
      "Where uploads need longer pauses, raise idleTimeout of the aws.lb.LoadBalancer.",
      sources.albAttributes,
    ),
  },
  {
    code: "413-too-large",
    severity: "warning",
    when: [is(413)],
    title: "the request is too large",
    why: "A body of more than 1 MB for a Lambda function, or headers over the limit.",
    advice: own(
      "Send large bodies to a container or to S3; Lambda behind a load balancer takes 1 MB.",
    ),
  },
  {
    code: "414-url-too-long",
    severity: "warning",
    when: [is(414)],
    title: "the URL is too long",
    why: "The request line has a limit of 16 KB that no setting raises.",
    advice: own("Send what is in the query as a body."),
  },
  {
    code: "460-client-gave-up",
    severity: "warning",
    when: [is(460)],
    title: "the client closed before the answer came",
    why: "The client closed the connection while the target still worked: its timeout is shorter than the answer takes.",
    advice: own(
      "Make the answer faster, or the client's timeout longer than idleTimeout of the aws.lb.LoadBalancer. Where the client is CloudFront, raise originReadTimeout of the origin.",
    ),
  },
  {
    code: "463-forwarded-for",
    severity: "warning",
    when: [is(463)],
    title: "more than 30 addresses in X-Forwarded-For",
    why: "The header has a limit of 30 addresses: a loop of proxies reaches it, or a client that forges the header.",
    advice: own(
      'Look for a loop of proxies; xffHeaderProcessingMode: "remove" of the aws.lb.LoadBalancer drops what clients send.',
      headers,
    ),
  },
  {
    code: "501-transfer-encoding",
    severity: "warning",
    when: [is(501)],
    title: "a Transfer-Encoding that is not supported",
    why: "A load balancer takes chunked and identity only.",
    advice: own("Correct the client: compression belongs in Content-Encoding."),
  },
  {
    code: "505-http-version",
    severity: "warning",
    when: [is(505)],
    title: "an HTTP version that does not belong on this connection",
    why: "An HTTP/2 request came over a connection that was set up for HTTP/1: HTTP/2 needs an HTTPS listener and ALPN.",
    advice: own(
      "Call the HTTPS listener. Clients of h2c (HTTP/2 without TLS) cannot use a load balancer.",
    ),
  },
  {
    code: "507-redirect-too-long",
    severity: "warning",
    when: [is(507)],
    title: "the redirect's URL is too long",
    why: "A redirect rule puts parts of the request into a URL of more than 8 KB.",
    advice: own(
      "Leave #{query} out of the redirect action of the aws.lb.ListenerRule, or shorten it.",
      sources.albActions,
    ),
  },
];
