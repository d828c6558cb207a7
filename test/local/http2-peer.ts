/** A server with TLS whose HTTP/2 can be switched on and off, for clients that negotiate it. */
import http from "node:http";
import http2 from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import { selfSigned } from "../../local/nginx/selfSigned";

/** A request as both protocols have it. */
export type PeerRequest = http.IncomingMessage | http2.Http2ServerRequest;
export type PeerResponse = http.ServerResponse | http2.Http2ServerResponse;
type Handler = (request: PeerRequest, response: PeerResponse) => void;

export interface PeerOptions {
  /** @default a certificate that nobody trusts */
  readonly certificate?: { readonly key: string; readonly cert: string };
  readonly maxConcurrentStreams?: number;
  /** @default 0, any free one */
  readonly port?: number;
}

let own: ReturnType<typeof selfSigned> | undefined;

/** Answers requests, and counts connections. */
export class Http2Peer {
  /** False: only HTTP/1.1 is negotiated. */
  http2 = true;
  readonly sockets: Socket[] = [];
  readonly sessions: http2.ServerHttp2Session[] = [];
  private readonly secure: tls.Server;
  private readonly servers: readonly [http.Server, http2.Http2Server];

  private constructor(
    public handler: Handler,
    { key, cert }: { readonly key: string; readonly cert: string },
    maxConcurrentStreams: number,
  ) {
    const handle: Handler = (request, response) => {
      this.handler(request, response);
    };
    const h1 = http.createServer({ keepAliveTimeout: 75_000, maxHeaderSize: 65_536 }, handle);
    const h2 = http2.createServer(
      { settings: { maxConcurrentStreams, maxHeaderListSize: 65_536 }, maxHeaderListPairs: 1000 },
      handle,
    );
    h2.on("session", (session) => this.sessions.push(session));
    h2.on("sessionError", () => undefined);
    this.servers = [h1, h2];
    this.secure = tls.createServer({
      key,
      cert,
      ALPNCallback: ({ protocols }) =>
        ["h2", "http/1.1"].slice(this.http2 ? 0 : 1).find((name) => protocols.includes(name)),
    });
    this.secure.on("secureConnection", (socket) => {
      this.sockets.push(socket);
      socket.on("error", () => undefined);
      (socket.alpnProtocol === "h2" ? h2 : h1).emit("connection", socket);
    });
    this.secure.on("tlsClientError", () => undefined);
  }

  static async listen(handler: Handler, o: PeerOptions = {}): Promise<Http2Peer> {
    const certificate = o.certificate ?? (await (own ??= selfSigned("peer")));
    const peer = new Http2Peer(handler, certificate, o.maxConcurrentStreams ?? 128);
    await new Promise<void>((resolve) => {
      peer.secure.listen(o.port ?? 0, "127.0.0.1", resolve);
    });
    return peer;
  }

  get port(): number {
    return (this.secure.address() as AddressInfo).port;
  }

  /** Connections that are open. */
  get open(): number {
    return this.sockets.filter((socket) => !socket.destroyed).length;
  }

  /** Takes requests to change protocol, over HTTP/1.1. */
  upgrade(handler: (socket: Duplex) => void): void {
    this.servers[0].on("upgrade", (_request, socket) => {
      handler(socket);
    });
  }

  close(): void {
    this.secure.close();
    for (const server of this.servers) server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

/** Answers with what was sent. */
export function echo(request: PeerRequest, response: PeerResponse): void {
  request.pipe(response as NodeJS.WritableStream);
}
