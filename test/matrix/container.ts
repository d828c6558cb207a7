/**
 * A server that takes whatever a load balancer sends to a container: HTTP/1.1, HTTP/2 (by prior
 * knowledge, or by ALPN), gRPC and WebSockets, with and without TLS, all on one port. It answers
 * with what it saw.
 */
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import { WebSocketServer } from "ws";
import { selfSigned } from "../../local/nginx/selfSigned";

/** A running container. */
export interface Container {
  readonly host: string;
  readonly port: number;
  /** Requests it has seen, by path. */
  readonly seen: ReadonlyMap<string, Seen>;
  close(): Promise<void>;
}

/** What a container knows of a request. */
interface Seen {
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  readonly tls: boolean;
  readonly method: string;
}

const tlsHandshake = 0x16;
/** First bytes of HTTP/2 by prior knowledge (RFC 9113, 3.4), as far as no HTTP/1.1 request has them. */
const preface = "PRI ";

/** Starts one on a free port of loopback. */
export async function startContainer(host = "127.0.0.1"): Promise<Container> {
  const seen = new Map<string, Seen>();
  const sockets = new Set<net.Socket>();
  const handle = (
    request: http.IncomingMessage | http2.Http2ServerRequest,
    response: http.ServerResponse | http2.Http2ServerResponse,
  ): void => {
    seen.set(request.url ?? "", describe(request));
    // One type for both, which have the same methods.
    answer(request, response as http.ServerResponse);
  };
  const http1Server = http.createServer(handle);
  const http2Server = http2.createServer(handle);
  const sockets101 = new WebSocketServer({ noServer: true });
  http1Server.on("upgrade", (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    seen.set(request.url ?? "", describe(request));
    sockets101.handleUpgrade(request, socket, head, (client) => {
      client.on("error", () => undefined);
      client.on("message", (data, binary) => {
        client.send(data, { binary });
      });
    });
  });
  const secure = tls.createServer({
    ...(await selfSigned("container")),
    ALPNProtocols: ["h2", "http/1.1"],
  });
  secure.on("secureConnection", (socket) => {
    (socket.alpnProtocol === "h2" ? http2Server : http1Server).emit("connection", socket);
  });
  for (const server of [http2Server, secure]) {
    server.on("sessionError", () => undefined);
    server.on("tlsClientError", () => undefined);
  }
  const gate = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.once("data", (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      if (first[0] === tlsHandshake) secure.emit("connection", socket);
      else if (first.toString("latin1").startsWith(preface)) http2Server.emit("connection", socket);
      else {
        http1Server.emit("connection", socket);
        socket.resume();
      }
    });
  });
  await new Promise<void>((resolve) => gate.listen(0, host, resolve));
  return {
    host,
    port: (gate.address() as net.AddressInfo).port,
    seen,
    close: () =>
      new Promise((resolve) => {
        gate.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function describe(request: http.IncomingMessage | http2.Http2ServerRequest): Seen {
  return {
    protocol: request.httpVersionMajor === 2 ? "HTTP/2" : "HTTP/1.1",
    tls: "encrypted" in request.socket,
    method: request.method ?? "",
  };
}

/** Echoes the body; to gRPC as a unary call does: status and message in the trailers. */
function answer(
  request: http.IncomingMessage | http2.Http2ServerRequest,
  response: http.ServerResponse,
): void {
  const type = request.headers["content-type"] ?? "text/plain";
  const body: Buffer[] = [];
  request.on("data", (part: Buffer) => body.push(part));
  request.on("end", () => {
    response.statusCode = 200;
    response.setHeader("content-type", type);
    if (type.startsWith("application/grpc")) {
      response.setHeader("trailer", "grpc-status");
      response.write(Buffer.concat(body));
      response.addTrailers({ "grpc-status": "0", "grpc-message": "OK" });
      response.end();
    } else response.end(Buffer.concat(body));
  });
  request.on("error", () => undefined);
}
