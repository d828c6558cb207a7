import http2 from "node:http2";
import http from "node:http";
import net from "node:net";
import tls from "node:tls";
import type { IncomingHttpHeaders } from "node:http";
import type { Probe } from "./probes";

/** What a probe got. */
export type Actual =
  | { readonly outcome: "answered"; readonly status: number; readonly location?: string }
  /** No HTTP answer: the connection was dropped or refused. */
  | { readonly outcome: "unanswered"; readonly reason: string }
  /** The request could not be made: a certificate nobody signed, an address that is not there. */
  | { readonly outcome: "failed"; readonly reason: string };

/** Errors by which a closed or dropped connection shows; others are failures of the request. */
const turnedAway = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EPROTO"]);

function unanswered(error: NodeJS.ErrnoException): Actual {
  // node:http2 wraps what happened to the connection into what that means for the stream.
  if (error.cause instanceof Error) return unanswered(error.cause);
  if (error.code !== undefined && turnedAway.has(error.code))
    return { outcome: "unanswered", reason: error.code };
  // What node:http says when the other side closes before its answer has no other mark.
  if (/socket hang up|disconnected before secure|other side closed/i.test(error.message))
    return { outcome: "unanswered", reason: "closed" };
  return { outcome: "failed", reason: error.message };
}

function answered(status: number | undefined, headers: IncomingHttpHeaders): Actual {
  return { outcome: "answered", status: status ?? 0, location: headers.location };
}

/** The connection of a probe; its TLS is verified as any client would. */
function connect(probe: Probe, ca: Buffer, signal: AbortSignal): net.Socket {
  const { place, from, protocol } = probe;
  const plain = net.connect({ host: place.address, port: place.port, localAddress: from });
  signal.addEventListener("abort", () => plain.destroy(), { once: true });
  if (!place.tls) return plain;
  return tls.connect({
    socket: plain,
    servername: place.name,
    ca,
    ALPNProtocols: [protocol === "HTTP/2" ? "h2" : "http/1.1"],
  });
}

function sendHttp1(probe: Probe, ca: Buffer, signal: AbortSignal): Promise<Actual> {
  return new Promise((resolve, reject) => {
    // Without an agent: an agent would make the connection itself.
    const request = http.request({
      path: "/",
      headers: { host: probe.place.name, "user-agent": "hopwise" },
      signal,
      createConnection: () => connect(probe, ca, signal),
    });
    request.on("error", reject);
    request.on("response", (response) => {
      response.resume();
      response.on("error", reject);
      response.on("end", () => {
        resolve(answered(response.statusCode, response.headers));
      });
    });
    request.end();
  });
}

async function sendHttp2(probe: Probe, ca: Buffer, signal: AbortSignal): Promise<Actual> {
  const origin = `https://${probe.place.name}`;
  const session = http2.connect(origin, {
    createConnection: () => connect(probe, ca, signal),
  });
  try {
    return await new Promise<Actual>((resolve, reject) => {
      session.on("error", reject);
      const stream = session.request({ ":path": "/", "user-agent": "hopwise" }, { signal });
      let actual: Actual | undefined;
      stream.on("response", (headers) => {
        actual = answered(headers[":status"], headers);
      });
      stream.on("error", reject);
      stream.on("close", () => {
        if (actual) resolve(actual);
        else reject(Object.assign(new Error("closed without an answer"), { code: "ECONNRESET" }));
      });
      stream.resume();
      stream.end();
    });
  } finally {
    session.destroy();
  }
}

/**
 * Makes a probe's request as a client on the internet would, and reads the whole answer.
 *
 * @param ca Certificate authority that the client trusts, PEM.
 * @param milliseconds Time after which a request without an answer counts as dropped.
 */
export async function send(probe: Probe, ca: Buffer, milliseconds: number): Promise<Actual> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    return await (probe.protocol === "HTTP/2" ? sendHttp2 : sendHttp1)(probe, ca, signal);
  } catch (error) {
    if (signal.aborted)
      return { outcome: "unanswered", reason: `no answer in ${milliseconds / 1000} s` };
    return unanswered(error as NodeJS.ErrnoException);
  }
}
