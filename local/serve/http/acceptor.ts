/**
 * A listening port that decides who may connect before anything is read, then speaks TLS or not, and
 * HTTP/2 or HTTP/1.1, into one handler. Both CloudFront and load balancers are built on it.
 */
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import type tls from "node:tls";
import { plainAddress } from "../addresses";
import { contextOf, tlsServer, type TlsSettings } from "./tls";

export type Request = http.IncomingMessage | http2.Http2ServerRequest;
export type Response = http.ServerResponse | http2.Http2ServerResponse;

/** What is known of the connection a request came over. */
export interface Connection {
  /** The caller's loopback address. */
  readonly address: string;
  readonly port: number;
  readonly secure?: {
    readonly cipher: string;
    readonly version: string;
    readonly servername?: string;
  };
  /** True once the connection ended before the answer did. */
  readonly socket: net.Socket;
}

/** An HTTP/1.1 request to change protocol, with the bytes that came after it. */
export interface Upgrade {
  readonly socket: net.Socket;
  readonly head: Buffer;
}

export interface AcceptorOptions {
  readonly tls?: TlsSettings;
  /** Seconds a client connection may be idle. */
  readonly idleSeconds: number;
  /** Limit on all headers of a request, in bytes. */
  readonly maxHeaderBytes: number;
  /** False: the connection is reset at once. */
  readonly admits: (address: string) => boolean;
  readonly handle: (
    request: Request,
    response: Response,
    connection: Connection,
    upgrade?: Upgrade,
  ) => void;
  /** What is written to a client whose bytes are no HTTP: a whole HTTP/1.1 answer. */
  readonly malformed: (code: string) => string;
}

/** TLS's record type of a handshake, the first byte of every TLS connection. */
const tlsHandshake = 0x16;
/** Milliseconds without a request after which a port that is given up counts as quiet. */
const quietMs = 100;

/** A port; see the file's comment. */
export class Acceptor {
  private readonly sockets = new Set<net.Socket>();
  /** Requests under way, by HTTP/1.1 socket or HTTP/2 session. */
  private readonly waiting = new WeakMap<object, number>();
  /** Requests under way on all connections. */
  private underWay = 0;
  private lastRequest = 0;
  private readonly gate = net.createServer({ noDelay: true });
  private readonly http1: http.Server;
  private readonly http2: http2.Http2Server;
  private tls?: tls.Server;

  constructor(private options: AcceptorOptions) {
    this.http1 = http.createServer({ maxHeaderSize: options.maxHeaderBytes });
    // A client that waits for its answer is not idle: how long that may take is not up to this end.
    this.http1.on("timeout", (socket: net.Socket) => {
      if (!this.waiting.has(socket)) socket.destroy();
    });
    this.http1.on("request", (request, response) => {
      this.begin(request, response, request.socket);
      this.options.handle(request, response, connectionOf(request.socket));
    });
    this.http1.on("upgrade", (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
      // Answers that keep HTTP are written the usual way; the connection then ends.
      const response = new http.ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket);
      response.on("finish", () => {
        socket.end();
      });
      this.options.handle(request, response, connectionOf(socket), { socket, head });
    });
    this.http1.on("clientError", (error: NodeJS.ErrnoException, socket) => {
      if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
      else socket.end(this.options.malformed(error.code ?? ""));
    });
    this.http2 = http2.createServer({
      // "128 streams per client HTTP/2 connection", ALB user guide, target groups.
      settings: { maxConcurrentStreams: 128, maxHeaderListSize: options.maxHeaderBytes },
    });
    this.http2.on("timeout", (session: http2.Http2Session) => {
      if (!this.waiting.has(session)) session.close();
    });
    this.http2.on("request", (request, response) => {
      if (request.stream.session) this.begin(request, response, request.stream.session);
      this.options.handle(
        request,
        response,
        connectionOf(request.stream.session?.socket ?? request.socket),
      );
    });
    this.http2.on("sessionError", () => undefined);
    this.gate.on("connection", (socket) => {
      this.accept(socket);
    });
    this.renew(options);
  }

  /**
   * Changes all but the limit on headers. No connection ends: each sees the change with its next
   * request, and TLS with the next handshake.
   */
  renew(options: AcceptorOptions): void {
    this.options = options;
    const idle = options.idleSeconds * 1000;
    this.http1.timeout = idle;
    this.http1.keepAliveTimeout = idle;
    this.http2.setTimeout(idle);
    if (!options.tls) this.tls = undefined;
    else if (this.tls) this.tls.setSecureContext(contextOf(options.tls));
    else {
      const current = (): TlsSettings | undefined => this.options.tls;
      this.tls = tlsServer(options.tls, current, (socket) => {
        (socket.alpnProtocol === "h2" ? this.http2 : this.http1).emit("connection", socket);
      });
    }
  }

  /** Starts to listen; returns the port, which differs from the wish when that was 0. */
  listen(address: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.gate.once("error", reject);
      this.gate.listen(port, address, () => {
        this.gate.off("error", reject);
        resolve((this.gate.address() as net.AddressInfo).port);
      });
    });
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.gate.listening)
        this.gate.close(() => {
          resolve();
        });
      else resolve();
    });
    for (const socket of this.sockets) socket.destroy();
    this.http1.close();
    await closed;
  }

  /**
   * Stops listening, and ends the connections once no request has been under way for a moment.
   *
   * @param patience milliseconds after which requests are cut off
   */
  async retire(patience: number): Promise<void> {
    this.gate.close();
    const started = Date.now();
    const busy = (now: number): boolean =>
      this.underWay > 0 || now - Math.max(this.lastRequest, started) < quietMs;
    for (let now = started; busy(now) && now - started < patience; now = Date.now()) {
      await setTimeout(quietMs / 4);
    }
    await this.close();
  }

  private accept(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    if (!this.options.admits(plainAddress(socket.remoteAddress))) {
      socket.resetAndDestroy();
      return;
    }
    const secure = this.tls;
    if (!secure) {
      this.http1.emit("connection", socket);
      return;
    }
    socket.setTimeout(this.options.idleSeconds * 1000, () => socket.destroy());
    socket.once("data", (first: Buffer) => {
      socket.setTimeout(0);
      socket.pause();
      if (first[0] !== tlsHandshake) {
        socket.end(this.options.malformed("PLAIN_HTTP_TO_HTTPS_PORT"));
        return;
      }
      socket.unshift(first);
      secure.emit("connection", socket);
    });
  }

  /** Notes that a connection waits for an answer, until that is out. */
  private begin(request: Request, response: Response, connection: object): void {
    this.waiting.set(connection, (this.waiting.get(connection) ?? 0) + 1);
    this.underWay += 1;
    response.on("close", () => {
      this.underWay -= 1;
      this.lastRequest = Date.now();
      const left = (this.waiting.get(connection) ?? 1) - 1;
      if (left > 0) this.waiting.set(connection, left);
      else this.waiting.delete(connection);
    });
    // An answer may come before all of the body; what is left must not block the connection.
    response.on("finish", () => {
      request.unpipe();
      request.resume();
    });
  }
}

function connectionOf(socket: net.Socket | tls.TLSSocket): Connection {
  const base = {
    address: plainAddress(socket.remoteAddress),
    port: socket.remotePort ?? 0,
    socket,
  };
  // HTTP/2 hands out a proxy of its socket, of which `in` and `instanceof` know nothing.
  const secure = socket as Partial<tls.TLSSocket> & { servername?: string | false };
  if (!secure.getCipher || !secure.getProtocol) return base;
  // The type says that both are always there; after the other side has gone, they are not.
  const cipher = (secure.getCipher() as tls.CipherNameAndProtocol | undefined)?.name ?? "-";
  const version = secure.getProtocol() ?? "-";
  const { servername } = secure;
  return {
    ...base,
    secure: { cipher, version, servername: servername === false ? undefined : servername },
  };
}
