/** An acceptor's options: who may connect, TLS, and who handles requests. */
import type { NotAdmitted } from "../types";
import type http from "node:http";
import type http2 from "node:http2";
import type net from "node:net";
import type { Connection } from "./connection";
import type { TlsSettings } from "./tls";

export type { Connection } from "./connection";

/** A request of either HTTP version. */
export type Request = http.IncomingMessage | http2.Http2ServerRequest;
/** A response of either HTTP version. */
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
  /** False: the connection is not read, and `notAdmitted` says what happens to it. */
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
   * What is written to a client whose bytes are not HTTP: a complete HTTP/1.1 response.
   *
   * @param code Node's code of the error, or one of `wireErrors`
   * @param bytes what could not be read, from its beginning if that is known
   */
  readonly malformed: (code: string, connection: Connection, bytes: Buffer) => string;
  /**
   * Complete response to a client that was idle before its first request, or in the middle of a
   * request's head. @default none: the connection ends
   */
  readonly requestTimeout?: (connection: Connection) => string;
  /**
   * The client ended its side, or broke the framing, in the middle of a request's body: answers the
   * request. @default the connection ends
   */
  readonly truncated?: (request: Request) => void;
  /** A connection is ready for requests, or its TLS handshake failed. */
  readonly connected?: (connection: Connection, handshake?: Handshake) => void;
}

/** The result of a TLS handshake. */
export interface Handshake {
  readonly milliseconds: number;
  /** Set when it failed: OpenSSL's or Node's code. */
  readonly error?: string;
}

/** Codes that `malformed` gets for what Node itself would let pass. */
export const wireErrors = {
  /** HTTP/1.1 without a Host header or with several. */
  host: "BAD_HOST",
  /** CONNECT, which neither CloudFront nor load balancers accept. */
  connect: "CONNECT",
  plainHttp: "PLAIN_HTTP_TO_HTTPS_PORT",
} as const;
