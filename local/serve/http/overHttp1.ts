/** Sends a request over HTTP/1.1, on a kept-alive connection if there is one. */
import http from "node:http";
import type { Duplex } from "node:stream";
import type { ClientAbortSignal } from "./clientAbort";
import { type Answer, Failure, type Outgoing, type Timeouts } from "./exchange";
import { flat, pairs } from "./headers";

/** Where to, and how. */
export interface Http1Route extends Timeouts {
  readonly host: string;
  readonly port: number;
  readonly agent: http.Agent;
  /** TLS agents call it with the connection's options. */
  readonly servername?: string;
}

/** The response to an upgrade: the protocol has changed. */
export interface Switched {
  readonly headers: readonly (readonly [string, string])[];
  readonly socket: Duplex;
  readonly head: Buffer;
}

/**
 * Sends the request and resolves with the response's head, or with the switched connection if the
 * request asked for an upgrade and got it.
 *
 * @throws {Failure}
 */
export function sendHttp1(
  route: Http1Route,
  outgoing: Outgoing,
  clientAbort: ClientAbortSignal,
  upgrade?: string,
): Promise<Answer | Switched> {
  return new Promise((resolve, reject) => {
    const headers: [string, string][] = [["Host", outgoing.authority]];
    for (const [name, value] of outgoing.headers) headers.push([name, value]);
    if (upgrade !== undefined) headers.push(["Connection", "Upgrade"], ["Upgrade", upgrade]);
    else headers.push(["Connection", outgoing.last === true ? "close" : "keep-alive"]);
    const framed = outgoing.headers.some(([n]) => n.toLowerCase() === "content-length");
    if (outgoing.hasBody && !framed) headers.push(["Transfer-Encoding", "chunked"]);

    const request = http.request({
      host: route.host,
      port: route.port,
      agent: route.agent,
      method: outgoing.method,
      path: outgoing.path,
      headers: flat(headers) as unknown as http.OutgoingHttpHeaders,
      setHost: false,
      ...(route.servername !== undefined && { servername: route.servername }),
      protocol: (route.agent as { protocol?: string }).protocol ?? "http:",
    });
    const abort = (): void => {
      request.destroy(new Error("the client ended the connection"));
    };
    clientAbort.on(abort);
    let connected = false;
    let answering: http.IncomingMessage | undefined;
    let connecting: NodeJS.Timeout | undefined;
    request.once("close", () => {
      clientAbort.off(abort);
      clearTimeout(connecting);
    });
    const fail = (failure: Failure): void => {
      clearTimeout(connecting);
      reject(failure);
      request.destroy();
    };
    request.on("socket", (socket) => {
      const up = (): void => {
        connected = true;
        clearTimeout(connecting);
        request.setTimeout(route.readSeconds * 1000, () => {
          fail(new Failure("read-timeout", `no answer within ${route.readSeconds} s`));
        });
      };
      if (!socket.connecting && request.reusedSocket) {
        up();
        return;
      }
      connecting = setTimeout(() => {
        fail(new Failure("connect-timeout", `no connection within ${route.connectSeconds} s`));
      }, route.connectSeconds * 1000);
      socket.once("encrypted" in socket ? "secureConnect" : "connect", up);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      // Node ends a response silently if what follows its head is not HTTP.
      answering?.destroy(error);
      fail(failureOf(error, connected, request.reusedSocket));
    });
    request.on("response", (response) => {
      clearTimeout(connecting);
      answering = response;
      resolve({
        status: response.statusCode ?? 502,
        reason: response.statusMessage,
        headers: pairs(response.rawHeaders),
        body: response,
        trailers: () => pairs(response.rawTrailers),
      });
    });
    request.on("upgrade", (response, socket, head) => {
      clearTimeout(connecting);
      resolve({ headers: pairs(response.rawHeaders), socket, head });
    });
    if (outgoing.hasBody) {
      outgoing.body.on("error", () => request.destroy());
      outgoing.body.pipe(request);
    } else request.end();
  });
}

function failureOf(error: NodeJS.ErrnoException, connected: boolean, reused: boolean): Failure {
  const code = error.code ?? "";
  if (code.startsWith("HPE_")) return new Failure("malformed", error.message, reused);
  if (connected) return new Failure("closed", `the connection ended: ${error.message}`, reused);
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|UNABLE_|SELF_SIGNED|EPROTO)/.test(code)) {
    return new Failure("tls", error.message);
  }
  return new Failure("connect", error.message);
}
