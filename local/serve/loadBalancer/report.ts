/** The events for finished requests at a load balancer. */
import type { RequestEvent } from "../events";
import { value } from "../http/headers";
import { preciseNow } from "./logFile";
import type { RequestContext } from "./requestContext";

/** The event of a finished request. */
export function loadBalancerRequestEvent(context: RequestContext): RequestEvent {
  const { target, targetStatus, targetGroupArn } = context.log;
  const pool = context.listenerContext.pools.get(targetGroupArn ?? "");
  const edgeId = value(context.headers, "x-amz-cf-id");
  return {
    kind: "request",
    hop: "load-balancer",
    id: context.received.traceId,
    ...(edgeId !== undefined && { edgeId }),
    at: context.listenerContext.loadBalancer.name,
    client: context.received.clientAddress,
    method: context.subject.method,
    host: context.subject.host,
    path: context.path,
    protocol: context.protocol,
    status: context.status,
    milliseconds: Math.round(preciseNow() - context.started),
    ...(target !== undefined &&
      targetStatus !== undefined && {
        sentTo: {
          address: target,
          protocol: pool?.group.protocolVersion === "HTTP1" ? "HTTP/1.1" : "HTTP/2",
        },
      }),
    ...(pool?.group.revision && { revision: pool.group.revision }),
    ...(context.why !== undefined && { why: context.why }),
  };
}

/** The event for bytes that were not a request. */
export function reportOfMalformed(
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
