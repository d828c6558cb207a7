/**
 * One HTTP request over a connection of its own, by a client that a hostile server cannot hold up:
 * everything has an end in time and size, and nothing that is received is trusted.
 */
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";

/** Where to connect, and who to say one wants. */
export interface Endpoint {
  /** Name in the URL, the Host header and the TLS handshake. */
  readonly name: string;
  /** Port in the URL; it is in the Host header unless it is the scheme's own. */
  readonly urlPort?: number;
  /** Address, or name to look up, to connect to. */
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  /** Address of this machine to connect from. */
  readonly from?: string;
}

/** A request. */
export interface Asked {
  readonly endpoint: Endpoint;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  /** @default "/" */
  readonly path?: string;
  /** @default "GET" */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Certificate authorities to trust, PEM. @default the system's */
  readonly ca?: Buffer;
  readonly milliseconds: number;
}

/** What the handshake came to. */
export interface Secured {
  /** `TLSv1.3` */
  readonly version: string;
  /** `h2`, `http/1.1`, or empty. */
  readonly alpn: string;
  /** Why the certificate is not to be trusted; absent when it is. */
  readonly distrust?: string;
  readonly certificate: { readonly names: readonly string[]; readonly validTo: string };
}

/** What a request got. */
export type Got =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** The first {@link bodyBytes} of the body. */
      readonly body: string;
      readonly trailers: Readonly<Record<string, string>>;
      readonly secured?: Secured;
    }
  /** No HTTP answer; `kind` says at which step. */
  | {
      readonly outcome: "failed";
      readonly kind: "name" | "refused" | "timeout" | "reset" | "tls" | "protocol";
      readonly reason: string;
      readonly secured?: Secured;
    };

/** What of a body is read; the rest is not waited for. */
export const bodyBytes = 64 * 1024;
const headerBytes = 32 * 1024;

/** Makes the request. Never throws. */
export async function ask(asked: Asked): Promise<Got> {
  const state: State = { sockets: [] };
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort();
  }, asked.milliseconds);
  try {
    const socket = await connect(asked, state, limit.signal);
    const aborted = whenAborted(limit.signal);
    const exchange = asked.protocol === "HTTP/2" ? overHttp2 : overHttp1;
    const got = await Promise.race([exchange(asked, socket), aborted]);
    return { ...got, ...(state.secured && { secured: state.secured }) };
  } catch (error) {
    const failure = limit.signal.aborted
      ? { kind: "timeout" as const, reason: `no answer in ${asked.milliseconds / 1000} s` }
      : failureOf(error as NodeJS.ErrnoException, state);
    return { outcome: "failed", ...failure, ...(state.secured && { secured: state.secured }) };
  } finally {
    clearTimeout(timer);
    for (const socket of state.sockets) socket.destroy();
  }
}

/** How far a TLS handshake with one version gets: no request is sent. */
export async function shakeHands(
  endpoint: Endpoint,
  version: "TLSv1.1" | "TLSv1.2" | "TLSv1.3",
  milliseconds: number,
): Promise<{ readonly accepted: boolean; readonly reason: string }> {
  const state: State = { sockets: [] };
  const signal = AbortSignal.timeout(milliseconds);
  try {
    const options = {
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

interface State {
  readonly sockets: net.Socket[];
  /** True when there is a TCP connection, and TLS begins. */
  connected?: boolean;
  secured?: Secured;
}

/** An IP address is not a name that TLS may carry. */
function nameOf({ name }: Endpoint): string {
  return net.isIP(name) === 0 ? name : "";
}

function connect(asked: Asked, state: State, signal: AbortSignal): Promise<net.Socket> {
  const { endpoint, ca } = asked;
  if (!endpoint.tls) {
    const { address: host, port, from } = endpoint;
    const socket = net.connect({ host, port, localAddress: from });
    return ready(socket, "connect", state, signal);
  }
  const ALPNProtocols = asked.protocol === "HTTP/2" ? ["h2", "http/1.1"] : ["http/1.1"];
  return connectTls(endpoint, { ALPNProtocols, ca }, state, signal);
}

/** The certificate is judged, not enforced: what is wrong with it is one verdict among others. */
async function connectTls(
  endpoint: Endpoint,
  options: tls.ConnectionOptions,
  state: State,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  const { address: host, port, from } = endpoint;
  const socket = tls.connect({
    host,
    port,
    rejectUnauthorized: false,
    servername: nameOf(endpoint),
    ...(from !== undefined && ({ localAddress: from } as object)),
    ...options,
  });
  socket.once("connect", () => {
    state.connected = true;
  });
  await ready(socket, "secureConnect", state, signal);
  state.secured = describe(socket);
  return socket;
}

/** The socket once it can be written to. */
function ready<S extends net.Socket>(
  socket: S,
  event: "connect" | "secureConnect",
  state: State,
  signal: AbortSignal,
): Promise<S> {
  state.sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once(event, () => {
      resolve(socket);
    });
    // It stays: what comes late must not end the program.
    socket.on("error", reject);
    socket.once("close", () => {
      reject(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    });
    signal.addEventListener("abort", () => {
      reject(new Error("aborted"));
    });
  });
}

function describe(socket: tls.TLSSocket): Secured {
  const certificate = socket.getPeerCertificate() as Partial<tls.PeerCertificate>;
  const names = (certificate.subjectaltname ?? "")
    .split(/, */)
    .map((name) => name.replace(/^(DNS|IP Address):/, ""))
    .filter(Boolean);
  const error = socket.authorizationError as unknown;
  return {
    version: socket.getProtocol() ?? "",
    alpn: socket.alpnProtocol === false ? "" : (socket.alpnProtocol ?? ""),
    ...(!socket.authorized && { distrust: error instanceof Error ? error.message : String(error) }),
    certificate: { names, validTo: certificate.valid_to ?? "" },
  };
}

/** `host` as a client writes it. */
function authority({ name, urlPort, tls: secure }: Endpoint): string {
  const own = secure ? 443 : 80;
  const host = net.isIPv6(name) ? `[${name}]` : name;
  return urlPort === undefined || urlPort === own ? host : `${host}:${urlPort}`;
}

function overHttp1(asked: Asked, socket: net.Socket): Promise<Got> {
  const { endpoint, path = "/", method = "GET", headers, body } = asked;
  return new Promise((resolve, reject) => {
    const request = http.request({
      path,
      method,
      maxHeaderSize: headerBytes,
      headers: { host: authority(endpoint), "user-agent": "hopwise", ...headers },
      // Without an agent: an agent would make the connection itself.
      createConnection: () => socket,
    });
    request.on("error", reject);
    request.on("upgrade", (response: http.IncomingMessage) => {
      resolve(answered(response.statusCode, plain(response.headers), "", {}));
    });
    request.on("response", (response) => {
      const chunks = new Bounded();
      const done = (): void => {
        const { statusCode, headers: received, trailers } = response;
        resolve(answered(statusCode, plain(received), chunks.text(), plain(trailers)));
      };
      response.on("data", (chunk: Buffer) => {
        if (chunks.add(chunk)) done();
      });
      response.on("end", done);
      response.on("error", reject);
    });
    request.end(body);
  });
}

function overHttp2(asked: Asked, socket: net.Socket): Promise<Got> {
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
  return new Promise<Got>((resolve, reject) => {
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
    const chunks = new Bounded();
    let status: number | undefined;
    let received: Record<string, string> = {};
    let trailers: Record<string, string> = {};
    const done = (): void => {
      if (status === undefined)
        reject(Object.assign(new Error("no answer"), { code: "ECONNRESET" }));
      else resolve(answered(status, received, chunks.text(), trailers));
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

  /** True when there is enough. */
  add(chunk: Buffer): boolean {
    this.chunks.push(chunk);
    this.size += chunk.length;
    return this.size >= bodyBytes;
  }

  text(): string {
    return Buffer.concat(this.chunks).subarray(0, bodyBytes).toString("utf8");
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
  body: string,
  trailers: Record<string, string>,
): Got {
  return { outcome: "answered", status: status ?? 0, headers, body, trailers };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new Error("aborted"));
    });
  });
}

type Failed = Pick<Extract<Got, { outcome: "failed" }>, "kind" | "reason">;

const closed = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);

function failureOf(error: NodeJS.ErrnoException & { handshake?: boolean }, state: State): Failed {
  const { code = "", message } = error;
  if (error.cause instanceof Error) return failureOf(error.cause, state);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return { kind: "name", reason: "the name cannot be looked up" };
  if (code === "ECONNREFUSED") return { kind: "refused", reason: "nothing listens there" };
  if (code === "ETIMEDOUT" || code === "EHOSTUNREACH" || code === "ENETUNREACH")
    return { kind: "timeout", reason: "the address cannot be reached" };
  if (state.connected === true && state.secured === undefined)
    return closed.has(code)
      ? { kind: "reset", reason: "the connection was closed during the TLS handshake" }
      : { kind: "tls", reason: tlsReason(error) };
  if (closed.has(code) || /socket hang up|other side closed/i.test(message))
    return { kind: "reset", reason: "the connection was closed without an answer" };
  return { kind: "protocol", reason: code.startsWith("HPE_") ? `not HTTP: ${message}` : message };
}

/** OpenSSL's words in short: `tlsv1 alert protocol version` of a longer line. */
function tlsReason({ message }: Error): string {
  const parts = message.split(":");
  return (parts.length > 5 ? parts[5] : message)?.trim() ?? message;
}
