/** One viewer's request at CloudFront, and its outcome. */
import { ServerResponse } from "node:http";
import type { RequestEvent } from "../events";
import type { Connection, Request, Response, Upgrade } from "../http/acceptor";
import { ClientAbort } from "../http/clientAbort";
import type { Header } from "../http/headers";
import { answered, reply } from "../http/reply";
import { randomText } from "../random";
import { type EdgeRefusal, errorPage } from "./decisions";
import { edgeHeaders } from "./headers";
import type { CacheResult, Outcome } from "./outcome";
import { type Viewer, type ViewerHook, viewerOf } from "./viewer";

/** A viewer's request, its connection and its viewer. */
export interface EdgeRequestContext {
  readonly request: Request;
  readonly response: Response;
  readonly connection: Connection;
  readonly upgrade?: Upgrade;
  readonly started: number;
  readonly viewer: Viewer;
  /** The name as the viewer wrote it, before a loopback name was replaced. */
  readonly requestedHost: string;
  readonly method: string;
  /** Path with the query string. */
  readonly path: string;
  readonly headers: readonly Header[];
  /** X-Amz-Cf-Id. */
  readonly requestId: string;
  /** The value of Alt-Svc, if the viewer may use HTTP/3. */
  altSvc?: string;
  /** Aborts the forwarded request when the viewer disconnects. */
  readonly clientAbort: ClientAbort;
  status: number;
  /** The value of X-Cache. */
  result: CacheResult;
  why?: string;
  failure?: EdgeRefusal["failure"];
  sentTo?: RequestEvent["sentTo"];
  /** Bytes of the response, including its head. */
  sentBytes: number;
  /** When the response began. */
  respondedAt?: number;
  responseHeaders: readonly Header[];
}

/** A request at its start; loopback names are replaced by `frontName`. */
export function startRequest(
  request: Request,
  response: Response,
  connection: Connection,
  o: {
    readonly callerAddress?: string;
    readonly frontName: string;
    readonly hook?: ViewerHook;
    readonly upgrade?: Upgrade;
  },
): EdgeRequestContext {
  const clientAbort = new ClientAbort();
  response.on("close", () => {
    if (!answered(response)) clientAbort.abort();
  });
  const { viewer, requestedHost, headers } = viewerOf(request, connection, o);
  return {
    request,
    response,
    connection,
    upgrade: o.upgrade,
    clientAbort,
    viewer,
    requestedHost,
    headers,
    started: Date.now(),
    method: request.method ?? "GET",
    path: (request.url ?? "/").replace(/^[a-z]+:\/\/[^/]*/i, "") || "/",
    requestId: randomText(42, "base64url"),
    status: 0,
    result: "Error",
    sentBytes: 0,
    responseHeaders: [],
  };
}

/** The event for a finished request. */
export function edgeRequestEvent(
  context: EdgeRequestContext,
  distributionId: string,
): RequestEvent {
  const { viewer, sentTo, why } = context;
  return {
    kind: "request",
    hop: "cloudfront",
    id: context.requestId,
    at: distributionId,
    client: viewer.address,
    method: context.method,
    host: viewer.host,
    path: context.path,
    protocol: viewer.protocol,
    status: context.status,
    milliseconds: Date.now() - context.started,
    ...(sentTo !== undefined && { sentTo }),
    ...(why !== undefined && { why }),
  };
}

/** Answers with CloudFront's own error page. */
export function refuse(context: EdgeRequestContext, { status, why }: EdgeRefusal): void {
  const headers: Header[] = [
    ["Server", "CloudFront"],
    ["Content-Type", "text/html"],
  ];
  respondFromEdge(context, { status, why }, "Error", headers, errorPage(status, context.requestId));
}

/** The viewer stopped in the middle of the body, or the body was invalid. */
export function truncate(context: EdgeRequestContext): void {
  if (context.response instanceof ServerResponse) context.response.shouldKeepAlive = false;
  refuse(context, {
    status: 400,
    why: "the request's body is not what HTTP/1.1 allows, or incomplete",
  });
  context.clientAbort.abort();
}

/** Records the outcome of a request from now on. */
export function recordOutcome(
  context: EdgeRequestContext,
  { status, result, sentTo, why, failure }: Omit<Outcome, "headers" | "body">,
): void {
  context.status = status;
  context.result = result;
  context.sentTo = sentTo;
  context.why = why;
  context.failure = failure;
  context.respondedAt = Date.now();
}

/** Answers directly, without cache or origin. */
export function respondFromEdge(
  context: EdgeRequestContext,
  { status, why }: EdgeRefusal,
  result: CacheResult,
  headers: readonly Header[],
  body = "",
): void {
  if (context.clientAbort.aborted) return;
  recordOutcome(context, { status, why, result });
  context.responseHeaders = headers;
  context.request.resume();
  if (context.response.headersSent) return;
  context.sentBytes = reply(
    context.response,
    status,
    [...headers, ...edgeHeaders(result, context)],
    body,
  );
}
