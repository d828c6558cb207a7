/** One request at a load balancer: from its head to the line in the access log. */
import { randomBytes } from "node:crypto";
import { ServerResponse } from "node:http";
import { isLoopbackName, standsFor } from "../addresses";
import type { Connection, Request, Response, Upgrade } from "../http/acceptor";
import { type Header, pairs, size, splitHost } from "../http/headers";
import { authorityOf, protocolOf, reply } from "../http/reply";
import type { Listener, LoadBalancer } from "../../../topology/types";
import type { LogEntry } from "./accessLog";
import { ownAnswer } from "./answers";
import type { Arrival } from "./headers";
import type { RuleSubject } from "./rules";
import type { TargetPool } from "./targets";

/** What every visit at a listener shares. */
export interface Site {
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  /** The port it is served on here, which stands for the listener's own. */
  readonly localPort: number;
  /** Local port by listener port, for all that is open. */
  readonly ports: ReadonlyMap<number, number>;
  /** Targets by target group ARN. */
  readonly pools: ReadonlyMap<string, TargetPool>;
  /** Address of the load balancer's node, as logs show it. */
  readonly nodeAddress: string;
  readonly callerAddress?: string;
  /** Name that `localhost` and loopback addresses stand for; undefined: nothing is replaced. */
  readonly frontName?: string;
  certificateArn(servername: string | undefined): string | undefined;
}

const tracePart = (bytes: number): string => randomBytes(bytes).toString("hex");

/** What the access log says beyond the request itself. */
type VisitLog = {
  -readonly [
    K in
      | "action"
      | "target"
      | "targetStatus"
      | "targetGroupArn"
      | "redirectUrl"
      | "times"
      | "targetError"
  ]?: LogEntry[K];
};

/** A request with what becomes of it. */
export class Visit {
  readonly started = new Date();
  readonly headers: readonly Header[];
  readonly arrival: Arrival;
  readonly subject: RuleSubject;
  readonly path: string;
  readonly protocol: "HTTP/1.0" | "HTTP/1.1" | "HTTP/2";
  /** Ends what was sent on when the client goes away. */
  readonly gone = new AbortController();
  status = 0;
  sentBytes = 0;
  receivedBytes = 0;
  priority = -1;
  why?: string;
  log: VisitLog = {};

  constructor(
    readonly site: Site,
    readonly request: Request,
    readonly response: Response,
    readonly connection: Connection,
    readonly upgrade?: Upgrade,
  ) {
    const { listener, localPort } = site;
    this.protocol = protocolOf(request);
    this.headers = pairs(request.rawHeaders);
    this.receivedBytes = size(this.headers) + (request.url?.length ?? 0) + 16;
    request.on("data", (chunk: Buffer) => {
      this.receivedBytes += chunk.length;
    });
    // The listener waits for whoever reads the body.
    request.pause();
    response.on("close", () => {
      if (!response.writableFinished) this.gone.abort();
    });
    const clientAddress = standsFor(connection.address, site.callerAddress);
    this.arrival = {
      clientAddress,
      clientPort: connection.port,
      protocol: listener.protocol === "HTTPS" ? "https" : "http",
      port: listener.port,
      tls: connection.secure,
      traceId: `1-${Math.floor(Date.now() / 1000).toString(16)}-${tracePart(12)}`,
    };
    const target = request.url ?? "/";
    // An absolute URL as request target is allowed; rules look at its path.
    this.path = target.startsWith("/") ? target : target.replace(/^[a-z]+:\/\/[^/]*/i, "") || "/";
    const [path, query] = split(this.path, "?");
    this.subject = {
      method: request.method ?? "GET",
      host: this.host(authorityOf(request), localPort),
      path,
      query,
      headers: this.headers,
      sourceIp: clientAddress,
    };
  }

  private host(authority: string, localPort: number): string {
    const { name, port } = splitHost(authority);
    const { frontName, listener } = this.site;
    const own = frontName !== undefined && isLoopbackName(name) ? frontName : name;
    // The local port stands for the listener's; a client of AWS would not have written it.
    const usual = listener.protocol === "HTTPS" ? 443 : 80;
    if (port === undefined || port === usual) return own;
    if (port !== localPort) return `${own}:${port}`;
    return listener.port === usual ? own : `${own}:${listener.port}`;
  }

  /**
   * Makes this the connection's last request, as `client_keep_alive.seconds` asks for: HTTP/1.1 says
   * so in the answer, HTTP/2 in a GOAWAY.
   */
  endConnection(): void {
    if (this.response instanceof ServerResponse) this.response.shouldKeepAlive = false;
    else this.response.stream.session?.close();
  }

  /** Answers with a status of the load balancer's own. */
  refuse(status: number, why: string): void {
    this.why = why;
    const { headers, body } = ownAnswer(status, this.site.listener);
    this.answer(status, headers, body);
  }

  /** Answers with a text. */
  answer(status: number, headers: readonly Header[], body: string): void {
    this.status = status;
    if (this.response.headersSent || this.response.destroyed) return;
    // What is left of the body is of no interest, but a client may insist on sending it.
    this.request.resume();
    this.sentBytes = size(headers) + reply(this.response, status, headers, body);
  }

  /** The line for the access log. */
  entry(connectionId: string): LogEntry {
    const { loadBalancer, listener } = this.site;
    const secure = this.connection.secure;
    const grpc = (this.request.headers["content-type"] ?? "").startsWith("application/grpc");
    const plain = secure ? "https" : "http";
    const { host } = this.subject;
    const port = splitHost(host).port ?? listener.port;
    return {
      type: this.upgrade
        ? secure
          ? "wss"
          : "ws"
        : this.protocol === "HTTP/2"
          ? grpc
            ? "grpcs"
            : "h2"
          : plain,
      created: this.started,
      done: new Date(),
      loadBalancer: loadBalancer.arn.split("loadbalancer/")[1] ?? loadBalancer.name,
      client: `${this.arrival.clientAddress}:${this.arrival.clientPort}`,
      // 460: the client closed the connection before the load balancer could answer.
      status: this.status === 0 ? 460 : this.status,
      receivedBytes: this.receivedBytes,
      sentBytes: this.sentBytes,
      method: this.subject.method,
      url: `${this.arrival.protocol}://${splitHost(host).name}:${port}${this.path}`,
      version: this.protocol === "HTTP/2" ? "HTTP/2.0" : this.protocol,
      userAgent: this.request.headers["user-agent"],
      cipher: secure?.cipher,
      tls: secure?.version,
      traceId: `Root=${this.arrival.traceId}`,
      domainName: secure?.servername,
      certificateArn: secure && this.site.certificateArn(secure.servername),
      priority: this.priority,
      connectionId,
      nodeAddress: this.site.nodeAddress,
      ...this.log,
    };
  }
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
