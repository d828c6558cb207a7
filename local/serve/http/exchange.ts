/** One request to the next hop, over HTTP/1.1 or HTTP/2, behind one interface. */
import type { Readable } from "node:stream";
import type { Header } from "./headers";

/** What is sent on. */
export interface Outgoing {
  readonly method: string;
  /** Path with the query string. */
  readonly path: string;
  readonly scheme: "http" | "https";
  /** Host, or :authority. */
  readonly authority: string;
  /** Without Host and without headers of one connection. */
  readonly headers: readonly Header[];
  readonly body: Readable;
  readonly hasBody: boolean;
  /** True: an HTTP/1.1 connection ends with this request. @default false */
  readonly last?: boolean;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** HTTP/1.1 only. */
  readonly reason?: string;
  readonly headers: readonly Header[];
  readonly body: Readable;
  /** True when the head is all there is, as for gRPC's "trailers-only" answers. @default false */
  readonly headOnly?: boolean;
  /** Trailers, once the body has ended. */
  trailers(): readonly Header[];
  /** HTTP/2's code of the RST_STREAM that cut the body off, once it has ended. @default none did */
  readonly cutOff?: () => number | undefined;
}

/** Why there is no answer. */
export type FailureKind =
  /** The connection was refused, or reset before it was up. */
  | "connect"
  | "connect-timeout"
  /** TLS did not come about. */
  | "tls"
  /** The connection ended, or the stream was reset, with the request outstanding. */
  | "closed"
  /** No answer in time. */
  | "read-timeout"
  /** What came was no HTTP. */
  | "malformed";

/** No answer from the next hop. */
export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    /** True when the connection had been used before: another one may do better. */
    readonly reused = false,
    /** Code of the RST_STREAM that ended an HTTP/2 request. */
    readonly streamError?: number,
  ) {
    super(message);
  }
}

/** Limits on the next hop's slowness. */
export interface Timeouts {
  readonly connectSeconds: number;
  /** For the first byte of the answer, and between any two after it. */
  readonly readSeconds: number;
}
