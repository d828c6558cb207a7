import { createServer as createHttpServer, ServerResponse, type IncomingMessage } from "node:http";
import { createServer as createHttp2Server, type Http2Session } from "node:http2";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { OwnAnswers, type Request, type Response } from "./embeddedAnswer";
import { AppProxy } from "./embeddedApp";
import { GrpcCalls } from "./embeddedGrpc";
import type { Variables } from "./embeddedMaps";
import { originSettings, type OriginSettings } from "./embeddedSettings";
import type { RunningOrigin } from "./origin";
import { selfSigned } from "./selfSigned";

export interface StartEmbeddedOptions {
  /** The container's environment, as the task definition has it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Loopback address to listen on; the port is HOPWISE_PORT's. */
  readonly address: string;
  /** Each request, as a line of JSON with the names that the image's access log uses. */
  readonly onLog?: (line: string) => void;
}

/** The first bytes of an HTTP/2 connection (RFC 9113, section 3.4) that nginx compares first. */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Milliseconds for which an idle connection still accepts a request that crosses our close. */
const idleGrace = 100;

/**
 * Replaces nginx on machines without it: HTTP/1.1, with HOPWISE_HTTP2=on also HTTP/2 on the same
 * port (by prior knowledge, or by ALPN with HOPWISE_TLS=on), with the same paths, the same rules
 * for the viewer's address and the same graceful shutdown. It runs in this process.
 *
 * @throws if it cannot listen on the address and port
 */
export async function startEmbeddedOrigin(options: StartEmbeddedOptions): Promise<RunningOrigin> {
  const settings = originSettings(options.environment);
  const origin = new EmbeddedOrigin(options.address, settings, options.onLog ?? (() => undefined));
  await origin.listen();
  return origin;
}

class EmbeddedOrigin implements RunningOrigin {
  readonly port: number;
  private readonly sockets = new Set<Socket>();
  /** Connections without a request, to close at once. HTTP/2 sessions track this themselves. */
  private readonly idle = new Set<Socket>();
  private readonly sessions = new Set<Http2Session>();
  private readonly http1;
  private readonly http2;
  private readonly own: OwnAnswers;
  private readonly grpc: GrpcCalls;
  private readonly app?: AppProxy;
  private server?: Server;

  constructor(
    readonly address: string,
    private readonly settings: OriginSettings,
    private readonly onLog: (line: string) => void,
  ) {
    this.port = settings.port;
    this.own = new OwnAnswers(settings);
    this.grpc = new GrpcCalls(settings);
    if (settings.app !== undefined) this.app = new AppProxy(settings.app);
    const handle = (request: Request, response: Response): void => {
      this.handle(request, response);
    };
    this.http1 = createHttpServer(
      {
        keepAliveTimeout: settings.keepAliveSeconds * 1000,
        requestTimeout: 0,
        // More than an ALB lets through: 64 KiB, and its own.
        maxHeaderSize: 80 * 1024,
      },
      handle,
    );
    this.http1.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      this.upgrade(request, socket, head);
    });
    this.http2 = createHttp2Server(handle);
    this.http2.on("session", (session) => {
      this.sessions.add(session);
      session.once("close", () => this.sessions.delete(session));
      session.setTimeout(settings.keepAliveSeconds * 1000, () => {
        session.close();
      });
    });
  }

  async listen(): Promise<void> {
    const server = this.settings.tls ? await this.tlsServer() : createServer();
    this.server = server;
    server.on("connection", (socket: Socket) => {
      this.sockets.add(socket);
      this.idle.add(socket);
      socket.once("close", () => {
        this.sockets.delete(socket);
        this.idle.delete(socket);
      });
      socket.on("error", () => socket.destroy());
      if (!this.settings.tls) this.sniff(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error) => {
        reject(new Error(`cannot listen on ${this.address}:${this.port}: ${error.message}`));
      });
      server.listen(this.port, this.address, resolve);
    });
  }

  async quit(): Promise<void> {
    const closed = this.stopListening();
    // Idle connections close soon, after requests on their way have arrived; others after their
    // request.
    setTimeout(() => {
      for (const socket of this.idle) socket.destroy();
    }, idleGrace);
    for (const session of this.sessions) session.close();
    const timer = setTimeout(() => {
      this.cut();
    }, this.settings.drainSeconds * 1000);
    await closed;
    clearTimeout(timer);
  }

  async kill(): Promise<void> {
    const closed = this.stopListening();
    this.cut();
    await closed;
  }

  private stopListening(): Promise<void> {
    return new Promise((resolve) => {
      // Also resolves if it was stopped before.
      this.server?.close(() => {
        this.app?.close();
        this.grpc.close();
        resolve();
      });
    });
  }

  private cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private async tlsServer(): Promise<Server> {
    const server = createTlsServer({
      ...(await selfSigned("hopwise")),
      minVersion: "TLSv1.2",
      ALPNProtocols: this.settings.http2 ? ["h2", "http/1.1"] : ["http/1.1"],
    });
    server.on("secureConnection", (socket: TLSSocket) => {
      socket.on("error", () => socket.destroy());
      this.speak(socket, this.settings.http2 && socket.alpnProtocol === "h2");
    });
    return server;
  }

  /** Reads enough of a plaintext connection to distinguish HTTP/2 from HTTP/1.1. */
  private sniff(socket: Socket): void {
    let start = Buffer.alloc(0);
    const read = (part: Buffer): void => {
      start = Buffer.concat([start, part]);
      const compared = Math.min(start.length, preface.length);
      const isPreface = preface.subarray(0, compared).equals(start.subarray(0, compared));
      if (isPreface && compared < preface.length) return;
      socket.off("data", read);
      if (isPreface && !this.settings.http2) {
        // What nginx answers with `http2 off`.
        socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        return;
      }
      socket.pause();
      socket.unshift(start);
      this.speak(socket, isPreface);
      // HTTP/2 takes over the connection below the stream.
      if (!isPreface) socket.resume();
    };
    socket.on("data", read);
  }

  private speak(socket: Socket, http2: boolean): void {
    if (http2) {
      this.idle.delete(socket);
      this.http2.emit("connection", socket);
    } else {
      this.http1.emit("connection", socket);
    }
  }

  private handle(request: Request, response: Response): void {
    const seen = this.own.see(request);
    const start = performance.now();
    response.once("close", () => {
      this.log(request, response.statusCode, seen, performance.now() - start);
    });
    if (response instanceof ServerResponse) {
      const keep = response.shouldKeepAlive && this.server?.listening === true;
      // With our own header, Node leaves out `Keep-Alive: timeout=`, which nginx does not send
      // either.
      response.setHeader("connection", keep ? "keep-alive" : "close");
      const { socket } = request;
      this.idle.delete(socket);
      response.once("close", () => {
        if (socket.destroyed) return;
        if (this.server?.listening === true) this.idle.add(socket);
        else socket.end();
      });
    }
    if (this.grpc.takes(request, seen)) this.grpc.answer(request, response, seen);
    else if (!this.own.answer(request, response, seen)) this.app?.pass(request, response, seen);
  }

  private upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    if (this.app !== undefined && request.headers.upgrade?.toLowerCase() === "websocket") {
      const seen = this.own.see(request);
      this.app.upgrade(request, socket, head, seen);
      this.log(request, 101, seen, 0);
      return;
    }
    // Any other upgrade (curl's h2c) is ignored, and the request is answered normally.
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once("finish", () => socket.end());
    this.handle(request, response);
  }

  private log(request: Request, status: number, seen: Variables, milliseconds: number): void {
    if (seen.get("logged") === "0") return;
    const { method = "", url: uri = "", headers } = request;
    this.onLog(
      JSON.stringify({
        time: new Date().toISOString(),
        protocol: seen.get("server_protocol"),
        method,
        scheme: seen.get("viewer_scheme"),
        host: seen.get("http_host"),
        uri,
        status,
        seconds: Math.round(milliseconds) / 1000,
        trace: headers["x-amzn-trace-id"] ?? "",
        client: seen.get("client_address"),
        peer: seen.get("remote_addr"),
        forwarded_for: headers["x-forwarded-for"] ?? "",
        user_agent: headers["user-agent"] ?? "",
      }),
    );
  }
}
