/** Viewers that call the front door again and again over connections they keep, and count. */
import http2 from "node:http2";
import https from "node:https";
import type { Socket } from "node:net";
import { eventually } from "../eventually";
import { endWithServing, type Serving } from "./serving";
import type { StackOptions } from "./stacks/resources";

export interface ViewerCounts {
  readonly "HTTP/1.1": number;
  readonly "HTTP/2": number;
}

/** The answers to all viewers so far. */
export interface Viewers {
  /** How often each status, or error in its place, was seen. */
  readonly seen: Readonly<Record<string, number>>;
  readonly answered: ViewerCounts;
  /** Connections that were opened; as many as there are viewers when none was dropped. */
  readonly connections: number;
  /** Resolves when each protocol has been answered that often again; with how many there were. */
  more(count: number): Promise<ViewerCounts>;
  /** Ends them, once what is under way is answered. */
  stop(): Promise<void>;
}

/** Viewers that send what a stack takes: only gRPC calls where its target group is for gRPC. */
export function startViewersOf(
  options: Pick<StackOptions, "edge" | "version">,
  served: Serving,
): Viewers {
  const count = { "HTTP/1.1": 0, "HTTP/2": 3 };
  if (options.version === "GRPC") return startViewers(served, [healthCheck], count, grpcRequest);
  return startViewers(served, ["/"], options.edge === "none" ? count : undefined);
}

const healthCheck = "/grpc.health.v1.Health/Check";
/** A message without content. */
const grpcRequest: GrpcRequest = {
  headers: { ":method": "POST", "content-type": "application/grpc", te: "trailers" },
  body: Buffer.alloc(5),
};

/** A gRPC call, which viewers over HTTP/2 send in place of a GET. */
interface GrpcRequest {
  readonly headers: http2.OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Viewers of both protocols, two of each by default; those over HTTP/2 send two requests at once.
 * They end with the serving. A gRPC call that fails with HTTP status 200 counts as `grpc-status N`.
 */
export function startViewers(
  served: Serving,
  paths: readonly string[] = ["/"],
  count: ViewerCounts = { "HTTP/1.1": 2, "HTTP/2": 2 },
  sent?: GrpcRequest,
): Viewers {
  const seen: Record<string, number> = {};
  const answered = { "HTTP/1.1": 0, "HTTP/2": 0 };
  let connections = 0;
  let stopped = false;
  const { front, ca } = served;
  const note = (protocol: keyof ViewerCounts, what: string | number | undefined): void => {
    const key = String(what ?? "no status");
    seen[key] = (seen[key] ?? 0) + 1;
    answered[protocol] += 1;
  };
  const again = async (ask: (path: string) => Promise<void>): Promise<void> => {
    for (let n = 0; !stopped; n += 1) await ask(paths[n % paths.length] ?? "/");
  };

  const overHttp1 = async (): Promise<void> => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca, servername: front.host });
    const known = new Set<Socket>();
    await again(
      (path) =>
        new Promise((resolve) => {
          const done = (what: string | number | undefined): void => {
            note("HTTP/1.1", what);
            resolve();
          };
          const headers = { host: front.host };
          const request = https.get(`${front.url}${path}`, { agent, headers }, (response) => {
            response.on("error", (error) => {
              done(error.message);
            });
            response.on("end", () => {
              done(response.statusCode);
            });
            response.resume();
          });
          request.on("socket", (socket) => {
            if (!known.has(socket)) connections += 1;
            known.add(socket);
          });
          request.on("error", (error: NodeJS.ErrnoException) => {
            done(error.code ?? error.message);
          });
        }),
    );
    agent.destroy();
  };

  const overHttp2 = async (): Promise<void> => {
    const connect = (): http2.ClientHttp2Session => {
      connections += 1;
      const session = http2.connect(front.url, { ca, servername: front.host });
      session.on("error", () => undefined);
      return session;
    };
    let session = connect();
    const ask = (path: string): Promise<void> =>
      new Promise((resolve) => {
        if (session.closed || session.destroyed) session = connect();
        const to = { ":path": path, ":authority": front.host };
        const stream = session.request({ ...to, ...sent?.headers });
        let status: number | string | undefined;
        // Of a gRPC call: in the trailers, or in the headers where nothing else comes.
        let grpcStatus: unknown;
        stream.on("response", (headers) => {
          status = headers[":status"];
          grpcStatus = headers["grpc-status"];
        });
        stream.on("trailers", (trailers: http2.IncomingHttpHeaders) => {
          grpcStatus = trailers["grpc-status"];
        });
        stream.on("error", (error: NodeJS.ErrnoException) => {
          status = error.code ?? error.message;
        });
        stream.on("close", () => {
          const failed = sent && status === 200 && grpcStatus !== "0";
          // Node.js reports no error where a connection ends between headers and trailers.
          const cut = failed && grpcStatus === undefined && session.closed;
          const how = cut ? "aborted" : `grpc-status ${String(grpcStatus)}`;
          note("HTTP/2", failed ? how : status);
          resolve();
        });
        stream.resume();
        stream.end(sent?.body);
      });
    await Promise.all([again(ask), again(ask)]);
    session.close();
  };

  const all = Promise.all([
    ...Array.from({ length: count["HTTP/1.1"] }, overHttp1),
    ...Array.from({ length: count["HTTP/2"] }, overHttp2),
  ]);
  const protocols = (["HTTP/1.1", "HTTP/2"] as const).filter((p) => count[p] > 0);
  const stop = async (): Promise<void> => {
    stopped = true;
    await all;
  };
  endWithServing(stop);
  return {
    seen,
    answered,
    get connections() {
      return connections;
    },
    more: async (wanted) => {
      const before = { ...answered };
      const since = (p: keyof ViewerCounts): number => answered[p] - before[p];
      const enough = (): boolean => protocols.every((p) => since(p) >= wanted);
      await eventually(`${wanted} more answers`, enough).catch((error: unknown) => {
        throw new Error(`only ${JSON.stringify(seen)}`, { cause: error });
      });
      return { "HTTP/1.1": since("HTTP/1.1"), "HTTP/2": since("HTTP/2") };
    },
    stop,
  };
}
