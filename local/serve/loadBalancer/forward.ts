/** Sends a visit on to a target, in the target group's protocol, and its answer back. */
import { clientRequest, matrixRow, targetSpeaks } from "../../../path/protocols";
import type { Method } from "../../../path/types";
import { type Answer, Failure, type Outgoing } from "../http/exchange";
import { endToEnd, size } from "../http/headers";
import { type Switched, sendHttp1 } from "../http/overHttp1";
import { hasBody, join, relay } from "../http/reply";
import type { TargetGroup } from "../../../topology/types";
import { targetHeaders, targetHost } from "./headers";
import type { Target, TargetPool } from "./targets";
import type { Visit } from "./visit";

/** True for a request to become a WebSocket; other upgrades are ignored. */
export function wantsWebSocket(visit: Visit): boolean {
  return (
    visit.upgrade !== undefined &&
    /(^|,)\s*websocket\s*(,|$)/i.test(visit.request.headers.upgrade ?? "")
  );
}

/** Forwards a visit; never rejects. */
export async function forward(visit: Visit, pool: TargetPool): Promise<void> {
  const { group } = pool;
  visit.log.action = "forward";
  visit.log.targetGroupArn = group.arn;
  const mismatch = protocolMismatch(visit, group);
  if (mismatch !== undefined) {
    visit.refuse(464, mismatch);
    return;
  }
  const target = pool.pick();
  if (!target) {
    visit.refuse(503, `the target group ${group.name} has no registered targets`);
    return;
  }
  visit.log.target = target.label;
  const refused = target.address.refused();
  if (refused !== undefined) {
    visit.refuse(504, `the load balancer cannot connect to ${target.label}: ${refused}`);
    return;
  }
  target.begin();
  try {
    await pass(visit, target);
  } catch (error) {
    fail(visit, target, error as Error);
  } finally {
    target.end();
  }
}

/** Why the load balancer answers 464; undefined when it forwards. */
function protocolMismatch(visit: Visit, group: TargetGroup): string | undefined {
  const grpc = /^application\/grpc\b/i.test(visit.request.headers["content-type"] ?? "");
  const client = clientRequest(
    visit.protocol === "HTTP/2" ? "HTTP/2" : "HTTP/1.1",
    grpc ? "grpc" : "http",
  );
  const row = matrixRow(client, group.protocolVersion, visit.subject.method as Method);
  return row.forwardedAs === undefined ? row.why : undefined;
}

async function pass(visit: Visit, target: Target): Promise<void> {
  const { site, arrival, request, response } = visit;
  const { group } = target;
  const outgoing: Outgoing = {
    method: visit.subject.method,
    path: visit.path,
    scheme: group.protocol === "HTTPS" ? "https" : "http",
    authority: targetHost(visit.subject.host, site.loadBalancer.preserveHost, arrival),
    headers: targetHeaders(visit.headers, site.loadBalancer, arrival),
    body: request,
    hasBody: hasBody(request),
  };
  const sent = Date.now();
  const answer = await send(visit, target, outgoing);
  const answered = Date.now();
  const times = (): [number, number, number] => [
    sent - visit.started.getTime(),
    answered - sent,
    Date.now() - answered,
  ];
  if ("socket" in answer) {
    visit.status = 101;
    visit.log.targetStatus = 101;
    visit.log.times = times();
    if (visit.upgrade) visit.sentBytes = await join(visit.upgrade, response, answer);
    return;
  }
  visit.log.targetStatus = answer.status;
  if (size(answer.headers) > 32 * 1024) {
    answer.body.destroy();
    throw new Failure("malformed", "the answer's headers are larger than 32 KB");
  }
  visit.status = answer.status;
  const own = new Set(site.listener.responseHeaders.map(([n]) => n));
  const headers = [
    ...endToEnd(answer.headers).filter(([n]) => !own.has(n.toLowerCase())),
    ...site.listener.responseHeaders,
  ];
  visit.sentBytes = await relay(answer, response, headers);
  visit.log.times = times();
}

async function send(visit: Visit, target: Target, outgoing: Outgoing): Promise<Answer | Switched> {
  const { idleSeconds } = visit.site.loadBalancer;
  if (targetSpeaks(target.group.protocolVersion) === "HTTP/2") {
    return target.http2().send(outgoing, visit.gone.signal);
  }
  return sendHttp1(
    {
      host: target.address.dial,
      port: target.address.port,
      agent: target.agent,
      connectSeconds: 10,
      readSeconds: idleSeconds,
    },
    outgoing,
    visit.gone.signal,
    wantsWebSocket(visit) ? "websocket" : undefined,
  );
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
function fail(visit: Visit, target: Target, error: Error): void {
  if (visit.gone.signal.aborted) return;
  const kind = error instanceof Failure ? error.kind : "closed";
  if (error instanceof Failure) visit.log.targetError = error.streamError;
  const status = kind === "connect-timeout" || kind === "read-timeout" ? 504 : 502;
  visit.refuse(status, `no answer from ${target.label}: ${error.message}`);
}
