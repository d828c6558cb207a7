import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { headersOf, send, type Request, type Response } from "./embeddedAnswer";
import type { Variables } from "./embeddedMaps";

/** Headers that belong to one connection and are never passed on (RFC 9110, section 7.6.1). */
const connectionHeaders = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
]);

/** Forwards requests to the app of the task, as `nginx/templates/app/` does. */
export class AppProxy {
  // nginx's own idle timeout towards the app; see nginx/templates/app/http.conf.template.
  private readonly agent = new Agent({ keepAlive: true, timeout: 4000 });

  constructor(private readonly app: { readonly host: string; readonly port: number }) {}

  /** Forwards one request and returns its response; 502 if the app does not answer. */
  pass(request: Request, response: Response, seen: Variables): void {
    const onward = this.open(request, headersFor(request, seen));
    onward.once("response", (answered) => {
      response.statusCode = answered.statusCode ?? 502;
      seen.set("upstream_addr", `${this.app.host}:${this.app.port}`);
      for (const [name, value = ""] of Object.entries(answered.headers)) {
        if (!connectionHeaders.has(name)) response.setHeader(name, value);
        seen.set(`upstream_http_${name.replace(/-/g, "_")}`, String(value));
      }
      for (const [name, value] of headersOf(seen)) response.setHeader(name, value);
      answered.pipe(response);
      answered.once("error", () => response.destroy());
    });
    onward.once("error", () => {
      if (response.headersSent) response.destroy();
      else send(response, 502, "text/html", "502 Bad Gateway\n", seen);
    });
    response.once("close", () => onward.destroy());
    request.pipe(onward);
  }

  /** Forwards a WebSocket: once the app has accepted it, the two connections are joined. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, seen: Variables): void {
    const headers = { ...headersFor(request, seen), connection: "upgrade", upgrade: "websocket" };
    const onward = this.open(request, headers);
    const end = (): void => {
      socket.destroy();
      onward.destroy();
    };
    onward.once("upgrade", (answered: IncomingMessage, appSocket: Socket, appHead: Buffer) => {
      socket.write(`${headOf(answered)}\r\n`);
      socket.write(appHead);
      appSocket.write(head);
      socket.pipe(appSocket).pipe(socket);
      appSocket.once("error", end);
    });
    onward.once("response", (answered) => {
      socket.write(`${headOf(answered)}connection: close\r\n\r\n`);
      answered.pipe(socket);
    });
    onward.once("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"));
    socket.once("error", end);
    onward.end();
  }

  close(): void {
    this.agent.destroy();
  }

  private open(request: Request, headers: Record<string, string | string[]>) {
    const { method, url } = request;
    return httpRequest({ ...this.app, method, path: url, headers, agent: this.agent });
  }
}

function headersFor(request: Request, seen: Variables): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name.startsWith(":") || connectionHeaders.has(name)) continue;
    headers[name] = value;
  }
  delete headers.forwarded;
  delete headers["x-forwarded-host"];
  return {
    ...headers,
    host: seen.get("http_host"),
    "x-forwarded-for": seen.get("client_address"),
    "x-real-ip": seen.get("client_address"),
    "x-forwarded-proto": seen.get("viewer_scheme"),
    ...(request.headers["transfer-encoding"] === undefined
      ? {}
      : { "transfer-encoding": "chunked" }),
  };
}

function headOf(answered: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${answered.statusCode ?? 502} ${answered.statusMessage ?? ""}`];
  for (let index = 0; index + 1 < answered.rawHeaders.length; index += 2) {
    const name = answered.rawHeaders[index] ?? "";
    const hop = answered.statusCode !== 101 && connectionHeaders.has(name.toLowerCase());
    if (!hop) lines.push(`${name}: ${answered.rawHeaders[index + 1] ?? ""}`);
  }
  return `${lines.join("\r\n")}\r\n`;
}
