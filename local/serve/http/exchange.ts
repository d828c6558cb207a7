/** One request to the next hop, over HTTP/1.1 or HTTP/2, behind one interface. */
import type { Readable } from "node:stream";
import type { Header } from "./headers";

/** The forwarded request. */
export interface Outgoing {
  readonly method: string;
  /** Path with the query string. */
  readonly path: string;
  readonly scheme: "http" | "https";
  /** Host, or :authority. */
  readonly authority: string;
  /** Without Host and hop-by-hop headers. */
  readonly headers: readonly Header[];
  readonly body: Readable;
  readonly hasBody: boolean;
  /** True: the client takes trailers, which is said over HTTP/2 only, as gRPC needs it. @default false */
  readonly trailers?: boolean;
  /** True: an HTTP/1.1 connection ends with this request. @default false */
  readonly last?: boolean;
}

/** The response. */
export interface Answer {
  readonly status: number;
  /** HTTP/1.1 only. */
  readonly reason?: string;
  readonly headers: readonly Header[];
  readonly body: Readable;
  /** True if there is only a head, as in gRPC's "trailers-only" responses. @default false */
  readonly headOnly?: boolean;
  /** Trailers, once the body has ended. */
  trailers(): readonly Header[];
  /** HTTP/2's code of the RST_STREAM that cut the body off, once it has ended. @default none */
  readonly cutOff?: () => number | undefined;
}

/** Why there is no response. */
export type FailureKind =
  /** The connection was refused, or reset before it was established. */
  | "connect"
  | "connect-timeout"
  /** TLS could not be established. */
  | "tls"
  /** The connection ended, or the stream was reset, with the request outstanding. */
  | "closed"
  /** No response in time. */
  | "read-timeout"
  /** The response was not HTTP. */
  | "malformed";

/** No response from the next hop. */
export class ExchangeFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly about: {
      /** True if the connection had been used before: a new one may succeed. */
      readonly reused?: boolean;
      /** Code of the RST_STREAM that ended an HTTP/2 request. */
      readonly streamError?: number;
      /** True if the peer said over HTTP/2 that it did not process the request. */
      readonly unprocessed?: boolean;
    } = {},
  ) {
    super(message);
  }
}
