/** Connections of the command's HTTP client. */
import net from "node:net";
import tls from "node:tls";
import type { HttpRequest, SiteEndpoint, TlsSession } from "./types";

/** The connections of one request, and how far they got. */
export interface ConnectionState {
  readonly sockets: net.Socket[];
  /** True when there is a TCP connection, and TLS begins. */
  connected?: boolean;
  secured?: TlsSession;
}

/** An IP address is not a name that TLS may carry. */
function nameOf({ name }: SiteEndpoint): string {
  return net.isIP(name) === 0 ? name : "";
}

export function connectForRequest(
  request: HttpRequest,
  state: ConnectionState,
  signal: AbortSignal,
): Promise<net.Socket> {
  const { endpoint, ca, client } = request;
  if (!endpoint.tls) {
    const { address: host, port, from } = endpoint;
    const socket = net.connect({ host, port, localAddress: from });
    return ready(socket, "connect", state, signal);
  }
  const ALPNProtocols = request.protocol === "HTTP/2" ? ["h2", "http/1.1"] : ["http/1.1"];
  return connectTls(endpoint, { ALPNProtocols, ca, ...client }, state, signal);
}

/** The certificate is reported, not enforced: a wrong one is one result among others. */
export async function connectTls(
  endpoint: SiteEndpoint,
  options: tls.ConnectionOptions,
  state: ConnectionState,
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
  state: ConnectionState,
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

function describe(socket: tls.TLSSocket): TlsSession {
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
