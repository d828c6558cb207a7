/**
 * Connections to one place. Each negotiates its protocol when it opens, and is kept for the next
 * requests: CloudFront's to an origin, and a load balancer's to a target.
 */
import type { ClientAbortSignal } from "./clientAbort";
import { type Endpoint, type Opened, connect } from "./connect";
import { type Answer, ExchangeFailure, type Outgoing } from "./exchange";
import type { Session } from "./http2Session";
import { Http1Connections, type Switched } from "./overHttp1";
import { Http2Connections } from "./overHttp2";
import { RequestBody } from "./requestBody";

export interface Destination extends Endpoint {
  /** What to speak where nothing is negotiated. @default "HTTP/1.1" */
  readonly otherwise?: "HTTP/1.1" | "HTTP/2";
  /** Seconds an idle connection is kept. */
  readonly idleSeconds: () => number;
  /** Seconds to the first byte of a response, and between any two after it. */
  readonly readSeconds: () => number;
}

/** A response, and the protocol of the connection that it came from. */
export interface Received {
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  readonly response: Answer | Switched;
}

/** A connection for a request: a stream of one, a new one, or undefined for an idle one. */
type Carrier = { readonly session: Session } | { readonly opened?: Opened["socket"] };

/**
 * How often a request is sent that the peer refuses unprocessed. More than once, since a server that
 * ends connections after a number of requests may refuse many that wait together.
 */
const maxRefusals = 10;

/** Connections to one place. */
export class Connections {
  private readonly http1: Http1Connections;
  private readonly http2: Http2Connections;
  /** A new connection that may become HTTP/2: other requests wait for it instead of opening more. */
  private opening?: Promise<Carrier>;
  /** What the last new connection spoke. */
  private protocol?: Received["protocol"];
  private closed = false;

  constructor(private readonly destination: Destination) {
    this.http1 = new Http1Connections(destination.idleSeconds());
    this.http2 = new Http2Connections(destination.idleSeconds);
  }

  /**
   * Sends a request and resolves with the response's head.
   *
   * @param upgrade `websocket` to change protocol; only where HTTP/2 is not offered
   * @throws {ExchangeFailure}
   */
  async send(
    outgoing: Outgoing,
    clientAbort: ClientAbortSignal,
    upgrade?: string,
  ): Promise<Received> {
    let body: RequestBody | undefined;
    for (let refusals = 0; ; refusals += 1) {
      const carrier = this.ready() ?? (await this.opened(clientAbort));
      const readSeconds = this.destination.readSeconds();
      if (!("session" in carrier)) {
        const o = { upgrade, opened: carrier.opened };
        const response = await this.http1.send(outgoing, readSeconds, clientAbort, o);
        return { protocol: "HTTP/1.1", response };
      }
      if (outgoing.hasBody) body ??= new RequestBody(outgoing.body);
      try {
        const { session } = carrier;
        const response = await this.http2.send(session, outgoing, readSeconds, clientAbort, body);
        return { protocol: "HTTP/2", response };
      } catch (error) {
        const again =
          error instanceof ExchangeFailure &&
          error.about.unprocessed === true &&
          refusals < maxRefusals &&
          (body?.repeatable ?? true);
        if (!again || clientAbort.aborted) throw error;
      }
    }
  }

  /** True if a request would go over a connection that is open already. */
  get idle(): boolean {
    return this.http2.free !== undefined || this.http1.idle;
  }

  /** Ends the idle connections now, and others when they would become idle. */
  retire(): void {
    this.http1.retire();
    this.http2.retire();
  }

  /** Ends every connection. */
  close(): void {
    this.closed = true;
    this.http1.close();
    this.http2.close();
  }

  /** A connection that is open already. */
  private ready(): Carrier | undefined {
    const session = this.http2.free;
    if (session) return { session: session.reserve() };
    return this.http1.idle ? {} : undefined;
  }

  /** A connection for a request, unless its client aborts it before there is one. */
  private opened(clientAbort: ClientAbortSignal): Promise<Carrier> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        reject(new ExchangeFailure("closed", "the client ended the connection"));
      };
      clientAbort.on(abort);
      if (clientAbort.aborted) abort();
      this.next()
        .then((carrier) => {
          if (!clientAbort.aborted) resolve(carrier);
          else if ("session" in carrier) carrier.session.release();
          else carrier.opened?.destroy();
        }, reject)
        .finally(() => {
          clientAbort.off(abort);
        });
    });
  }

  /** The next connection with room for a request. */
  private async next(): Promise<Carrier> {
    for (;;) {
      const ready = this.ready();
      if (ready) return ready;
      if (this.protocol === "HTTP/1.1" || !this.mayBeHttp2) return this.open();
      if (this.opening === undefined) {
        this.opening = this.open().finally(() => {
          this.opening = undefined;
        });
        return this.opening;
      }
      await this.opening;
    }
  }

  private get mayBeHttp2(): boolean {
    const { tls, otherwise } = this.destination;
    return otherwise === "HTTP/2" || tls?.offers.includes("h2") === true;
  }

  private async open(): Promise<Carrier> {
    const { tls, otherwise = "HTTP/1.1" } = this.destination;
    const { socket, alpn } = await connect(this.destination);
    if (this.closed) {
      socket.destroy();
      throw new ExchangeFailure("connect", "it is not called any more");
    }
    // Without this, an error of an idle connection would end the process.
    socket.on("error", () => socket.destroy());
    const chosen = alpn === "h2" ? "HTTP/2" : alpn === undefined ? otherwise : "HTTP/1.1";
    const offered = tls?.offers.includes("http/1.1") ?? true;
    if (chosen === "HTTP/1.1" && !offered) {
      socket.destroy();
      throw new ExchangeFailure("tls", "HTTP/2 is not offered there (ALPN)");
    }
    this.protocol = chosen;
    if (chosen === "HTTP/1.1") return { opened: socket };
    return { session: await this.http2.begin(socket, this.destination.readSeconds()) };
  }
}
