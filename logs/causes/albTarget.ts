/** 502, 503 and 504: the load balancer asked the target, or wanted to, and got no usable answer. */
import { sources } from "../../path/sources";
import type { AlbFacts } from "./albFacts";
import type { Cause } from "./cause";

const is = (status: number) => ({ field: "status", is: status }) as const;
const lambda = { field: "errorReason", begins: "Lambda" } as const;
const notSent = { field: "requestTime", below: 0 } as const;
const sent = { field: "requestTime", atLeast: 0 } as const;
const answered = { field: "targetStatus", atLeast: 100 } as const;
const source = sources.albStatusCodes;
const attributes = sources.albAttributes;

export const targetCauses: readonly Cause<AlbFacts>[] = [
  {
    code: "502-lambda",
    severity: "error",
    when: [is(502), lambda],
    title: "the Lambda function failed",
    why: "The function ended with an error, was throttled, or answered what is no HTTP answer; error_reason says which.",
    change: "Look into the function's log group at that time; error_reason is in the examples.",
    source,
  },
  {
    code: "502-stream-reset",
    severity: "error",
    when: [is(502), { field: "targetError", isNot: "" }],
    title: "the target reset the HTTP/2 stream",
    why: "The target ended the stream with RST_STREAM; target_error_code has its HTTP/2 error code.",
    change:
      "Look into the container's log. To pass the reset on to clients, set the target group's attribute `routing.http2.rst_stream_error_forwarding.enabled`.",
    findings: ["container-lacks-protocol"],
    source,
  },
  {
    code: "502-unusable-response",
    severity: "error",
    when: [is(502), answered],
    title: "the target answered, but not so that it could be passed on",
    why: "A status of the target came, then a malformed or too large header (32 KB in all), or the connection ended.",
    change: "Look at the headers that the container sends with these paths, cookies above all.",
    source,
  },
  {
    code: "502-target-closed",
    severity: "error",
    when: [is(502), sent],
    title: "the target closed the connection instead of answering",
    why: "The request was sent, and no answer came back: the container ended the connection (a keep-alive shorter than the load balancer's idle timeout, a crash, the end of a deployment), or what it sent was no HTTP of this version.",
    change:
      "Let the container keep connections longer than the load balancer's `idleTimeout` (nginx: keepalive_timeout; in hopwise `origin.timeouts.idle` sets both), and let it finish its requests before it stops (`deregistrationDelay`, in hopwise `origin.timeouts.drain`).",
    findings: ["idle-timeout-order", "container-lacks-protocol"],
    source,
  },
  {
    code: "502-no-connection",
    severity: "error",
    when: [is(502), notSent],
    title: "no connection to the target",
    why: "The target refused the connection or broke it off before the request was sent: nothing listens on the port, the container is stopping, or the TLS handshake fails.",
    change:
      'Compare the target group\'s `port` and `protocol` with what the container listens on: `containerPort` of the service, TLS only with `protocol: "HTTPS"`, HTTP/2 only with `protocolVersion: "HTTP2"`.',
    findings: ["container-port-mismatch", "container-tls-mismatch", "container-lacks-protocol"],
    source,
  },
  {
    code: "502-bad-gateway",
    severity: "error",
    when: [is(502)],
    title: "no usable answer from the target",
    why: "The line does not tell whether the target was reached.",
    change: "Look at a whole line: the three times after the target's address tell it.",
    source,
  },
  {
    code: "503-no-targets",
    severity: "error",
    when: [is(503)],
    title: "no targets",
    why: "The target group has no registered targets, or none that is ready. Unhealthy ones are no reason: with all of them unhealthy the load balancer asks them all the same.",
    change:
      "Look at the ECS service's events: `desiredCount`, tasks that end at once, an image that cannot be pulled, and whether the service's `loadBalancers` name this target group.",
    source,
  },
  {
    code: "504-lambda",
    severity: "error",
    when: [is(504), lambda],
    title: "the Lambda function did not answer in time",
    why: "The function took longer than the load balancer waits.",
    change: "Look into the function's log group; error_reason is in the examples.",
    source,
  },
  {
    code: "504-response-stalled",
    severity: "error",
    when: [is(504), answered],
    title: "the target began to answer and then stopped",
    why: "The answer's body ended early: a Content-Length greater than the body, or a target that stalls.",
    change:
      "Look at what the container sends with these paths; let it set no Content-Length itself.",
    source,
  },
  {
    code: "504-target-slow",
    severity: "error",
    when: [is(504), sent],
    title: "the target did not answer in time",
    why: "The request was sent, and nothing came back before the load balancer's idle timeout ran out (60 seconds by default).",
    change:
      "Find out what takes so long. Where it may: `idleTimeout` of the load balancer (in hopwise `origin.timeouts.idle`), and behind CloudFront `originReadTimeout` (`origin.timeouts.read`).",
    source: attributes,
  },
  {
    code: "504-no-connection",
    severity: "error",
    when: [is(504), notSent],
    title: "the target could not be reached",
    why: "No connection within 10 seconds: a security group or network ACL drops the packets, or the target is overloaded.",
    change:
      "Let the tasks' security group admit the load balancer's on the target group's port (in hopwise PathSecurityGroups does), and network ACLs the ports 1024 to 65535 on the way back.",
    source,
  },
  {
    code: "504-timeout",
    severity: "error",
    when: [is(504)],
    title: "the target did not answer in time",
    why: "The line does not tell whether the target was reached.",
    change: "Look at a whole line: the three times after the target's address tell it.",
    source,
  },
];
