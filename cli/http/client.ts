/**
 * One HTTP request over a new connection, by a client that a hostile server cannot hold up:
 * everything has an end in time and size, and nothing that is received is trusted.
 */
import { connectForRequest, connectTls, type ConnectionState } from "./connect";
import { overHttp1, overHttp2 } from "./exchange";
import { failureOf } from "./failure";
import type { HttpRequest, SiteEndpoint, HttpResult } from "./types";

/** Makes the request. Never throws. */
export async function sendRequest(request: HttpRequest): Promise<HttpResult> {
  const state: ConnectionState = { sockets: [] };
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort();
  }, request.milliseconds);
  try {
    const socket = await connectForRequest(request, state, limit.signal);
    const aborted = whenAborted(limit.signal);
    const exchange = request.protocol === "HTTP/2" ? overHttp2 : overHttp1;
    const got = await Promise.race([exchange(request, socket), aborted]);
    return { ...got, ...(state.secured && { secured: state.secured }) };
  } catch (error) {
    const failure = limit.signal.aborted
      ? { kind: "timeout" as const, reason: `no answer in ${request.milliseconds / 1000} s` }
      : failureOf(error as NodeJS.ErrnoException, state);
    return { outcome: "failed", ...failure, ...(state.secured && { secured: state.secured }) };
  } finally {
    clearTimeout(timer);
    for (const socket of state.sockets) socket.destroy();
  }
}

/** How far a TLS handshake with one version gets: no request is sent. */
export async function tryHandshake(
  endpoint: SiteEndpoint,
  version: "TLSv1.1" | "TLSv1.2" | "TLSv1.3",
  milliseconds: number,
  client?: HttpRequest["client"],
): Promise<{ readonly accepted: boolean; readonly reason: string }> {
  const state: ConnectionState = { sockets: [] };
  const signal = AbortSignal.timeout(milliseconds);
  try {
    const options = {
      ...client,
      minVersion: version,
      maxVersion: version,
      // Without this, OpenSSL itself would not offer what the other side is to refuse.
      ...(version === "TLSv1.1" && { ciphers: "DEFAULT@SECLEVEL=0" }),
    };
    await connectTls(endpoint, options, state, signal);
    return { accepted: true, reason: "" };
  } catch (error) {
    const reason = signal.aborted ? "no answer" : failureOf(error as Error, state).reason;
    return { accepted: false, reason };
  } finally {
    for (const socket of state.sockets) socket.destroy();
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new Error("aborted"));
    });
  });
}
