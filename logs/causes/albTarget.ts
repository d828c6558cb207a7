/** 502, 503 and 504: the load balancer asked the target, or wanted to, and got no usable answer. */
import { sources } from "../../path/sources";
import type { AlbFacts } from "./albFacts";
import { own, type Advice, type Cause } from "./cause";

const is = (status: number) => ({ field: "status", is: status }) as const;
const lambda = { field: "errorReason", begins: "Lambda" } as const;
const notSent = { field: "requestTime", below: 0 } as const;
const sent = { field: "requestTime", atLeast: 0 } as const;
const answered = { field: "targetStatus", atLeast: 100 } as const;
const source = sources.albStatusCodes;

const lambdaPermission =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html";
const logOfFunction = own(
  "Look into the function's log group at that time; the reasons under Details name the error.",
);
const wholeLine = own(
  "Look at a whole line: the three times after the target's address say whether the target was reached.",
);

/** If a group answers nothing, its settings are wrong; if it answers, a single target fails. */
const stopping: Advice = {
  change:
    "Where other targets answer, this one is stopping, gone or overloaded. Keep deregistrationDelay of the aws.lb.TargetGroup longer than the longest request, and let the container finish its requests on SIGTERM within its stopTimeout.",
  source,
};

export const targetCauses: readonly Cause<AlbFacts>[] = [
  {
    code: "502-lambda-not-permitted",
    severity: "error",
    when: [is(502), { field: "errorReason", is: "LambdaAccessDenied" }],
    title: "the load balancer may not invoke the Lambda function",
    why: "The function's policy does not allow the load balancer to invoke it.",
    advice: own(
      'Add an aws.lambda.Permission with action "lambda:InvokeFunction", principal "elasticloadbalancing.amazonaws.com" and the target group\'s ARN as sourceArn.',
      lambdaPermission,
    ),
  },
  {
    code: "502-lambda",
    severity: "error",
    when: [is(502), lambda],
    title: "the Lambda function failed",
    why: "The function ended with an error, was throttled, could not be started, or did not return an HTTP response; error_reason says which.",
    advice: logOfFunction,
  },
  {
    code: "502-stream-reset",
    severity: "error",
    when: [is(502), { field: "targetError", isNot: "" }],
    title: "the target reset the HTTP/2 stream",
    why: "The target ended the stream with RST_STREAM; target_error_code has its HTTP/2 error code.",
    advice: own(
      "Look into the container's log. To pass the reset on to clients, set the target group's attribute routing.http2.rst_stream_error_forwarding.enabled.",
    ),
  },
  {
    code: "502-unusable-response",
    severity: "error",
    when: [is(502), answered],
    title: "the target's response could not be passed on",
    why: "The target sent a status, then a malformed or too large header (32 KB for all of them), or it closed the connection.",
    advice: own("Look at the headers that the container sends on these paths, cookies first."),
  },
  {
    code: "502-target-closed-late",
    severity: "error",
    when: [is(502), sent, { field: "targetTime", atLeast: 1 }],
    title: "the target closed the connection while it worked on the request",
    why: "The request was sent, the target worked on it for a second or more, and closed the connection without an answer: its own time limit, a crash, the end of a deployment, or a keep-alive timeout that ran out.",
    advice: [
      {
        change:
          "Look into the container's log at that time for a crash (out of memory, an exception) and for a time limit of its server or framework that is shorter than these requests take.",
        source,
      },
      { rule: "idle-timeout-order" },
      stopping,
    ],
  },
  {
    code: "502-target-closed",
    severity: "error",
    when: [is(502), sent],
    title: "the target closed the connection instead of answering",
    why: "The request was sent, and no answer came back: the container closed the connection (a keep-alive timeout shorter than the load balancer's idle timeout, a crash, the end of a deployment), or it does not speak this protocol.",
    advice: [
      { rule: "container-lacks-protocol", unanswered: true },
      { rule: "container-tls-mismatch", unanswered: true },
      { rule: "idle-timeout-order" },
      stopping,
    ],
  },
  {
    code: "502-no-connection",
    severity: "error",
    when: [is(502), notSent],
    title: "no connection to the target",
    why: "The target refused the connection, or closed it before the request was sent: nothing listens on the port, the container is stopping, or the TLS handshake fails.",
    advice: [
      { rule: "container-port-mismatch", unanswered: true },
      { rule: "container-tls-mismatch", unanswered: true },
      { rule: "container-lacks-protocol", unanswered: true },
      stopping,
    ],
  },
  {
    code: "502-bad-gateway",
    severity: "error",
    when: [is(502)],
    title: "no usable answer from the target",
    why: "The line does not say whether the target was reached.",
    advice: wholeLine,
  },
  {
    code: "503-no-targets",
    severity: "error",
    when: [is(503)],
    title: "no targets",
    why: "The target group has no registered targets, or none that is ready. Unhealthy targets are not the reason: where all are unhealthy, the load balancer sends requests to all of them.",
    advice: [
      { rule: "target-group-without-targets", unanswered: true },
      { rule: "service-without-tasks", unanswered: true },
      {
        change:
          "Look at the events of the ECS service at that time: tasks that end at once, an image that cannot be pulled, a desired count of 0.",
        source,
      },
    ],
  },
  {
    code: "504-lambda",
    severity: "error",
    when: [is(504), lambda],
    title: "the Lambda function did not answer in time",
    why: "The function took longer than the load balancer waits.",
    advice: logOfFunction,
  },
  {
    code: "504-response-stalled",
    severity: "error",
    when: [is(504), answered],
    title: "the target began to answer and then stopped",
    why: "The response body ended early: a Content-Length greater than the body, or a target that stalls.",
    advice: own(
      "Look at what the container sends on these paths; let its server compute the Content-Length.",
    ),
  },
  {
    code: "504-target-slow",
    severity: "error",
    when: [is(504), sent],
    title: "the target did not answer in time",
    why: "The request was sent, and nothing came back before the load balancer's idle timeout ran out (60 seconds by default).",
    advice: own(
      "Find out what takes so long. Where it may, raise idleTimeout of the aws.lb.LoadBalancer, and behind CloudFront originReadTimeout of the origin.",
      sources.albAttributes,
    ),
  },
  {
    code: "504-no-connection",
    severity: "error",
    when: [is(504), notSent],
    title: "the target could not be reached",
    why: "No connection within 10 seconds: the target is stopping, gone or overloaded, or a security group or network ACL drops the packets.",
    advice: [
      { rule: "tasks-closed-to-load-balancer", unanswered: true },
      stopping,
      {
        change:
          "Where the subnets have custom network ACLs, let them admit the target group's port, and ports 1024 to 65535 on the way back.",
        source,
        unanswered: true,
      },
    ],
  },
  {
    code: "504-timeout",
    severity: "error",
    when: [is(504)],
    title: "the target did not answer in time",
    why: "The line does not say whether the target was reached.",
    advice: wholeLine,
  },
];
