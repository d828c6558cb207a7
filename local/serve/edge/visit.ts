/** One viewer's request at CloudFront, with what becomes of it. */
import { randomBytes } from "node:crypto";
import { isLoopbackName, standsFor } from "../addresses";
import type { RequestEvent } from "../events";
import type { Connection, Request, Response, Upgrade } from "../http/acceptor";
import { splitHost } from "../http/headers";
import { authorityOf, protocolOf, reply } from "../http/reply";
import { type EdgeRefusal, errorPage } from "./decisions";
import { type Viewer, ownHeaders } from "./headers";

/** See the file's comment. */
export interface EdgeVisit {
  readonly request: Request;
  readonly response: Response;
  readonly upgrade?: Upgrade;
  readonly started: number;
  readonly viewer: Viewer;
  /** The name as the viewer wrote it, before a loopback name was replaced. */
  readonly called: string;
  readonly path: string;
  /** X-Amz-Cf-Id. */
  readonly requestId: string;
  /** Ends what was sent on when the viewer goes away. */
  readonly gone: AbortController;
  status: number;
  why?: string;
  sentTo?: string;
}

/** A visit at its start; loopback names stand for `frontName`. */
export function startVisit(
  request: Request,
  response: Response,
  connection: Connection,
  o: { callerAddress?: string; frontName: string; upgrade?: Upgrade },
): EdgeVisit {
  const called = splitHost(authorityOf(request)).name;
  const gone = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  return {
    request,
    response,
    upgrade: o.upgrade,
    started: Date.now(),
    called,
    viewer: {
      address: standsFor(connection.address, o.callerAddress),
      port: connection.port,
      scheme: connection.secure ? "https" : "http",
      protocol: protocolOf(request),
      host: isLoopbackName(called) ? o.frontName : called,
    },
    path: (request.url ?? "/").replace(/^[a-z]+:\/\/[^/]*/i, "") || "/",
    requestId: randomBytes(42).toString("base64url"),
    gone,
    status: 0,
  };
}

/** What is reported of a visit that is over. */
export function reportOf(visit: EdgeVisit, distributionId: string): RequestEvent {
  const { request, viewer, sentTo, why } = visit;
  return {
    kind: "request",
    hop: "cloudfront",
    id: visit.requestId,
    at: distributionId,
    client: viewer.address,
    method: request.method ?? "GET",
    host: viewer.host,
    path: visit.path,
    protocol: viewer.protocol,
    status: visit.status,
    milliseconds: Date.now() - visit.started,
    ...(sentTo !== undefined && { sentTo: { address: sentTo, protocol: "HTTP/1.1" } }),
    ...(why !== undefined && { why }),
  };
}

/** Answers with a page of CloudFront's own. */
export function refuse(visit: EdgeVisit, { status, why }: EdgeRefusal): void {
  if (visit.gone.signal.aborted) return;
  visit.status = status;
  visit.why = why;
  visit.request.resume();
  if (visit.response.headersSent) return;
  reply(
    visit.response,
    status,
    [
      ["Server", "CloudFront"],
      ["Content-Type", "text/html"],
      ...ownHeaders("Error", visit.requestId),
    ],
    errorPage(status, visit.requestId),
  );
}
