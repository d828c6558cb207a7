/** HTTP/2 connections to one place, each with as many streams as the peer allows. */
import http2 from "node:http2";
import type net from "node:net";
import type { ClientAbortSignal } from "./clientAbort";
import { type Answer, ExchangeFailure, type Outgoing } from "./exchange";
import { type Header, asObject, pairs } from "./headers";
import { Session } from "./http2Session";
import type { RequestBody } from "./requestBody";

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_REFUSED_STREAM } = http2.constants;
const settings = { enablePush: false, maxHeaderListSize: 64 * 1024 } as const;

/** The raw headers: the third argument of Node's events, which its types do not declare. */
function rawList(event: unknown[]): string[] {
  return (event[2] as string[] | undefined) ?? [];
}

/** Connections that were opened by somebody else, and kept while they are idle. */
export class Http2Connections {
  /** Connections that accept requests. */
  private readonly open = new Set<Session>();
  /** Those, and the ones that only finish their requests. */
  private readonly alive = new Set<Session>();

  /** @param idleSeconds seconds a connection without a request is kept */
  constructor(private readonly idleSeconds: () => number) {}

  /** A connection with room for another stream. */
  get free(): Session | undefined {
    for (const session of this.open) {
      if (session.over) this.open.delete(session);
      else if (session.hasRoom) return session;
    }
    return undefined;
  }

  /**
   * Begins HTTP/2 on a connection and reserves a stream of it. Resolves once the peer has said how
   * many it allows.
   *
   * @param readSeconds how long it may take for that
   * @throws {ExchangeFailure}
   */
  begin(socket: net.Socket, readSeconds: number): Promise<Session> {
    const connection = http2.connect("http://unused", {
      createConnection: () => socket,
      settings,
      // As many as fit into maxHeaderListSize; Node's own limit is 128.
      maxHeaderListPairs: settings.maxHeaderListSize / 32,
    });
    const session = new Session(connection, this.idleSeconds());
    this.alive.add(session);
    return new Promise((resolve, reject) => {
      let why = "the peer does not speak HTTP/2";
      const late = setTimeout(() => {
        reject(new ExchangeFailure("read-timeout", `no answer within ${readSeconds} s`));
        connection.destroy();
      }, readSeconds * 1000);
      connection.on("error", (error: Error) => {
        why = error.message;
      });
      connection.on("close", () => {
        clearTimeout(late);
        this.alive.delete(session);
        this.open.delete(session);
        reject(new ExchangeFailure("closed", `the connection ended: ${why}`));
      });
      connection.once("remoteSettings", () => {
        clearTimeout(late);
        this.open.add(session);
        resolve(session.reserve());
      });
    });
  }

  /**
   * Sends a request on a reserved stream and resolves with the response's head.
   *
   * @throws {ExchangeFailure}
   */
  send(
    session: Session,
    outgoing: Outgoing,
    readSeconds: number,
    clientAbort: ClientAbortSignal,
    body?: RequestBody,
  ): Promise<Answer> {
    const reused = session.used;
    session.used = true;
    return new Promise((resolve, reject) => {
      let stream: http2.ClientHttp2Stream;
      try {
        stream = session.http2.request(headersOf(outgoing), { endStream: !body });
      } catch (error) {
        session.release();
        throw session.over
          ? new ExchangeFailure("closed", (error as Error).message, unsent)
          : error;
      }
      const abort = (): void => {
        stream.close(NGHTTP2_CANCEL);
      };
      clientAbort.on(abort);
      // An error object is expensive, and one after the response would be ignored.
      let settled = false;
      const fail = (message: string): void => {
        if (settled) return;
        settled = true;
        const unprocessed = session.leftUnprocessed(stream);
        if (unprocessed) this.open.delete(session);
        // A stream that ends with its connection gets a code from Node that the peer did not send.
        const sent = stream.rstCode === NGHTTP2_REFUSED_STREAM || !session.http2.destroyed;
        const streamError = sent ? stream.rstCode : undefined;
        reject(new ExchangeFailure("closed", message, { reused, streamError, unprocessed }));
      };
      let trailers: Header[] = [];
      stream.on("trailers", (...event: unknown[]) => {
        trailers = pairs(rawList(event));
      });
      stream.on("close", () => {
        clientAbort.off(abort);
        outgoing.body.off("error", abort);
        session.release();
        fail("the stream was closed");
      });
      stream.on("error", (error: Error) => {
        fail(error.message);
      });
      stream.setTimeout(readSeconds * 1000, () => {
        settled = true;
        reject(new ExchangeFailure("read-timeout", `no answer within ${readSeconds} s`));
        abort();
      });
      stream.on("response", (...event: unknown[]) => {
        settled = true;
        body?.release();
        const [headers, flags] = event as [{ ":status"?: number }, number];
        resolve({
          status: headers[":status"] ?? 502,
          headers: pairs(rawList(event)),
          body: stream,
          headOnly: (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0,
          trailers: () => trailers,
          cutOff: () => stream.rstCode || undefined,
        });
      });
      if (body) {
        outgoing.body.on("error", abort);
        body.sendTo(stream);
      }
    });
  }

  /** Ends the idle connections now, and others after their last request. */
  retire(): void {
    for (const session of this.alive) session.http2.close();
  }

  /** Ends every connection at once. */
  close(): void {
    // With an error: without one, unfinished responses would look complete.
    const error = new Error("the connection was closed");
    for (const { http2: session } of this.alive) session.destroy(error, NGHTTP2_INTERNAL_ERROR);
  }
}

const unsent = { unprocessed: true } as const;

function headersOf({ method, path, scheme, authority, headers, trailers }: Outgoing) {
  return {
    ...asObject(headers),
    // The only header of one connection that HTTP/2 has.
    ...(trailers === true && { te: "trailers" }),
    ":method": method,
    ":path": path,
    ":scheme": scheme,
    ":authority": authority,
  };
}
