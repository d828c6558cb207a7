/** What an acceptor is told: who may connect, how TLS is spoken, who handles requests. */
import type { NotAdmitted } from "../types";
import type http from "node:http";
import type http2 from "node:http2";
import type net from "node:net";
import type { Connection } from "./connection";
import type { TlsSettings } from "./tls";

export type { Connection } from "./connection";

export type Request = http.IncomingMessage | http2.Http2ServerRequest;
export type Response = http.ServerResponse | http2.Http2ServerResponse;

/** An HTTP/1.1 request to change protocol, with the bytes that came after it. */
export interface Upgrade {
  readonly socket: net.Socket;
  readonly head: Buffer;
}

export interface AcceptorOptions {
  readonly tls?: TlsSettings;
  /** Seconds a client connection may be idle. */
  readonly idleSeconds: number;
  /** Limit on all headers of a request, in bytes. */
  readonly maxHeaderBytes: number;
  /** False: nothing of the connection is read, and `notAdmitted` says what becomes of it. */
  readonly admits: (address: string) => boolean;
  /** @default "reset" */
  readonly notAdmitted?: NotAdmitted;
  readonly handle: (
    request: Request,
    response: Response,
    connection: Connection,
    upgrade?: Upgrade,
  ) => void;
  /**
   * What is written to a client whose bytes are no HTTP: a whole HTTP/1.1 answer.
   *
   * @param code Node's code of the error, or one of `wireErrors`
   * @param bytes what could not be read, from its beginning where that is known
   */
  readonly malformed: (code: string, connection: Connection, bytes: Buffer) => string;
  /**
   * Whole answer to a client that was idle before its first request, or in the middle of a request's
   * head. @default none: the connection ends
   */
  readonly starved?: (connection: Connection) => string;
  /**
   * The client ended its side, or broke the framing, in the middle of a request's body: answers the
   * request. @default the connection ends
   */
  readonly truncated?: (request: Request) => void;
  /** A connection is ready for requests, or its TLS handshake failed. */
  readonly connected?: (connection: Connection, handshake?: Handshake) => void;
}

/** How a TLS handshake went. */
export interface Handshake {
  readonly milliseconds: number;
  /** Set when it failed: OpenSSL's or Node's code. */
  readonly error?: string;
}

/** Codes that `malformed` gets for what Node itself would let pass. */
export const wireErrors = {
  /** HTTP/1.1 with none or with several Host headers. */
  host: "BAD_HOST",
  /** CONNECT, which neither CloudFront nor load balancers take. */
  connect: "CONNECT",
  plainHttp: "PLAIN_HTTP_TO_HTTPS_PORT",
} as const;
