/** Sends requests to one target over HTTP/2, on as few connections as possible. */
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import type { ClientAbortSignal } from "./clientAbort";
import { type Answer, Failure, type Outgoing, type Timeouts } from "./exchange";
import { type Header, asObject, pairs } from "./headers";

export interface Http2Route extends Timeouts {
  readonly host: string;
  readonly port: number;
  /** Source address of the connection. */
  readonly localAddress: string;
  /** True for TLS. */
  readonly tls: boolean;
  /** How the certificate is validated. @default not at all, as load balancers do with targets */
  readonly verify?: Pick<tls.ConnectionOptions, "ca" | "servername" | "checkServerIdentity">;
  /** Seconds an idle connection is kept. */
  readonly idleSeconds: number;
}

/** Streams per connection; a target may accept fewer, and nginx accepts 128. */
const maxStreams = 128;
const refusedStream = http2.constants.NGHTTP2_REFUSED_STREAM;

/** The raw headers: the third argument of Node's events, which its types do not declare. */
function rawList(event: unknown[]): string[] {
  return (event[2] as string[] | undefined) ?? [];
}

/** HTTP/2 connections to one target, opened with prior knowledge (or ALPN over TLS). */
export class Http2Client {
  /** Connections that accept requests. */
  private readonly sessions = new Set<http2.ClientHttp2Session>();
  /** Those, and the ones that only finish their requests. */
  private readonly alive = new Set<http2.ClientHttp2Session>();
  private readonly streams = new WeakMap<http2.ClientHttp2Session, number>();
  private connecting?: Promise<http2.ClientHttp2Session>;
  private closed = false;

  constructor(private readonly route: Http2Route) {}

  /** Sends the request and resolves with the response's head. @throws {Failure} */
  async send(outgoing: Outgoing, clientAbort: ClientAbortSignal): Promise<Answer> {
    try {
      return await this.request(await this.session(), outgoing, clientAbort);
    } catch (error) {
      // The target said that it did not look at the request, as nginx does for what crosses the
      // end of a connection; without a body to send again it is safe to ask once more.
      const unseen = error instanceof Failure && error.streamError === refusedStream;
      if (!unseen || outgoing.hasBody || clientAbort.aborted) throw error;
      return await this.request(await this.session(), outgoing, clientAbort);
    }
  }

  /** Ends every connection at once. */
  close(): void {
    this.closed = true;
    // With an error: without one, unfinished responses would look complete.
    const error = new Error("the connection to the target was closed");
    for (const session of this.alive)
      session.destroy(error, http2.constants.NGHTTP2_INTERNAL_ERROR);
  }

  private request(
    session: http2.ClientHttp2Session,
    outgoing: Outgoing,
    clientAbort: ClientAbortSignal,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const stream = session.request(
        {
          ...asObject(outgoing.headers),
          ":method": outgoing.method,
          ":path": outgoing.path,
          ":scheme": outgoing.scheme,
          ":authority": outgoing.authority,
        },
        { endStream: !outgoing.hasBody },
      );
      this.streams.set(session, this.load(session) + 1);
      const abort = (): void => {
        stream.close(http2.constants.NGHTTP2_CANCEL);
      };
      clientAbort.on(abort);
      // A stream that ends with its connection gets a code from Node that the target did not send.
      const reset = (): number | undefined =>
        stream.rstCode === refusedStream || !session.destroyed ? stream.rstCode : undefined;
      // An error object is expensive, and one after the response would be ignored.
      let settled = false;
      let trailers: Header[] = [];
      stream.on("trailers", (...event: unknown[]) => {
        trailers = pairs(rawList(event));
      });
      stream.on("close", () => {
        clientAbort.off(abort);
        this.streams.set(session, this.load(session) - 1);
        if (!settled) reject(new Failure("closed", "the stream was closed", false, reset()));
      });
      stream.on("error", (error: Error) => {
        reject(new Failure("closed", error.message, false, reset()));
      });
      stream.setTimeout(this.route.readSeconds * 1000, () => {
        reject(new Failure("read-timeout", `no answer within ${this.route.readSeconds} s`));
        abort();
      });
      stream.on("response", (...event: unknown[]) => {
        settled = true;
        const [headers, flags] = event as [{ ":status"?: number }, number];
        resolve({
          status: headers[":status"] ?? 502,
          headers: pairs(rawList(event)),
          body: stream,
          headOnly: (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0,
          trailers: () => trailers,
          cutOff: () => stream.rstCode || undefined,
        });
      });
      if (outgoing.hasBody) {
        outgoing.body.on("error", abort);
        outgoing.body.pipe(stream);
      }
    });
  }

  private load(session: http2.ClientHttp2Session): number {
    return this.streams.get(session) ?? 0;
  }

  /** A connection with room for another stream. */
  private async session(): Promise<http2.ClientHttp2Session> {
    for (;;) {
      for (const session of this.sessions) {
        const most = Math.min(session.remoteSettings.maxConcurrentStreams ?? Infinity, maxStreams);
        if (!session.closed && !session.destroyed && this.load(session) < most) return session;
      }
      // Simultaneous requests share the connection that the first of them opens.
      this.connecting ??= this.open().finally(() => {
        this.connecting = undefined;
      });
      const opened = await this.connecting;
      // If it has already closed again, the request fails; otherwise this could repeat forever.
      if (this.load(opened) < maxStreams) return opened;
    }
  }

  private async open(): Promise<http2.ClientHttp2Session> {
    const socket = await this.connect();
    const session = http2.connect(`http://${this.route.host}:${this.route.port}`, {
      createConnection: () => socket,
    });
    this.sessions.add(session);
    this.alive.add(session);
    const drop = (): void => {
      this.sessions.delete(session);
    };
    session.on("close", () => this.alive.delete(session));
    session.on("goaway", drop);
    session.on("close", drop);
    session.on("error", drop);
    session.setTimeout(this.route.idleSeconds * 1000, () => {
      drop();
      session.close();
    });
    if (this.closed) {
      session.destroy();
      throw new Failure("connect", "the target is deregistered");
    }
    return session;
  }

  private connect(): Promise<net.Socket> {
    const { host, port, localAddress, connectSeconds } = this.route;
    return new Promise((resolve, reject) => {
      const plain = net.connect({ host, port, localAddress, noDelay: true });
      const { verify } = this.route;
      const socket = this.route.tls
        ? tls.connect({
            socket: plain,
            ALPNProtocols: ["h2"],
            ...(verify ?? { rejectUnauthorized: false }),
          })
        : plain;
      socket.setTimeout(connectSeconds * 1000, () => {
        reject(new Failure("connect-timeout", `no connection within ${connectSeconds} s`));
        socket.destroy();
      });
      const failed = (error: Error): void => {
        reject(
          new Failure(plain.connecting || socket === plain ? "connect" : "tls", error.message),
        );
      };
      plain.once("error", failed);
      if (socket !== plain) socket.once("error", failed);
      socket.once(this.route.tls ? "secureConnect" : "connect", () => {
        socket.setTimeout(0);
        plain.off("error", failed);
        socket.off("error", failed);
        if (verify && socket instanceof tls.TLSSocket && socket.alpnProtocol !== "h2") {
          reject(new Failure("tls", "HTTP/2 is not offered there (ALPN)"));
          socket.destroy();
        } else resolve(socket);
      });
    });
  }
}
