/** Opens a connection to the next hop: TCP, TLS and the protocol that is negotiated. */
import net from "node:net";
import tls from "node:tls";
import { ExchangeFailure } from "./exchange";

/** Names of the protocols as ALPN has them. */
export type Alpn = "h2" | "http/1.1";

/** Where to connect, and with which TLS. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Source address of the connection. */
  readonly localAddress: string;
  readonly connectSeconds: number;
  /** @default none: the connection is not encrypted */
  readonly tls?: {
    /** What is offered, the preferred first. */
    readonly offers: readonly Alpn[];
    /** How the certificate is validated. @default not at all, as load balancers do with targets */
    readonly verify?: Pick<
      tls.ConnectionOptions,
      "servername" | "checkServerIdentity" | "secureContext"
    >;
  };
}

/** An open connection. */
export interface Opened {
  readonly socket: net.Socket;
  /** What the peer chose; undefined without TLS, or if the peer does not negotiate. */
  readonly alpn?: Alpn;
}

/** Resolves when the connection can carry requests. @throws {ExchangeFailure} */
export function connect(endpoint: Endpoint): Promise<Opened> {
  const { host, port, localAddress, connectSeconds, tls: secure } = endpoint;
  return new Promise((resolve, reject) => {
    const plain = net.connect({ host, port, localAddress, noDelay: true });
    const socket = secure
      ? tls.connect({
          socket: plain,
          ALPNProtocols: [...secure.offers],
          ...(secure.verify ?? { rejectUnauthorized: false, secureContext: unverified() }),
        })
      : plain;
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(
        new ExchangeFailure(tlsErrors.test(error.code ?? "") ? "tls" : "connect", error.message),
      );
    };
    const late = setTimeout(() => {
      reject(new ExchangeFailure("connect-timeout", `no connection within ${connectSeconds} s`));
      socket.destroy();
      plain.destroy();
    }, connectSeconds * 1000);
    plain.once("error", failed);
    if (secure) socket.once("error", failed);
    socket.once("close", () => {
      clearTimeout(late);
      failed(new Error("the connection ended"));
    });
    socket.once(secure ? "secureConnect" : "connect", () => {
      clearTimeout(late);
      plain.off("error", failed);
      socket.off("error", failed);
      resolve({ socket, alpn: alpnOf(socket) });
    });
  });
}

let context: tls.SecureContext | undefined;

/** For peers whose certificate is not validated; made once, because that takes longer than a handshake. */
function unverified(): tls.SecureContext {
  context ??= tls.createSecureContext();
  return context;
}

/** Codes of errors in a handshake; a reset in the middle of one has another. */
const tlsErrors = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|UNABLE_|SELF_SIGNED|EPROTO)/;

function alpnOf(socket: net.Socket): Alpn | undefined {
  const alpn = socket instanceof tls.TLSSocket ? socket.alpnProtocol : undefined;
  return alpn === "h2" || alpn === "http/1.1" ? alpn : undefined;
}
