/**
 * A listening port that decides who may connect before anything is read, then speaks TLS or not,
 * and HTTP/2 or HTTP/1.1, into one handler. Both CloudFront and load balancers are built on it.
 */
import http2 from "node:http2";
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import type tls from "node:tls";
import { closeServer, listenOn } from "../tasks/listening";
import { plainAddress } from "../addresses";
import { rejectConnection } from "../rejectConnection";
import { type AcceptorOptions, type Connection, wireErrors } from "./acceptorOptions";
import { connectionOf } from "./connection";
import { Http1Port } from "./http1Port";
import { contextOf, tlsServer, type TlsSettings } from "./tls";

export type {
  AcceptorOptions,
  Connection,
  Handshake,
  Request,
  Response,
  Upgrade,
} from "./acceptorOptions";

/** TLS's record type of a handshake, the first byte of every TLS connection. */
const tlsHandshake = 0x16;
/** How long a closing port waits between two looks, in milliseconds. */
const lookMs = 25;
/**
 * After how many looks without a request it counts as idle. Time alone would not do: after a pause of
 * the process, timers run before what has arrived is read.
 */
const quietLooks = 4;

/** A client that has ended its side may still wait for a response, such as a 400. */
const gate = (accept: (socket: net.Socket) => void): net.Server =>
  net.createServer({ noDelay: true, allowHalfOpen: true }, accept);

/** A listening port and its outstanding requests. */
export class Acceptor {
  private readonly sockets = new Set<net.Socket>();
  /** Outstanding requests, by HTTP/2 session. */
  private readonly waiting = new WeakMap<object, number>();
  /** Outstanding requests and TLS handshakes on all connections. */
  private underWay = 0;
  /** How many have ended. */
  private endings = 0;
  private readonly gate = gate((socket) => {
    this.accept(socket);
  });
  /** The same port on further addresses. */
  private readonly others: net.Server[] = [];
  private readonly http1: Http1Port;
  private readonly http2: http2.Http2Server;
  /** By HTTP/2 session. */
  private readonly connections = new Map<http2.Http2Session, Connection>();
  private tls?: tls.Server;
  /** Whether that asks clients for certificates. */
  private asks = false;

  constructor(private options: AcceptorOptions) {
    this.http1 = new Http1Port(options.maxHeaderBytes, () => this.options, {
      begins: () => (this.underWay += 1),
      ends: () => {
        this.ended();
      },
    });
    this.http2 = http2.createServer({
      // "128 streams per client HTTP/2 connection", ALB user guide, target groups.
      settings: { maxConcurrentStreams: 128, maxHeaderListSize: options.maxHeaderBytes },
    });
    this.http2.on("timeout", (session: http2.Http2Session) => {
      if (!this.waiting.has(session)) session.close();
    });
    const handle = (
      request: http2.Http2ServerRequest,
      response: http2.Http2ServerResponse,
    ): void => {
      const { session } = request.stream;
      const connection = session && this.connections.get(session);
      if (!session || !connection) return;
      connection.requests += 1;
      this.beginStream(request, response, session);
      this.options.handle(request, response, connection);
    };
    this.http2.on("request", handle);
    // "Expect: 100-continue" is not supported over HTTP/2, ALB user guide, listeners.
    this.http2.on("checkContinue", handle);
    this.http2.on("sessionError", () => undefined);
    this.renew(options);
  }

  /**
   * Changes everything except the limit on headers. Each connection uses the change from its next
   * request, and TLS from the next handshake. Only HTTP/2 that is not offered any more ends, after
   * the requests that are under way: clients would go on with it for as long as they like.
   */
  renew(options: AcceptorOptions): void {
    this.options = options;
    this.http1.idle(options.idleSeconds * 1000);
    this.http2.setTimeout(options.idleSeconds * 1000);
    for (const [session, { secure }] of this.connections) {
      if (options.tls?.http2(secure?.servername) !== true) session.close();
    }
    const asks = options.tls?.asks === true;
    if (!options.tls) this.tls = undefined;
    // Whether a server asks for certificates cannot be changed.
    else if (this.tls && this.asks === asks) this.tls.setSecureContext(contextOf(options.tls));
    else {
      this.asks = asks;
      const current = (): TlsSettings | undefined => this.options.tls;
      this.tls = tlsServer(options.tls, current, {
        secured: (socket, milliseconds) => {
          this.secured(socket, milliseconds);
        },
        failed: (socket, handshake) => {
          this.ended();
          this.options.connected?.(connectionOf(socket), handshake);
        },
      });
    }
  }

  /** Starts to listen and returns the port, which differs from the requested one if that was 0. */
  async listen(address: string, port: number): Promise<number> {
    await listenOn(this.gate, port, address);
    return (this.gate.address() as net.AddressInfo).port;
  }

  /** Listens on another address too. @throws the operating system's error */
  async listenToo(address: string, port: number): Promise<void> {
    const other = gate((socket) => {
      this.accept(socket);
    });
    await listenOn(other, port, address);
    this.others.push(other);
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    const listening = [this.gate, ...this.others].filter((one) => one.listening);
    const closed = Promise.all(listening.map(closeServer));
    for (const socket of this.sockets) socket.destroy();
    this.http1.close();
    await closed;
  }

  /**
   * Stops listening, and ends the connections once there has been no request for a moment.
   *
   * @param patience milliseconds after which requests are aborted
   */
  async retire(patience: number): Promise<void> {
    const started = Date.now();
    // Clients that have connected already are still to be accepted.
    await setTimeout(lookMs);
    for (const one of [this.gate, ...this.others]) one.close();
    for (let quiet = 0; quiet < quietLooks && Date.now() - started < patience;) {
      const before = this.endings;
      await setTimeout(lookMs);
      quiet = this.underWay > 0 || this.endings !== before ? 0 : quiet + 1;
    }
    await this.close();
  }

  private accept(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    if (!this.options.admits(plainAddress(socket.remoteAddress))) {
      rejectConnection(socket, this.options.notAdmitted);
      return;
    }
    const secure = this.tls;
    if (!secure) {
      const connection = connectionOf(socket);
      this.options.connected?.(connection);
      this.http1.take(connection);
      return;
    }
    const leave = (): void => {
      socket.destroy();
    };
    socket.setTimeout(this.options.idleSeconds * 1000, leave);
    socket.once("end", leave);
    socket.once("data", (first: Buffer) => {
      socket.off("end", leave);
      socket.off("timeout", leave);
      socket.setTimeout(0);
      socket.pause();
      if (first[0] !== tlsHandshake) {
        const connection = connectionOf(socket);
        socket.end(this.options.malformed(wireErrors.plainHttp, connection, first));
        socket.resume();
        return;
      }
      socket.unshift(first);
      // In TLS there is nothing to send to a peer that has disconnected.
      socket.allowHalfOpen = false;
      this.underWay += 1;
      secure.emit("connection", socket);
    });
  }

  /** TLS is established: HTTP begins. */
  private secured(socket: tls.TLSSocket, milliseconds: number): void {
    this.ended();
    const connection = connectionOf(socket);
    this.options.connected?.(connection, { milliseconds });
    if (socket.alpnProtocol !== "h2") {
      this.http1.take(connection);
      return;
    }
    this.http2.once("session", (session: http2.ServerHttp2Session) => {
      this.connections.set(session, connection);
      session.on("close", () => this.connections.delete(session));
    });
    // Emits the session before it returns.
    this.http2.emit("connection", socket);
  }

  /** Records that a session waits for a response, until it is written. */
  private beginStream(
    request: http2.Http2ServerRequest,
    response: http2.Http2ServerResponse,
    session: object,
  ): void {
    this.waiting.set(session, (this.waiting.get(session) ?? 0) + 1);
    this.underWay += 1;
    response.on("close", () => {
      this.ended();
      const left = (this.waiting.get(session) ?? 1) - 1;
      if (left > 0) this.waiting.set(session, left);
      else this.waiting.delete(session);
    });
    // A response may end before the body has arrived; the rest must not keep the stream open. The
    // response itself finishes only with the stream, which waits for the body.
    response.stream.on("finish", () => {
      request.unpipe();
      request.resume();
    });
  }

  private ended(): void {
    this.underWay -= 1;
    this.endings += 1;
  }
}
