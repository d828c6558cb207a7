/** A client for the matrix: every request over connections that it keeps for one place. */
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { setTimeout } from "node:timers/promises";
import type { SecureContext } from "node:tls";
import WebSocket from "ws";
import { timeoutMs } from "../eventually";
import type { PathRequest } from "../../path/types";

/** Where the client calls. */
export interface ServedEndpoint {
  readonly address: string;
  readonly port: number;
  /** Host, and the name in TLS. */
  readonly host: string;
  /** Trusts the local CA; made once, because that takes longer than a handshake. */
  readonly secureContext: SecureContext;
}

/** What came back. */
export interface Outcome {
  /** Absent: no HTTP answer. 200 for a WebSocket that was opened. */
  readonly status?: number;
  /** What did not come back as it was sent although the container answered; for people. */
  readonly broken?: string;
}

/** A gRPC message: not compressed, four bytes long. */
const grpcMessage = Buffer.from([0, 0, 0, 0, 4, 1, 2, 3, 4]);
const text = Buffer.from("echo");

/** Calls one place, with or without TLS. */
export class Client {
  private readonly agent: http.Agent;
  private session?: http2.ClientHttp2Session;

  constructor(
    private readonly place: ServedEndpoint,
    private readonly tls: boolean,
  ) {
    const options = { keepAlive: true, maxSockets: 2 };
    this.agent = tls
      ? new https.Agent({ ...options, secureContext: place.secureContext, servername: place.host })
      : new http.Agent(options);
  }

  /** Makes a request; never rejects. */
  async call(
    request: PathRequest,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Outcome> {
    const late = new AbortController();
    const never = setTimeout<Outcome>(timeoutMs, { broken: "no answer, and no end of it" }, late);
    const outcome = await Promise.race([this.ask(request, path, headers), never]);
    late.abort();
    never.catch(() => undefined);
    return outcome;
  }

  private async ask(
    request: PathRequest,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Outcome> {
    if (request.kind === "websocket") return this.webSocket(path, headers);
    const all = {
      ...headers,
      ...(request.kind === "grpc" && { "content-type": "application/grpc", te: "trailers" }),
    };
    const hasBody = ["POST", "PUT", "PATCH"].includes(request.method);
    const body = !hasBody ? undefined : request.kind === "grpc" ? grpcMessage : text;
    const reply =
      request.protocol === "HTTP/2"
        ? await this.overHttp2(request.method, path, all, body)
        : await this.overHttp1(request.method, path, all, body);
    if (reply === undefined) return {};
    return { status: reply.status, ...brokenIn(request, body, reply) };
  }

  close(): void {
    this.agent.destroy();
    this.session?.destroy();
  }

  private get scheme(): "https" | "http" {
    return this.tls ? "https" : "http";
  }

  private overHttp1(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer | undefined,
  ): Promise<Reply | undefined> {
    const { address: host, port } = this.place;
    return new Promise((resolve) => {
      const request = (this.tls ? https : http).request({
        host,
        port,
        method,
        path,
        agent: this.agent,
        headers: {
          host: this.place.host,
          ...headers,
          ...(body && { "content-length": String(body.length) }),
        },
      });
      request.on("error", () => {
        resolve(undefined);
      });
      request.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", () => {
          resolve(undefined);
        });
        response.on("end", () => {
          const { statusCode: status = 0, trailers } = response;
          resolve({ status, body: Buffer.concat(parts), trailers });
        });
      });
      request.end(body);
    });
  }

  private overHttp2(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer | undefined,
  ): Promise<Reply | undefined> {
    return new Promise((resolve) => {
      let reply: Reply | undefined;
      try {
        const stream = this.http2().request(
          {
            ":method": method,
            ":path": path,
            ":authority": this.place.host,
            ":scheme": this.scheme,
            ...headers,
          },
          { endStream: body === undefined },
        );
        const parts: Buffer[] = [];
        stream.on("response", (answered) => {
          reply = { status: answered[":status"] ?? 0, body: Buffer.alloc(0), trailers: {} };
        });
        stream.on("trailers", (trailers: Reply["trailers"]) => {
          if (reply) reply = { ...reply, trailers };
        });
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("error", () => undefined);
        stream.on("close", () => {
          const whole = stream.rstCode === http2.constants.NGHTTP2_NO_ERROR;
          resolve(reply && whole ? { ...reply, body: Buffer.concat(parts) } : undefined);
        });
        if (body) stream.end(body);
      } catch {
        // The session was refused while others of its requests were waiting.
        resolve(undefined);
      }
    });
  }

  private http2(): http2.ClientHttp2Session {
    if (this.session && !this.session.destroyed && !this.session.closed) return this.session;
    const { address, port, host, secureContext } = this.place;
    const session = http2.connect(`${this.scheme}://${address}:${port}`, {
      secureContext,
      servername: host,
    });
    session.on("error", () => undefined);
    this.session = session;
    return session;
  }

  private webSocket(path: string, headers: Readonly<Record<string, string>>): Promise<Outcome> {
    const { address, port, host, secureContext } = this.place;
    return new Promise((resolve) => {
      const socket = new WebSocket(`${this.tls ? "wss" : "ws"}://${address}:${port}${path}`, {
        headers: { ...headers, host },
        // Options of the TLS connection, which the type does not list.
        ...{ secureContext, servername: host },
      });
      socket.on("error", () => {
        resolve({});
      });
      socket.on("unexpected-response", (request, response) => {
        response.resume();
        resolve({ status: response.statusCode });
        request.destroy();
      });
      socket.on("open", () => {
        socket.send(text);
      });
      socket.on("close", () => {
        resolve({ status: 200, broken: "the WebSocket was closed before its echo" });
      });
      socket.on("message", (data: Buffer) => {
        const broken = text.equals(data) ? {} : { broken: "the WebSocket's echo differs" };
        resolve({ status: 200, ...broken });
        socket.close();
      });
    });
  }
}

interface Reply {
  readonly status: number;
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What is missing of a container's answer. */
function brokenIn(
  { method, kind }: PathRequest,
  sent: Buffer | undefined,
  { status, body, trailers }: Reply,
): Pick<Outcome, "broken"> {
  if (status !== 200 || method === "HEAD") return {};
  if (!body.equals(sent ?? Buffer.alloc(0)))
    return { broken: `the body came back as ${body.toString("hex")}` };
  if (kind === "grpc" && trailers["grpc-status"] !== "0")
    return { broken: `the trailers came back as ${JSON.stringify(trailers)}` };
  return {};
}
