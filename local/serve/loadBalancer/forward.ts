/** Forwards a request to a target, in the target group's protocol, and returns its response. */
import { clientRequest, isGrpc, matrixRow } from "../../../path/protocols";
import type { Method } from "../../../path/types";
import { type Answer, ExchangeFailure, type Outgoing } from "../http/exchange";
import { type Header, endToEnd, size, value, without } from "../http/headers";
import { hasBody, join, relay } from "../http/reply";
import type { TargetGroup } from "../../../topology/types";
import { claimHeaders } from "./claims";
import { withCertificate } from "./clientCertificate";
import { targetHeaders, targetHost } from "./headers";
import { preciseNow } from "./logFile";
import type { TargetPool } from "./pool";
import { stuckTo, targetCookie, targetCookies } from "./stickiness";
import type { Target } from "./target";
import type { Transformed } from "./transforms";
import { type RequestContext, wantsWebSocket } from "./requestContext";

/** The result of a rule's transforms. */
export type Rewritten = Pick<Transformed, "host" | "path">;

/**
 * Forwards a request; never rejects.
 *
 * @param cookies cookies to set on the response, also if the load balancer itself answers
 */
export async function forward(
  context: RequestContext,
  pool: TargetPool,
  cookies: readonly Header[] = [],
  rewritten?: Rewritten,
): Promise<void> {
  const { group } = pool;
  context.log.targetGroupArn = group.arn;
  const mismatch = protocolMismatch(context, group);
  if (mismatch !== undefined) {
    context.refuse(464, mismatch);
    return;
  }
  const cookie = targetCookie(group.stickiness);
  const target = pool.pick(cookie && stuckTo(context.headers, cookie, Date.now()));
  if (!target) {
    context.refuse(503, `the target group ${group.name} has no registered targets`);
    return;
  }
  context.log.target = target.label;
  const refused = target.address.refused();
  if (refused !== undefined) {
    context.refuse(504, `the load balancer cannot connect to ${target.label}: ${refused}`);
    return;
  }
  target.begin();
  try {
    await pass(context, target, cookies, rewritten);
  } catch (error) {
    fail(context, target, error as Error);
  } finally {
    target.end();
  }
}

/** Why the load balancer answers 464; undefined when it forwards. */
function protocolMismatch(context: RequestContext, group: TargetGroup): string | undefined {
  const client = clientRequest(
    context.protocol === "HTTP/2" ? "HTTP/2" : "HTTP/1.1",
    isGrpc(value(context.headers, "content-type")) ? "grpc" : "http",
  );
  const row = matrixRow(client, group.protocolVersion, context.subject.method as Method);
  return row.forwardedAs === undefined ? row.why : undefined;
}

function outgoingOf(context: RequestContext, { group }: Target, rewritten?: Rewritten): Outgoing {
  const { listenerContext, received: arrival, request, subject } = context;
  const all = targetHeaders(context.headers, listenerContext.loadBalancer, arrival);
  const { claims } = context;
  const claimed = claims === undefined ? all : [...without(all, ...claimHeaders), ...claims];
  const { clientCertificates } = listenerContext.listener;
  const chain = context.connection.secure?.clientChain;
  const headers = withCertificate(claimed, clientCertificates, chain);
  const host = targetHost(subject.host, listenerContext.loadBalancer.preserveHost, arrival);
  return {
    method: subject.method,
    path: rewritten?.path ?? context.path,
    scheme: group.protocol === "HTTPS" ? "https" : "http",
    authority: rewritten && rewritten.host !== subject.host ? rewritten.host : host,
    headers,
    body: request,
    hasBody: hasBody(request),
    trailers: /\btrailers\b/i.test(value(context.headers, "te") ?? ""),
    last: context.last,
  };
}

async function pass(
  context: RequestContext,
  target: Target,
  cookies: readonly Header[],
  rewritten?: Rewritten,
): Promise<void> {
  const { listenerContext, response } = context;
  const sent = preciseNow();
  const { response: answer } = await target.connections.send(
    outgoingOf(context, target, rewritten),
    context.clientAbort,
    wantsWebSocket(context) ? "websocket" : undefined,
  );
  const answered = preciseNow();
  const times = (): [number, number, number] => [
    sent - context.started,
    answered - sent,
    preciseNow() - answered,
  ];
  if ("socket" in answer) {
    context.status = 101;
    context.log.targetStatus = 101;
    context.log.times = times();
    if (!context.upgrade) return;
    context.sentBytes = await join(
      context.upgrade,
      response,
      answer,
      listenerContext.loadBalancer.idleSeconds,
    );
    return;
  }
  context.log.targetStatus = answer.status;
  if (size(answer.headers) > maxAnswerHeaders) {
    answer.body.destroy();
    throw new ExchangeFailure("malformed", "the answer's headers are larger than 32 KB");
  }
  context.status = answer.status;
  context.sentBytes = await relay(
    answer,
    response,
    answerHeaders(context, target, answer, cookies),
  );
  context.log.times = times();
}

/** "All response headers: 32 K", fixed, ALB user guide, quotas. */
const maxAnswerHeaders = 32 * 1024;

/** The target's own headers, with those that the listener sets, and stickiness cookies. */
function answerHeaders(
  { listenerContext: { listener } }: RequestContext,
  { group, label }: Target,
  answer: Answer,
  cookies: readonly Header[],
): Header[] {
  const set = new Set(listener.responseHeaders.map(([n]) => n));
  return [
    ...endToEnd(answer.headers).filter(([n]) => !set.has(n.toLowerCase())),
    ...listener.responseHeaders,
    ...targetCookies(group.stickiness, label, answer.headers, Date.now()),
    ...cookies,
  ];
}

/**
 * A target's RST_STREAM also results in 502: `routing.http2.rst_stream_error_forwarding.enabled` is
 * off by default, and the provider has no argument for it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
function fail(context: RequestContext, target: Target, error: Error): void {
  if (context.clientAbort.aborted) return;
  if (!(error instanceof ExchangeFailure)) {
    // Node would not write it: a header or a path with characters that HTTP does not allow.
    context.refuse(400, `the request cannot be sent on: ${error.message}`);
    return;
  }
  context.log.targetError = error.about.streamError;
  const { kind, message } = error;
  const status = kind === "connect-timeout" || kind === "read-timeout" ? 504 : 502;
  context.refuse(status, `no answer from ${target.label}: ${message}`);
}
