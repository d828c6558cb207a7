/** Sends requests to one target over HTTP/2, on as few connections as its limits allow. */
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import { type Answer, Failure, type Outgoing, type Patience } from "./exchange";
import { type Header, asObject, pairs } from "./headers";

export interface Http2Route extends Patience {
  readonly host: string;
  readonly port: number;
  /** Own address of the connection. */
  readonly localAddress: string;
  /** True for TLS; the target's certificate is not validated, as load balancers do not. */
  readonly tls: boolean;
  /** Seconds an idle connection is kept. */
  readonly idleSeconds: number;
}

/** Streams per connection until the target has said how many it takes. */
const assumedStreams = 100;

/** HTTP/2 connections to one target, opened with prior knowledge (or ALPN over TLS). */
export class Http2Client {
  private readonly sessions = new Set<http2.ClientHttp2Session>();
  private readonly streams = new WeakMap<http2.ClientHttp2Session, number>();
  private closed = false;

  constructor(private readonly route: Http2Route) {}

  /** Sends the request and resolves with the answer's head. @throws {Failure} */
  async send(outgoing: Outgoing, signal: AbortSignal): Promise<Answer> {
    const session = await this.session();
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
      this.streams.set(session, (this.streams.get(session) ?? 0) + 1);
      const abort = (): void => {
        stream.close(http2.constants.NGHTTP2_CANCEL);
      };
      signal.addEventListener("abort", abort, { once: true });
      let trailers: Header[] = [];
      stream.on("trailers", (_headers, _flags, raw?: string[]) => {
        trailers = pairs(raw ?? []);
      });
      stream.on("close", () => {
        signal.removeEventListener("abort", abort);
        this.streams.set(session, (this.streams.get(session) ?? 1) - 1);
        reject(new Failure("closed", "the stream was closed", false, stream.rstCode));
      });
      stream.on("error", (error) => {
        reject(new Failure("closed", error.message, false, stream.rstCode));
      });
      stream.setTimeout(this.route.readSeconds * 1000, () => {
        reject(new Failure("read-timeout", `no answer within ${this.route.readSeconds} s`));
        abort();
      });
      // Node hands the raw list as third argument, which its types do not know.
      stream.on("response", (headers, _flags, ...rest: unknown[]) => {
        resolve({
          status: Number(headers[":status"] ?? 502),
          headers: pairs((rest[0] as string[] | undefined) ?? []),
          body: stream,
          trailers: () => trailers,
        });
      });
      if (outgoing.hasBody) {
        outgoing.body.on("error", abort);
        outgoing.body.pipe(stream);
      }
    });
  }

  /** Ends every connection at once. */
  close(): void {
    this.closed = true;
    for (const session of this.sessions) session.destroy();
  }

  private async session(): Promise<http2.ClientHttp2Session> {
    for (const session of this.sessions) {
      const most = session.remoteSettings.maxConcurrentStreams ?? assumedStreams;
      if (!session.closed && !session.destroyed && (this.streams.get(session) ?? 0) < most) {
        return session;
      }
    }
    const socket = await this.connect();
    const session = http2.connect(`http://${this.route.host}:${this.route.port}`, {
      createConnection: () => socket,
    });
    this.sessions.add(session);
    const drop = (): void => {
      this.sessions.delete(session);
    };
    session.on("goaway", drop);
    session.on("close", drop);
    session.on("error", drop);
    session.setTimeout(this.route.idleSeconds * 1000, () => {
      drop();
      session.close();
    });
    if (this.closed) session.destroy();
    return session;
  }

  private connect(): Promise<net.Socket> {
    const { host, port, localAddress, connectSeconds } = this.route;
    return new Promise((resolve, reject) => {
      const plain = net.connect({ host, port, localAddress });
      const socket = this.route.tls
        ? tls.connect({ socket: plain, ALPNProtocols: ["h2"], rejectUnauthorized: false })
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
        resolve(socket);
      });
    });
  }
}
