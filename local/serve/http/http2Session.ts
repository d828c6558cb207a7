/** A connection of HTTP/2 and the streams on it. */
import type http2 from "node:http2";
import { constants } from "node:http2";

/** Streams per connection; a peer may accept fewer, and nginx accepts 128. */
const maxStreams = 128;

/** Counts the streams of a connection, and closes it when it has been without one for a time. */
export class Session {
  /** Streams under way, and those that are about to begin. */
  private streams = 0;
  /** True once it has carried a request. */
  used = false;
  /** Set by GOAWAY: the peer processes no stream with a higher number. */
  private lastStream?: number;
  private idle?: NodeJS.Timeout;

  /** @param idleSeconds seconds without a request after which it is closed */
  constructor(
    readonly http2: http2.ClientHttp2Session,
    private readonly idleSeconds: number,
  ) {
    http2.on("goaway", (_code: number, lastStream: number) => {
      this.lastStream = lastStream;
    });
    http2.on("close", () => {
      clearTimeout(this.idle);
    });
  }

  /** True if it takes no more requests. */
  get over(): boolean {
    return this.http2.closed || this.http2.destroyed || this.lastStream !== undefined;
  }

  /** True if the peer allows another stream. */
  get hasRoom(): boolean {
    const allowed = this.http2.remoteSettings.maxConcurrentStreams ?? Infinity;
    return this.streams < Math.min(allowed, maxStreams);
  }

  /** Reserves a stream before its request begins: others that wait must not count on it. */
  reserve(): this {
    this.streams += 1;
    return this;
  }

  /** A stream has ended, or did not begin. */
  release(): void {
    this.streams -= 1;
    if (this.streams > 0 || this.http2.destroyed) return;
    if (this.idle) this.idle.refresh();
    else this.idle = setTimeout(this.end, this.idleSeconds * 1000).unref();
  }

  private readonly end = (): void => {
    if (this.streams === 0) this.http2.close();
  };

  /** True if the peer refused the stream, or said that an earlier one was its last. */
  leftUnprocessed(stream: http2.ClientHttp2Stream): boolean {
    if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) return true;
    return this.lastStream !== undefined && (stream.id ?? Infinity) > this.lastStream;
  }
}
