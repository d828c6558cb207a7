/** A request of the command's HTTP client, and what comes of it. */

/** Where to connect, and who to say one wants. */
export interface SiteEndpoint {
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
export interface HttpRequest {
  readonly endpoint: SiteEndpoint;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  /** @default "/" */
  readonly path?: string;
  /** @default "GET" */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Certificate authorities to trust, PEM. @default the system's */
  readonly ca?: Buffer;
  /** A certificate that the client shows, with its key, PEM. @default none */
  readonly client?: { readonly cert: Buffer; readonly key: Buffer };
  readonly milliseconds: number;
  /** How much of the body is read; the rest is not waited for. @default {@link bodyBytes} */
  readonly bodyLimit?: number;
}

/** What the handshake came to. */
export interface TlsSession {
  /** `TLSv1.3` */
  readonly version: string;
  /** `h2`, `http/1.1`, or empty. */
  readonly alpn: string;
  /** Why the certificate is not to be trusted; absent when it is. */
  readonly distrust?: string;
  readonly certificate: { readonly names: readonly string[]; readonly validTo: string };
}

/** What a request got. */
export type HttpResult =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** The beginning of the body, as far as it is read. */
      readonly body: string;
      /** The same, not decoded. */
      readonly content: Buffer;
      readonly trailers: Readonly<Record<string, string>>;
      readonly secured?: TlsSession;
    }
  /** No HTTP answer; `kind` says at which step. */
  | {
      readonly outcome: "failed";
      readonly kind: "name" | "refused" | "timeout" | "reset" | "tls" | "protocol";
      readonly reason: string;
      readonly secured?: TlsSession;
    };

/** What of a body is read where nothing else is asked for. */
export const bodyBytes = 64 * 1024;
