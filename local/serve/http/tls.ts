/** TLS on a port, with settings that may change while connections are open. */
import type net from "node:net";
import { constants } from "node:crypto";
import tls from "node:tls";
import type { ServerCertificate } from "../certificates";
import type { Handshake } from "./acceptorOptions";
import { type ClientCheck, turnedAway } from "./clientCheck";

/** The TLS settings of a port. */
export interface TlsSettings {
  /** The certificate for a server name; undefined for clients that send none. */
  certificate(servername: string | undefined): ServerCertificate;
  /** Whether HTTP/2 is offered to clients that ask for a name. */
  http2(servername: string | undefined): boolean;
  /** True where some clients are asked for a certificate. @default false */
  readonly asks?: boolean;
  /** What those are asked for that want a name; with `asks` only. */
  clientCheck?(servername: string | undefined): ClientCheck | undefined;
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
  readonly maxVersion: "TLSv1.2" | "TLSv1.3";
}

/**
 * Milliseconds; the same as for load balancers and targets, since AWS documents none for clients.
 */
const handshakeTimeout = 10_000;

/** The results of handshakes. */
export interface Handshakes {
  readonly secured: (socket: tls.TLSSocket, milliseconds: number) => void;
  readonly failed: (socket: net.Socket, handshake: Handshake) => void;
}

/**
 * A server for connections that are passed to it with its `connection` event.
 *
 * @param current the settings of the next handshake
 */
export function tlsServer(
  settings: TlsSettings,
  current: () => TlsSettings | undefined,
  handshakes: Handshakes,
): tls.Server {
  const now = (): TlsSettings => current() ?? settings;
  const server = tls.createServer({
    handshakeTimeout,
    ...contextOf(settings),
    requestCert: settings.asks === true,
    // After the handshake, so that one port can treat names differently.
    rejectUnauthorized: false,
    SNICallback: (name, done) => {
      const { context } = now().certificate(name);
      done(
        null,
        now().clientCheck?.(name) ? tls.createSecureContext(contextOf(now(), name)) : context,
      );
    },
    ALPNCallback: ({ servername, protocols }) => {
      if (now().http2(servername || undefined) && protocols.includes("h2")) return "h2";
      return protocols.includes("http/1.1") ? "http/1.1" : undefined;
    },
  });
  // By the client's port: TLS returns other socket objects than those it got.
  const begun = new Map<number | undefined, number>();
  server.prependListener("connection", ({ remotePort }: net.Socket) => {
    begun.set(remotePort, performance.now());
  });
  const since = ({ remotePort }: net.Socket): number => {
    const start = begun.get(remotePort) ?? performance.now();
    begun.delete(remotePort);
    return performance.now() - start;
  };
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
    const milliseconds = since(socket);
    handshakes.failed(socket, { milliseconds, error: error.code ?? error.message });
    socket.destroy();
  });
  server.on("secureConnection", (socket) => {
    socket.on("error", () => socket.destroy());
    const { servername } = socket as { servername?: string | false };
    const check = now().clientCheck?.(servername === false ? undefined : servername);
    const error = check && turnedAway(check, socket);
    if (error === undefined) {
      handshakes.secured(socket, since(socket));
      return;
    }
    handshakes.failed(socket, { milliseconds: since(socket), error });
    socket.destroy();
  });
  return server;
}

/** Options of a TLS server for clients that want a name; SNICallback selects them by it. */
export function contextOf(settings: TlsSettings, name?: string): tls.SecureContextOptions {
  const { certificate: cert, key } = settings.certificate(name);
  const { minVersion, maxVersion } = settings;
  const check = settings.clientCheck?.(name);
  return {
    ...{ cert, key, minVersion, maxVersion },
    // "Session resumption is not supported", ALB user guide, mutual authentication.
    ...(check && { ca: [...check.trusted], secureOptions: constants.SSL_OP_NO_TICKET }),
  };
}
