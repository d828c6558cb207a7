/** Writes responses to a client, over HTTP/1.1 or HTTP/2. */
import http from "node:http";
import http2 from "node:http2";
import type { Duplex, Readable } from "node:stream";
import type { Request, Response, Upgrade } from "./acceptor";
import type { Answer } from "./exchange";
import { isGrpc } from "../../../path/protocols";
import { type Header, asObject, endToEnd, flat, inRaw, size, value } from "./headers";
import type { Switched } from "./overHttp1";

/** A client's protocol, as in access logs and events. */
export function protocolOf(request: Request): "HTTP/1.0" | "HTTP/1.1" | "HTTP/2" {
  // The version alone says nothing: "GET / HTTP/2.0" can be written over HTTP/1.1 too.
  if ("stream" in request) return "HTTP/2";
  return request.httpVersion === "1.0" ? "HTTP/1.0" : "HTTP/1.1";
}

/** Host, or :authority. */
export function authorityOf(request: Request): string {
  const { authority } = request as { authority?: string };
  return authority ?? inRaw(request.rawHeaders, "host").first ?? "";
}

/** True when a body follows the request's head. */
export function hasBody(request: Request): boolean {
  if ("stream" in request) return !request.stream.endAfterHeaders;
  const { rawHeaders } = request;
  const length = inRaw(rawHeaders, "content-length").first;
  return inRaw(rawHeaders, "transfer-encoding").count > 0 || Number(length ?? 0) > 0;
}

/** True once the whole response has been passed to the operating system. */
export function answered(response: Response): boolean {
  return response instanceof http.ServerResponse
    ? response.writableFinished
    : response.stream.writableFinished && response.stream.rstCode === 0;
}

/** Writes a response's head. */
export function writeHead(
  response: Response,
  status: number,
  headers: readonly Header[],
  reason?: string,
): void {
  if (response instanceof http.ServerResponse) {
    // A flat list keeps the names' case, and repeated headers.
    // For statuses that Node does not know, such as 464, Node would write "unknown".
    const stays = response.shouldKeepAlive && response.req.httpVersion === "1.1";
    // Set here, since Node would add a Keep-Alive header, which AWS does not send.
    const all = stays ? [...headers, ["Connection", "keep-alive"] as const] : headers;
    response.writeHead(status, reason ?? http.STATUS_CODES[status] ?? "", flat(all));
  } else response.writeHead(status, asObject(headers));
}

/** Answers with a text of our own. */
export function reply(
  response: Response,
  status: number,
  headers: readonly Header[],
  body = "",
): number {
  const length = Buffer.byteLength(body);
  writeHead(response, status, [...headers, ["content-length", String(length)]]);
  response.end(body);
  return length;
}

/**
 * Forwards a response and resolves with the bytes of its body when it is written.
 *
 * @param headers replace the response's own end-to-end headers
 */
export function relay(
  answer: Answer,
  response: Response,
  headers: readonly Header[] = endToEnd(answer.headers),
): Promise<number> {
  // The client may have disconnected in the meantime.
  const gone =
    response instanceof http.ServerResponse ? response.destroyed : response.stream.destroyed;
  if (gone) {
    answer.body.on("error", () => undefined).destroy();
    return Promise.resolve(0);
  }
  let bytes = size(headers);
  answer.body.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const done = new Promise<number>((resolve) => {
    response.on("close", () => {
      resolve(bytes);
    });
  });
  if (response instanceof http.ServerResponse) relayHttp1(answer, response, headers);
  else if (response.req.method === "HEAD") relayHead(answer, response, headers);
  else relayHttp2(answer, response.stream, headers);
  return done;
}

/** Calls back when a body stops before its end, with or without an error. */
function onCutOff(body: Readable, then: () => void): void {
  body.on("error", then);
  body.on("close", () => {
    if (!body.readableEnded) then();
  });
}

function relayHttp1(
  answer: Answer,
  response: http.ServerResponse,
  headers: readonly Header[],
): void {
  writeHead(response, answer.status, headers, answer.reason);
  // The head is already written, so only a broken connection can show that the rest is missing.
  const breakOff = (): void => {
    response.destroy();
  };
  onCutOff(answer.body, breakOff);
  answer.body.on("end", () => {
    if (answer.cutOff?.() !== undefined) {
      breakOff();
      return;
    }
    const trailers = answer.trailers();
    if (trailers.length > 0) response.addTrailers(asObject(trailers));
    response.end();
  });
  answer.body.pipe(response, { end: false });
}

/**
 * For HEAD over HTTP/2: Node only reports the end of such a response if it was ended as a response.
 */
function relayHead(
  answer: Answer,
  response: http2.Http2ServerResponse,
  headers: readonly Header[],
): void {
  answer.body.on("error", () => undefined).resume();
  writeHead(response, answer.status, headers);
  response.end();
}

function relayHttp2(
  answer: Answer,
  stream: http2.ServerHttp2Stream,
  headers: readonly Header[],
): void {
  const head = { ":status": answer.status, ...asObject(headers) };
  // A gRPC response without a message is one HEADERS frame that ends the stream, as on AWS.
  const endStream = answer.headOnly === true;
  const known = head["content-length"] !== undefined && !isGrpc(value(headers, "content-type"));
  const waitForTrailers = !endStream && !known;
  stream.respond(head, { endStream, waitForTrailers });
  if (endStream) {
    answer.body.resume();
    return;
  }
  if (waitForTrailers) {
    // Node's own listener would send the trailers of its response object, of which there are none.
    stream.removeAllListeners("wantTrailers");
    stream.on("wantTrailers", () => {
      stream.sendTrailers(asObject(answer.trailers()));
    });
  }
  const breakOff = (): void => {
    stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  };
  onCutOff(answer.body, breakOff);
  answer.body.on("end", () => {
    if (answer.cutOff?.() === undefined) stream.end();
    else breakOff();
  });
  answer.body.pipe(stream, { end: false });
}

/**
 * Joins two connections after a protocol change; resolves when either ends.
 *
 * @param idleSeconds idle time of both sides after which they end; 0 for never
 */
export function join(
  client: Upgrade,
  response: Response,
  target: Switched,
  idleSeconds = 0,
): Promise<number> {
  if (response instanceof http.ServerResponse) response.detachSocket(client.socket);
  const head = [
    "HTTP/1.1 101 Switching Protocols",
    ...target.headers.map(([n, v]) => `${n}: ${v}`),
  ];
  client.socket.write(`${head.join("\r\n")}\r\n\r\n`);
  client.socket.write(target.head);
  target.socket.write(client.head);
  client.socket.setTimeout(idleSeconds * 1000, () => client.socket.destroy());
  let bytes = 0;
  target.socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  client.socket.pipe(target.socket);
  target.socket.pipe(client.socket);
  return new Promise((resolve) => {
    const end = (one: Duplex, other: Duplex): void => {
      one.on("error", () => other.destroy());
      one.on("close", () => {
        other.destroy();
        resolve(bytes);
      });
    };
    end(client.socket, target.socket);
    end(target.socket, client.socket);
  });
}
