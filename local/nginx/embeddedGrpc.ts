/** gRPC calls in the embedded server, as `nginx/templates/grpc-*` answer or pass them on. */
import {
  type ClientHttp2Session,
  connect,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { isGrpc } from "../../path/protocols";
import type { Request, Response } from "./embeddedAnswer";
import type { Variables } from "./embeddedMaps";
import type { OriginSettings } from "./embeddedSettings";

/** A message of 2 bytes, `status: SERVING`: nginx/docker-entrypoint.d/26-hopwise-grpc.sh. */
const serving = Buffer.from([0, 0, 0, 0, 2, 8, 1]);

/** Headers that the app gets from us, or not at all. */
const ours = ["forwarded", "x-forwarded-host", "x-forwarded-for", "x-real-ip", "x-forwarded-proto"];

/** The calls of one server. */
export class GrpcCalls {
  private session?: ClientHttp2Session;

  constructor(private readonly settings: OriginSettings) {}

  /** True for a request that is a gRPC call. */
  takes(request: Request, seen: Variables): boolean {
    return (
      "stream" in request &&
      isGrpc(request.headers["content-type"]) &&
      this.settings.isCalled(seen.get("uri"))
    );
  }

  /** Answers a call, or passes it on to the app. */
  answer(request: Request, response: Response, seen: Variables): void {
    if (!("stream" in request) || !("stream" in response)) return;
    const { stream } = request;
    stream.on("error", () => undefined);
    // Node's own listener sends the trailers of the response that is not used here.
    stream.removeAllListeners("wantTrailers");
    if (this.settings.grpcApp !== undefined) this.pass(request, stream, seen);
    else if (seen.get("uri") === "/grpc.health.v1.Health/Check") {
      request.resume();
      respond(stream, {}, { "grpc-status": "0" });
      stream.end(serving);
    } else {
      request.resume();
      const message = "nginx has no app that takes gRPC";
      const head = { "grpc-status": "12", "grpc-message": message };
      stream.respond({ ...ok, ...head }, { endStream: true });
    }
  }

  close(): void {
    this.session?.close();
  }

  private pass(request: Request, stream: ServerHttp2Stream, seen: Variables): void {
    const headers = Object.entries(request.headers).filter(([name]) => !ours.includes(name));
    const onward = this.connected().request({
      ...Object.fromEntries(headers),
      "x-forwarded-for": seen.get("client_address"),
      "x-real-ip": seen.get("client_address"),
      "x-forwarded-proto": seen.get("viewer_scheme"),
    });
    let trailers: OutgoingHttpHeaders = {};
    onward.on("response", (head, flags) => {
      const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      stream.respond(head, { endStream, waitForTrailers: !endStream });
      if (endStream) return;
      onward.pipe(stream);
    });
    onward.on("trailers", (received: IncomingHttpHeaders) => (trailers = received));
    stream.on("wantTrailers", () => {
      stream.sendTrailers(trailers);
    });
    onward.on("error", () => {
      if (stream.headersSent) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      else stream.respond({ ":status": 502 }, { endStream: true });
    });
    stream.on("close", () => {
      onward.close(stream.rstCode);
    });
    request.pipe(onward);
  }

  /** One connection carries all calls, unlike nginx's, which each carry one at a time. */
  private connected(): ClientHttp2Session {
    const { host, port } = this.settings.grpcApp ?? { host: "", port: 0 };
    if (this.session === undefined || this.session.closed || this.session.destroyed) {
      this.session = connect(`http://${host}:${port}`);
      this.session.on("error", () => undefined);
    }
    return this.session;
  }
}

const ok = { ":status": 200, "content-type": "application/grpc" };

/** Begins an answer whose status comes at its end. */
function respond(
  stream: ServerHttp2Stream,
  head: Record<string, string>,
  trailers: Record<string, string>,
): void {
  stream.on("wantTrailers", () => {
    stream.sendTrailers(trailers);
  });
  stream.respond({ ...ok, ...head }, { waitForTrailers: true });
}
