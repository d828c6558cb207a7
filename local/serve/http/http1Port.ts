/** The HTTP/1 side of a port: requests, upgrades, and malformed input. */
import http from "node:http";
import type net from "node:net";
import { type AcceptorOptions, wireErrors } from "./acceptorOptions";
import type { Connection } from "./connection";
import { inRaw } from "./headers";

/** Called when a request begins, and when its response is written or aborted. */
export interface Count {
  readonly begins: () => void;
  readonly ends: () => void;
}

interface Pending {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
}

/** Serves the HTTP/1 connections of a port. */
export class Http1Port {
  private readonly server: http.Server;
  private readonly connections = new WeakMap<object, Connection>();
  /** Requests that wait for their response, by socket: the first of the pipelined ones. */
  private readonly waiting = new WeakMap<object, Pending[]>();
  /** Sockets that got their last response: everything else that arrives on them is dropped. */
  private readonly refused = new WeakSet<object>();

  constructor(
    maxHeaderSize: number,
    private readonly options: () => AcceptorOptions,
    private readonly count: Count,
  ) {
    this.server = http.createServer({
      maxHeaderSize,
      // Checked below, so that the response is AWS's and not Node's.
      requireHostHeader: false,
      // Only the idle timeout limits how long a body takes.
      requestTimeout: 0,
    });
    const handle = (request: http.IncomingMessage, response: http.ServerResponse): void => {
      const connection = this.connections.get(request.socket);
      if (connection) this.handle(request, response, connection);
    };
    this.server.on("request", handle);
    this.server.on("checkExpectation", handle);
    this.server.on("upgrade", (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
      this.upgrade(request, socket, head);
    });
    this.server.on("connect", (_request, socket: net.Socket) => {
      this.refuse(socket, wireErrors.connect);
    });
    this.server.on("timeout", (socket: net.Socket) => {
      this.onIdle(socket);
    });
    this.server.on("clientError", (error: NodeJS.ErrnoException, socket: net.Socket) => {
      this.unreadable(error, socket);
    });
  }

  /** Milliseconds without a byte after which a connection is idle. */
  idle(milliseconds: number): void {
    this.server.timeout = milliseconds;
    this.server.keepAliveTimeout = milliseconds;
  }

  /** Reads requests from a connection. */
  take(connection: Connection): void {
    this.connections.set(connection.socket, connection);
    this.server.emit("connection", connection.socket);
  }

  /** Stops the timers of the server; the acceptor ends the connections. */
  close(): void {
    this.server.close();
  }

  private handle(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    connection: Connection,
  ): void {
    const { socket } = connection;
    if (this.refused.has(socket)) return;
    const hosts = inRaw(request.rawHeaders, "host").count;
    if (hosts > 1 || (hosts === 0 && request.httpVersion === "1.1")) {
      this.refuse(socket, wireErrors.host);
      return;
    }
    connection.requests += 1;
    const queue = this.waiting.get(socket) ?? [];
    const pending = { request, response };
    queue.push(pending);
    this.waiting.set(socket, queue);
    this.count.begins();
    response.on("close", () => {
      this.count.ends();
      queue.splice(queue.indexOf(pending), 1);
      connection.bytesSettled = socket.bytesRead;
    });
    // A response may end before the body has arrived; the rest must not block the connection.
    response.on("finish", () => {
      request.unpipe();
      request.resume();
    });
    this.options().handle(request, response, connection);
  }

  private upgrade(request: http.IncomingMessage, socket: net.Socket, head: Buffer): void {
    const connection = this.connections.get(socket);
    if (!connection) return;
    connection.requests += 1;
    // Responses that stay HTTP are written as usual; then the connection ends.
    const response = new http.ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.on("finish", () => {
      socket.end();
    });
    this.options().handle(request, response, connection, { socket, head });
  }

  /** A client that waits for its response is not idle: the time for that is not limited here. */
  private onIdle(socket: net.Socket): void {
    if ((this.waiting.get(socket)?.length ?? 0) > 0) return;
    const connection = this.connections.get(socket);
    const { requestTimeout: starved } = this.options();
    const owes =
      connection &&
      (connection.requests === 0 || socket.bytesRead > connection.bytesSettled) &&
      !this.refused.has(socket);
    if (!owes || !starved) {
      socket.destroy();
      return;
    }
    this.refused.add(socket);
    socket.end(starved(connection), () => socket.destroy());
  }

  private unreadable(error: NodeJS.ErrnoException, socket: net.Socket): void {
    if (this.refused.has(socket)) return;
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const [pending] = this.waiting.get(socket) ?? [];
    if (!pending) {
      this.refuse(socket, error.code ?? "", (error as { rawPacket?: Buffer }).rawPacket);
      return;
    }
    const { request, response } = pending;
    const { truncated } = this.options();
    this.refused.add(socket);
    // What is wrong with a request that came after this one can be said after its answer only;
    // to end the connection there is what RFC 9112, 9.3.2 asks for.
    if (request.complete || !truncated) {
      socket.destroySoon();
      return;
    }
    truncated(request);
    // Later requests could not be distinguished from the rest of this body.
    if (response.writableFinished) socket.end();
    else response.on("finish", () => socket.end());
  }

  /** Answers input that is not a request, and ends the connection. */
  private refuse(socket: net.Socket, code: string, bytes: Buffer = Buffer.alloc(0)): void {
    const connection = this.connections.get(socket);
    if (!connection) return;
    this.refused.add(socket);
    socket.end(this.options().malformed(code, connection, bytes));
    // Unread bytes would turn the end of the connection into a reset, and the response could be
    // lost.
    socket.resume();
  }
}
