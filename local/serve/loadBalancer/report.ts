/** What is reported of a request at a load balancer that is over. */
import type { RequestEvent } from "../events";
import { value } from "../http/headers";
import { preciseNow } from "./logFile";
import type { Visit } from "./visit";

/** The event of a request that is over. */
export function reportOf(visit: Visit): RequestEvent {
  const { target, targetStatus, targetGroupArn } = visit.log;
  const pool = visit.site.pools.get(targetGroupArn ?? "");
  const edgeId = value(visit.headers, "x-amz-cf-id");
  return {
    kind: "request",
    hop: "load-balancer",
    id: visit.arrival.traceId,
    ...(edgeId !== undefined && { edgeId }),
    at: visit.site.loadBalancer.name,
    client: visit.arrival.clientAddress,
    method: visit.subject.method,
    host: visit.subject.host,
    path: visit.path,
    protocol: visit.protocol,
    status: visit.status,
    milliseconds: Math.round(preciseNow() - visit.started),
    ...(target !== undefined &&
      targetStatus !== undefined && {
        sentTo: {
          address: target,
          protocol: pool?.group.protocolVersion === "HTTP1" ? "HTTP/1.1" : "HTTP/2",
        },
      }),
    ...(visit.why !== undefined && { why: visit.why }),
  };
}

/** What is reported of bytes that were no request. */
export function reportOfNone(
  at: string,
  client: string,
  status: number,
  why: string,
): RequestEvent {
  return {
    kind: "request",
    hop: "load-balancer",
    id: "-",
    at,
    client,
    method: "-",
    host: "-",
    path: "-",
    protocol: "HTTP/1.1",
    status,
    milliseconds: 0,
    why,
  };
}
