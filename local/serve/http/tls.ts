/** TLS on a port, with settings that may change while connections are open. */
import tls from "node:tls";
import type { ServerCertificate } from "../certificates";

/** How TLS is spoken on a port. */
export interface TlsSettings {
  /** The certificate for a server name; undefined for clients that send none. */
  certificate(servername: string | undefined): ServerCertificate;
  /** Whether HTTP/2 is offered to clients that ask for a name. */
  http2(servername: string | undefined): boolean;
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
  readonly maxVersion: "TLSv1.2" | "TLSv1.3";
}

/**
 * A server for connections that `connection` is emitted with.
 *
 * @param current the settings of the next handshake
 */
export function tlsServer(
  settings: TlsSettings,
  current: () => TlsSettings | undefined,
  onSocket: (socket: tls.TLSSocket) => void,
): tls.Server {
  const now = (): TlsSettings => current() ?? settings;
  const server = tls.createServer({
    ...contextOf(settings),
    SNICallback: (name, done) => {
      done(null, now().certificate(name).context);
    },
    ALPNCallback: ({ servername, protocols }) => {
      if (now().http2(servername || undefined) && protocols.includes("h2")) return "h2";
      return protocols.includes("http/1.1") ? "http/1.1" : undefined;
    },
  });
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  server.on("secureConnection", (socket) => {
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  return server;
}

/** What a TLS server starts with; SNICallback chooses the certificate of clients that send a name. */
export function contextOf(settings: TlsSettings): tls.SecureContextOptions {
  const { certificate: cert, key } = settings.certificate(undefined);
  const { minVersion, maxVersion } = settings;
  return { cert, key, minVersion, maxVersion };
}
