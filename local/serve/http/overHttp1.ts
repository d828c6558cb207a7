/** HTTP/1.1 connections to one place, each kept for the next request. */
import http from "node:http";
import type net from "node:net";
import type { Duplex } from "node:stream";
import type { ClientAbortSignal } from "./clientAbort";
import { type Answer, ExchangeFailure, type Outgoing } from "./exchange";
import { flat, pairs } from "./headers";

/** The response to an upgrade: the protocol has changed. */
export interface Switched {
  readonly headers: readonly (readonly [string, string])[];
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Key of all connections; Node's own is made of two dozen options. */
const place = "place";
/** The response's headers that are read; load balancers accept half as much from targets. */
const maxHeaderSize = 64 * 1024;

/** Connections that were opened by somebody else, and kept while they are idle. */
export class Http1Connections {
  private readonly agent: http.Agent;
  /** The connection for the next request. */
  private opened?: net.Socket;

  /** @param idleSeconds seconds an idle connection is kept */
  constructor(idleSeconds: number) {
    this.agent = Object.assign(new http.Agent({ keepAlive: true, timeout: idleSeconds * 1000 }), {
      getName: () => place,
      createConnection: () => {
        const socket = this.opened;
        this.opened = undefined;
        return socket;
      },
    });
  }

  /** True if a connection is idle. */
  get idle(): boolean {
    return this.agent.freeSockets[place]?.some((socket) => !socket.destroyed) ?? false;
  }

  /**
   * Sends a request and resolves with the response's head, or with the switched connection if the
   * request asked for an upgrade and got it.
   *
   * @param opened a new connection; without one there must be an idle one
   * @throws {ExchangeFailure}
   */
  send(
    outgoing: Outgoing,
    readSeconds: number,
    clientAbort: ClientAbortSignal,
    o: { readonly upgrade?: string; readonly opened?: net.Socket } = {},
  ): Promise<Answer | Switched> {
    this.opened = o.opened;
    try {
      return exchange(this.agent, outgoing, readSeconds, clientAbort, o.upgrade);
    } finally {
      // A connection has become idle in the meantime, and was used.
      this.opened?.destroy();
      this.opened = undefined;
    }
  }

  /** Ends the idle connections now, and others when they would become idle. */
  retire(): void {
    this.agent.maxFreeSockets = 0;
    for (const socket of this.agent.freeSockets[place] ?? []) socket.destroy();
  }

  /** Ends every connection. */
  close(): void {
    this.agent.destroy();
  }
}

function exchange(
  agent: http.Agent,
  outgoing: Outgoing,
  readSeconds: number,
  clientAbort: ClientAbortSignal,
  upgrade?: string,
): Promise<Answer | Switched> {
  return new Promise((resolve, reject) => {
    const headers: [string, string][] = [["Host", outgoing.authority]];
    for (const [name, value] of outgoing.headers) headers.push([name, value]);
    if (upgrade !== undefined) headers.push(["Connection", "Upgrade"], ["Upgrade", upgrade]);
    else headers.push(["Connection", outgoing.last === true ? "close" : "keep-alive"]);
    const framed = outgoing.headers.some(([n]) => n.toLowerCase() === "content-length");
    if (outgoing.hasBody && !framed) headers.push(["Transfer-Encoding", "chunked"]);

    const request = http.request({
      agent,
      method: outgoing.method,
      path: outgoing.path,
      headers: flat(headers) as unknown as http.OutgoingHttpHeaders,
      setHost: false,
      maxHeaderSize,
    });
    const abort = (): void => {
      request.destroy(new Error("the client ended the connection"));
    };
    clientAbort.on(abort);
    let answering: http.IncomingMessage | undefined;
    request.once("close", () => {
      clientAbort.off(abort);
    });
    const fail = (failure: ExchangeFailure): void => {
      reject(failure);
      request.destroy();
    };
    request.setTimeout(readSeconds * 1000, () => {
      fail(new ExchangeFailure("read-timeout", `no answer within ${readSeconds} s`));
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      // Node ends a response silently if what follows its head is not HTTP.
      answering?.destroy(error);
      fail(failureOf(error, request.reusedSocket));
    });
    request.on("response", (response) => {
      answering = response;
      resolve({
        status: response.statusCode ?? 502,
        reason: response.statusMessage,
        headers: pairs(response.rawHeaders),
        body: response,
        trailers: () => pairs(response.rawTrailers),
      });
    });
    request.on("upgrade", (response, socket, head) => {
      resolve({ headers: pairs(response.rawHeaders), socket, head });
    });
    if (outgoing.hasBody) {
      outgoing.body.on("error", () => request.destroy());
      outgoing.body.pipe(request);
    } else request.end();
  });
}

function failureOf({ code, message }: NodeJS.ErrnoException, reused: boolean): ExchangeFailure {
  return code?.startsWith("HPE_") === true
    ? new ExchangeFailure("malformed", message, { reused })
    : new ExchangeFailure("closed", `the connection ended: ${message}`, { reused });
}
