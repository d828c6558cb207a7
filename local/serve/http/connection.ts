/** The connection over which a request arrived. */
import type net from "node:net";
import type tls from "node:tls";
import { plainAddress } from "../addresses";
import { type ClientChain, clientChain } from "./clientCheck";

/** A client's connection; one object for all of its requests. */
export interface Connection {
  /** The caller's loopback address. */
  readonly address: string;
  readonly port: number;
  readonly secure?: {
    readonly cipher: string;
    readonly version: string;
    readonly servername?: string;
    /** True when the client resumed an earlier TLS session: no certificate was shown. */
    readonly resumed: boolean;
    /** The certificates that the client showed; absent: none. */
    readonly clientChain?: ClientChain;
  };
  readonly socket: net.Socket;
  /** When it was accepted, in milliseconds since 1970. */
  readonly since: number;
  /** Number of requests on it so far. */
  requests: number;
  /** Bytes that were read when its last request was answered. */
  bytesSettled: number;
}

/** Describes a connection: plain, or with its TLS handshake done. */
export function connectionOf(socket: net.Socket | tls.TLSSocket): Connection {
  const base = {
    address: plainAddress(socket.remoteAddress),
    port: socket.remotePort ?? 0,
    socket,
    since: Date.now(),
    requests: 0,
    bytesSettled: socket.bytesRead,
  };
  // Node 20 crashes with a segmentation fault when asked for the cipher of a closed connection.
  if (!("getCipher" in socket) || socket.destroyed) return base;
  // The type says that both always exist, but they do not after the peer has disconnected.
  const cipher = (socket.getCipher() as tls.CipherNameAndProtocol | undefined)?.name ?? "-";
  const { servername } = socket as { servername?: string | false };
  const chain = clientChain(socket);
  return {
    ...base,
    secure: {
      cipher,
      version: socket.getProtocol() ?? "-",
      servername: servername === false ? undefined : servername,
      resumed: socket.isSessionReused(),
      ...(chain && { clientChain: chain }),
    },
  };
}
