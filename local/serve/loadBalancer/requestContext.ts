/** One request at a load balancer, with its outcome so far. */
import { randomUUID } from "node:crypto";
import { ServerResponse } from "node:http";
import { isLoopbackName, publicAddressOf } from "../addresses";
import type { Connection, Request, Response, Upgrade } from "../http/acceptor";
import { ClientAbort } from "../http/clientAbort";
import { type Header, pairs, size, splitHost, value } from "../http/headers";
import { answered, authorityOf, protocolOf, reply } from "../http/reply";
import type { Listener, LoadBalancer } from "../../../topology/types";
import type { LogEntry } from "./accessLog";
import { ownAnswer } from "./answers";
import type { ClaimSigner } from "./claims";
import type { Classification } from "./desync";
import type { ReceivedRequest } from "./headers";
import { preciseNow } from "./logFile";
import type { TargetPool } from "./pool";
import type { RuleSubject } from "../../../topology/matching";

/** What all requests at a listener share. */
export interface ListenerContext {
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  /** The local port, which represents the listener's own. */
  readonly localPort: number;
  /** Local port by listener port, for all open listeners. */
  readonly ports: ReadonlyMap<number, number>;
  /** Targets by target group ARN. */
  readonly pools: ReadonlyMap<string, TargetPool>;
  /** Address of the load balancer's node, as logs show it. */
  readonly nodeAddress: string;
  readonly callerAddress?: string;
  /** Name that replaces `localhost` and loopback addresses; undefined: nothing is replaced. */
  readonly frontName?: string;
  readonly certificateArn: (servername: string | undefined) => string | undefined;
  readonly signIn: SignInMeans;
}

/** What a load balancer needs to let users sign in. */
export interface SignInMeans {
  /** Certificates that an identity provider's may be signed by, in addition to the public ones. */
  readonly trusted: readonly string[];
  /** Why the load balancer cannot connect to a provider's port; undefined: it can. */
  readonly closedTo: (port: number) => string | undefined;
  readonly signer: () => ClaimSigner;
}

/** What the access log says in addition to the request itself. */
type RequestLog = {
  -readonly [
    K in
      | "actions"
      | "target"
      | "targetStatus"
      | "targetGroupArn"
      | "redirectUrl"
      | "times"
      | "targetError"
      | "transformed"
      | "errorReason"
  ]?: LogEntry[K];
};

/** A request with its outcome. */
export class RequestContext {
  /** Milliseconds since 1970, with a fraction. */
  readonly started = preciseNow();
  readonly headers: readonly Header[];
  readonly received: ReceivedRequest;
  readonly subject: RuleSubject;
  /** With the query string. */
  readonly path: string;
  readonly protocol: "HTTP/1.0" | "HTTP/1.1" | "HTTP/2";
  /** Aborts the forwarded request when the client disconnects. */
  readonly clientAbort = new ClientAbort();
  status = 0;
  sentBytes = 0;
  receivedBytes = 0;
  /** As in the access log. */
  priority?: number;
  classification?: Classification;
  /** True: this request ends its connections, the client's and the target's. */
  last = false;
  why?: string;
  /** Claims of the user, for the target; undefined where nobody is asked to sign in. */
  claims?: readonly Header[];
  log: RequestLog = {};

  constructor(
    readonly listenerContext: ListenerContext,
    readonly request: Request,
    readonly response: Response,
    readonly connection: Connection,
    readonly upgrade?: Upgrade,
  ) {
    const { listener, localPort } = listenerContext;
    this.protocol = protocolOf(request);
    this.headers = pairs(request.rawHeaders);
    this.receivedBytes = size(this.headers) + (request.url?.length ?? 0) + 16;
    request.on("data", (chunk: Buffer) => {
      this.receivedBytes += chunk.length;
    });
    // The listener waits until the body is read.
    request.pause();
    response.on("close", () => {
      if (!answered(response)) this.clientAbort.abort();
    });
    const clientAddress = publicAddressOf(connection.address, listenerContext.callerAddress);
    this.received = {
      clientAddress,
      clientPort: connection.port,
      protocol: listener.protocol === "HTTPS" ? "https" : "http",
      port: listener.port,
      tls: connection.secure,
      traceId: newTraceId(),
    };
    const { path, authority } = targetOf(request.url ?? "/");
    this.path = path;
    const query = path.indexOf("?");
    this.subject = {
      method: request.method ?? "GET",
      host: this.host(authority ?? authorityOf(request), localPort),
      path: query < 0 ? path : path.slice(0, query),
      query: query < 0 ? "" : path.slice(query + 1),
      headers: this.headers,
      sourceIp: clientAddress,
    };
  }

  private host(authority: string, localPort: number): string {
    const { name, port } = splitHost(authority);
    const { frontName, listener } = this.listenerContext;
    const own = frontName !== undefined && isLoopbackName(name) ? frontName : name;
    // The local port represents the listener's; a client of AWS would not have written it.
    const usual = listener.protocol === "HTTPS" ? 443 : 80;
    if (port === undefined || port === usual) return own;
    if (port !== localPort) return `${own}:${port}`;
    return listener.port === usual ? own : `${own}:${listener.port}`;
  }

  /**
   * Makes this the connection's last request, as `client_keep_alive.seconds` requires: HTTP/1.1
   * says so in the response, HTTP/2 in a GOAWAY.
   */
  endConnection(): void {
    if (this.response instanceof ServerResponse) this.response.shouldKeepAlive = false;
    else this.response.stream.session?.close();
  }

  /** Answers with one of the load balancer's own statuses. */
  refuse(status: number, why: string): void {
    const { headers, body } = ownAnswer(status, this.listenerContext.listener);
    this.answer(status, headers, body, why);
  }

  /** Answers with a text. Does nothing once a response has begun. */
  answer(status: number, headers: readonly Header[], body: string, why: string): void {
    if (this.response.headersSent || this.response.destroyed) return;
    this.status = status;
    this.why = why;
    if (this.last) this.endConnection();
    // The rest of the body is not needed, but a client may insist on sending it.
    this.request.resume();
    this.sentBytes = size(headers) + reply(this.response, status, headers, body);
  }

  /** The client stopped in the middle of the body, or sent an invalid one. */
  truncate(): void {
    this.last = true;
    this.refuse(400, "the request's body ended before it was complete");
    this.clientAbort.abort();
  }
}

/** `1-<8 hex>-<24 hex>`: the time in seconds, and random digits. */
function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  // Node keeps a cache of these random values, which makes this the fastest way.
  return `1-${seconds}-${randomUUID().replaceAll("-", "").slice(0, 24)}`;
}

/**
 * A request target's path, and the authority of an absolute one, which Host gives way to (RFC 9112,
 * 3.2.2).
 */
function targetOf(url: string): { readonly path: string; readonly authority?: string } {
  if (url.startsWith("/")) return { path: url };
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/is.exec(url);
  if (!absolute) return { path: url };
  const [, authority = "", rest = ""] = absolute;
  return { path: rest.startsWith("/") ? rest : `/${rest}`, authority: authority || undefined };
}

/** True for a request to become a WebSocket; other upgrades are ignored. */
export function wantsWebSocket({
  upgrade,
  headers,
}: Pick<RequestContext, "upgrade" | "headers">): boolean {
  if (upgrade === undefined) return false;
  return /(^|,)\s*websocket\s*(,|$)/i.test(value(headers, "upgrade") ?? "");
}
