/** A stack that is served, as the kit gives it back. */
import type { RequestOptions } from "./types";

/** How to serve a stack. The options are those of `hopwise local`. */
export interface ServeOptions {
  /** Shell commands that replace containers, by the container's name. */
  readonly run?: Readonly<Record<string, string>>;
  /** Servers that run already and replace containers, by the container's name (`host:port`). */
  readonly upstream?: Readonly<Record<string, string>>;
  /** True: a small server replaces nginx, even if nginx is installed. @default false */
  readonly embeddedOrigin?: boolean;
}

/** A request to a served stack. */
export interface FetchOptions extends Pick<
  RequestOptions,
  "protocol" | "method" | "headers" | "connectTo"
> {
  readonly protocol?: "HTTP/1.1" | "HTTP/2";
  /** `cloudfront`: another CloudFront distribution. @default a caller on the internet */
  readonly from?: "cloudfront";
  readonly body?: string | Uint8Array;
  /** Seconds to wait for the answer. @default 10 */
  readonly timeLimit?: number;
}

/** Where a URL is served, for a client other than {@link ServedStack.fetch}. */
export interface ServedAt {
  readonly address: string;
  readonly port: number;
  /** Name for TLS and the Host header. */
  readonly name: string;
  /** Certificate of the local certificate authority, PEM. */
  readonly ca: string;
}

/** A stack that is being served on this machine. */
export interface ServedStack {
  /** What viewers call, with the local port. */
  readonly url: string;
  /** File with the certificate of the local certificate authority. */
  readonly caFile: string;
  /** What differs from AWS. */
  readonly notes: readonly string[];
  /**
   * Requests a URL as it is on AWS (`https://www.example.com/`). Redirects are not followed.
   *
   * @throws Error if no HTTP answer comes back: the connection is not admitted, or refused
   */
  fetch(url: string, options?: FetchOptions): Promise<Response>;
  /** Where a URL is served. */
  locate(url: string, options?: Pick<FetchOptions, "connectTo">): ServedAt;
  /** Ends everything that was started. */
  close(): Promise<void>;
}
