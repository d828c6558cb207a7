/** Input on a load balancer's connections: requests, and bytes that are none; all is logged. */
import { publicAddressOf } from "../addresses";
import type { Connection, Handshake, Request, Response, Upgrade } from "../http/acceptor";
import type { Listener } from "../../../topology/types";
import { randomText } from "../random";
import { handleRequest } from "./handleRequest";
import { writtenAnswer } from "./answers";
import { entryOf, entryOfMalformed } from "./entry";
import type { Logs } from "./logs";
import type { NodeOptions } from "./node";
import { loadBalancerRequestEvent, reportOfMalformed } from "./report";
import type { MalformedAnswer } from "./malformed";
import { type ListenerContext, RequestContext } from "./requestContext";

/** "HTTP 000": an HTTP/2 connection ends, with a GOAWAY, after this many requests. */
const maxRequests = 10_000;

/** Handles the requests on one load balancer's connections. */
export class Requests {
  private readonly connectionIds = new WeakMap<Connection, string>();
  /** Outstanding requests. */
  private readonly requests = new WeakMap<Request, RequestContext>();

  constructor(
    private readonly options: Pick<NodeOptions, "callerAddress" | "onEvent">,
    private readonly logs: Logs,
  ) {}

  /** A connection was established, or its handshake failed. */
  connected(listener: Listener, connection: Connection, handshake?: Handshake): void {
    const id = this.idOf(connection);
    this.logs.connection(connection, this.clientOf(connection), listener.port, id, handshake);
  }

  /** Answers a request; resolves when that has ended, and never rejects. */
  async context(
    listenerContext: ListenerContext,
    request: Request,
    response: Response,
    connection: Connection,
    upgrade?: Upgrade,
  ): Promise<void> {
    const context = new RequestContext(listenerContext, request, response, connection, upgrade);
    this.requests.set(request, context);
    const over = new Promise<void>((resolve) => {
      const done = (): void => {
        resolve();
      };
      response.on("close", done);
      upgrade?.socket.on("close", done);
    });
    const age = Date.now() - connection.since;
    const old = age > listenerContext.loadBalancer.clientKeepAliveSeconds * 1000;
    const full = context.protocol === "HTTP/2" && connection.requests >= maxRequests;
    if (old || full) context.endConnection();
    await handleRequest(context);
    await over;
    this.logs.request(entryOf(context, this.idOf(connection)));
    this.options.onEvent(loadBalancerRequestEvent(context));
  }

  /** The client stopped in the middle of a request's body. */
  truncate(request: Request): void {
    this.requests.get(request)?.truncate();
  }

  /** Answers input that is not a request; returns what to write. */
  answerMalformed(
    listenerContext: ListenerContext,
    connection: Connection,
    { status, why, classification }: MalformedAnswer,
    received: Buffer = Buffer.alloc(0),
  ): string {
    const written = writtenAnswer(status, listenerContext.listener, received);
    const client = this.clientOf(connection);
    const answered = { status, classification, sent: Buffer.byteLength(written) };
    this.logs.request(
      entryOfMalformed(listenerContext, connection, this.idOf(connection), client, answered),
    );
    this.options.onEvent(reportOfMalformed(listenerContext.loadBalancer.name, client, status, why));
    return written;
  }

  /** A connection's type in logs. */
  private idOf(connection: Connection): string {
    const id = this.connectionIds.get(connection) ?? `TID_${randomText(16, "hex")}`;
    this.connectionIds.set(connection, id);
    return id;
  }

  /** The client's address as AWS would see it. */
  private clientOf({ address }: Connection): string {
    return publicAddressOf(address, this.options.callerAddress);
  }
}
