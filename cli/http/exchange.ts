/** One request and its answer over a connection, in HTTP/1.1 or HTTP/2. */
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import { bodyBytes, type HttpRequest, type SiteEndpoint, type HttpResult } from "./types";

const headerBytes = 32 * 1024;

/** `host` as a client writes it. */
function authority({ name, urlPort, tls: secure }: SiteEndpoint): string {
  const own = secure ? 443 : 80;
  const host = net.isIPv6(name) ? `[${name}]` : name;
  return urlPort === undefined || urlPort === own ? host : `${host}:${urlPort}`;
}

export function overHttp1(asked: HttpRequest, socket: net.Socket): Promise<HttpResult> {
  const { endpoint, path = "/", method = "GET", headers, body } = asked;
  return new Promise((resolve, reject) => {
    const sent = http.request({
      path,
      method,
      maxHeaderSize: headerBytes,
      headers: { host: authority(endpoint), "user-agent": "hopwise", ...headers },
      // Without an agent: an agent would make the connection itself.
      createConnection: () => socket,
    });
    sent.on("error", reject);
    sent.on("upgrade", (response: http.IncomingMessage) => {
      resolve(answered(response.statusCode, plain(response.headers), Buffer.alloc(0), {}));
    });
    sent.on("response", (response) => {
      const chunks = new Bounded(asked.bodyLimit);
      const done = (): void => {
        const { statusCode, headers: received, trailers } = response;
        resolve(answered(statusCode, plain(received), chunks.content, plain(trailers)));
      };
      response.on("data", (chunk: Buffer) => {
        if (chunks.add(chunk)) done();
      });
      response.on("end", done);
      response.on("error", reject);
    });
    sent.end(body);
  });
}

export function overHttp2(asked: HttpRequest, socket: net.Socket): Promise<HttpResult> {
  const { endpoint, path = "/", method = "GET", headers, body } = asked;
  const spoken = socket instanceof tls.TLSSocket ? socket.alpnProtocol : "h2";
  if (spoken !== "h2")
    return Promise.resolve({
      outcome: "failed",
      kind: "protocol",
      reason: `HTTP/2 is not offered${spoken ? `, but ${spoken}` : ""}`,
    });
  const session = http2.connect(`${endpoint.tls ? "https" : "http"}://${authority(endpoint)}`, {
    createConnection: () => socket,
    maxHeaderListPairs: 200,
    maxSessionMemory: 4,
    settings: { enablePush: false, maxHeaderListSize: headerBytes },
  });
  return new Promise<HttpResult>((resolve, reject) => {
    session.on("error", reject);
    session.on("close", () => {
      reject(Object.assign(new Error("closed without an answer"), { code: "ECONNRESET" }));
    });
    const stream = session.request({
      ":path": path,
      ":method": method,
      "user-agent": "hopwise",
      ...headers,
    });
    const chunks = new Bounded(asked.bodyLimit);
    let status: number | undefined;
    let received: Record<string, string> = {};
    let trailers: Record<string, string> = {};
    const done = (): void => {
      if (status === undefined)
        reject(Object.assign(new Error("no answer"), { code: "ECONNRESET" }));
      else resolve(answered(status, received, chunks.content, trailers));
    };
    stream.on("response", (head) => {
      status = head[":status"];
      received = plain(head);
    });
    stream.on("trailers", (tail: http2.IncomingHttpHeaders) => {
      trailers = plain(tail);
    });
    stream.on("data", (chunk: Buffer) => {
      if (chunks.add(chunk)) done();
    });
    stream.on("error", reject);
    stream.on("close", done);
    stream.end(body);
  }).finally(() => {
    session.destroy();
  });
}

/** The beginning of a body. */
class Bounded {
  private readonly chunks: Buffer[] = [];
  private size = 0;

  constructor(private readonly limit = bodyBytes) {}

  /** True when there is enough. */
  add(chunk: Buffer): boolean {
    this.chunks.push(chunk);
    this.size += chunk.length;
    return this.size >= this.limit;
  }

  get content(): Buffer {
    return Buffer.concat(this.chunks).subarray(0, this.limit);
  }
}

function plain(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers as Record<string, unknown>)
      .filter(([name]) => !name.startsWith(":"))
      .map(([name, value]) => [
        name.toLowerCase(),
        Array.isArray(value) ? value.join(", ") : String(value),
      ]),
  );
}

function answered(
  status: number | undefined,
  headers: Record<string, string>,
  content: Buffer,
  trailers: Record<string, string>,
): HttpResult {
  const body = content.toString("utf8");
  return { outcome: "answered", status: status ?? 0, headers, body, content, trailers };
}
