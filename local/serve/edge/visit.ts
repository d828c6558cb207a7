/** One viewer's request at CloudFront, with what becomes of it. */
import { ServerResponse } from "node:http";
import type { RequestEvent } from "../events";
import type { Connection, Request, Response, Upgrade } from "../http/acceptor";
import { Departure } from "../http/departure";
import type { Header } from "../http/headers";
import { answered, reply } from "../http/reply";
import { randomText } from "../random";
import { type EdgeRefusal, errorPage } from "./decisions";
import { ownHeaders } from "./headers";
import type { CacheResult, Outcome } from "./outcome";
import { type Viewer, type ViewerHook, viewerOf } from "./viewer";

/** A viewer's request, its connection and its viewer. */
export interface EdgeVisit {
  readonly request: Request;
  readonly response: Response;
  readonly connection: Connection;
  readonly upgrade?: Upgrade;
  readonly started: number;
  readonly viewer: Viewer;
  /** The name as the viewer wrote it, before a loopback name was replaced. */
  readonly called: string;
  readonly method: string;
  /** Path with the query string. */
  readonly path: string;
  readonly headers: readonly Header[];
  /** X-Amz-Cf-Id. */
  readonly requestId: string;
  /** How the viewer may come over HTTP/3, where it may. */
  altSvc?: string;
  /** Ends what was sent on when the viewer goes away. */
  readonly gone: Departure;
  status: number;
  /** What X-Cache said. */
  result: CacheResult;
  why?: string;
  failure?: EdgeRefusal["failure"];
  sentTo?: RequestEvent["sentTo"];
  /** Bytes of the answer, head included. */
  sentBytes: number;
  /** When the answer began. */
  answered?: number;
  answerHeaders: readonly Header[];
}

/** A visit at its start; loopback names stand for `frontName`. */
export function startVisit(
  request: Request,
  response: Response,
  connection: Connection,
  o: {
    readonly callerAddress?: string;
    readonly frontName: string;
    readonly hook?: ViewerHook;
    readonly upgrade?: Upgrade;
  },
): EdgeVisit {
  const gone = new Departure();
  response.on("close", () => {
    if (!answered(response)) gone.abort();
  });
  const { viewer, called, headers } = viewerOf(request, connection, o);
  return {
    request,
    response,
    connection,
    upgrade: o.upgrade,
    gone,
    viewer,
    called,
    headers,
    started: Date.now(),
    method: request.method ?? "GET",
    path: (request.url ?? "/").replace(/^[a-z]+:\/\/[^/]*/i, "") || "/",
    requestId: randomText(42, "base64url"),
    status: 0,
    result: "Error",
    sentBytes: 0,
    answerHeaders: [],
  };
}

/** What is reported of a visit that is over. */
export function reportOf(visit: EdgeVisit, distributionId: string): RequestEvent {
  const { viewer, sentTo, why } = visit;
  return {
    kind: "request",
    hop: "cloudfront",
    id: visit.requestId,
    at: distributionId,
    client: viewer.address,
    method: visit.method,
    host: viewer.host,
    path: visit.path,
    protocol: viewer.protocol,
    status: visit.status,
    milliseconds: Date.now() - visit.started,
    ...(sentTo !== undefined && { sentTo }),
    ...(why !== undefined && { why }),
  };
}

/** Answers with a page of CloudFront's own. */
export function refuse(visit: EdgeVisit, { status, why }: EdgeRefusal): void {
  const headers: Header[] = [
    ["Server", "CloudFront"],
    ["Content-Type", "text/html"],
  ];
  answerHere(visit, { status, why }, "Error", headers, errorPage(status, visit.requestId));
}

/** The viewer stopped in the middle of the body, or what it sent as one was none. */
export function truncate(visit: EdgeVisit): void {
  if (visit.response instanceof ServerResponse) visit.response.shouldKeepAlive = false;
  refuse(visit, {
    status: 400,
    why: "the request's body is not what HTTP/1.1 allows, or incomplete",
  });
  visit.gone.abort();
}

/** Notes what becomes of a visit, from now on. */
export function settle(
  visit: EdgeVisit,
  { status, result, sentTo, why, failure }: Omit<Outcome, "headers" | "body">,
): void {
  visit.status = status;
  visit.result = result;
  visit.sentTo = sentTo;
  visit.why = why;
  visit.failure = failure;
  visit.answered = Date.now();
}

/** Answers without asking anybody. */
export function answerHere(
  visit: EdgeVisit,
  { status, why }: EdgeRefusal,
  result: CacheResult,
  headers: readonly Header[],
  body = "",
): void {
  if (visit.gone.aborted) return;
  settle(visit, { status, why, result });
  visit.answerHeaders = headers;
  visit.request.resume();
  if (visit.response.headersSent) return;
  visit.sentBytes = reply(visit.response, status, [...headers, ...ownHeaders(result, visit)], body);
}
