/** Viewers that call the front door again and again over connections they keep, and count. */
import http2 from "node:http2";
import https from "node:https";
import type { Socket } from "node:net";
import { eventually } from "../eventually";
import type { Serving } from "./serving";

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

/** Viewers of both protocols, two of each by default; those over HTTP/2 send two requests at once. */
export function startViewers(
  served: Serving,
  paths: readonly string[] = ["/"],
  count: ViewerCounts = { "HTTP/1.1": 2, "HTTP/2": 2 },
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
        const stream = session.request({ ":path": path, ":authority": front.host });
        let status: number | string | undefined;
        stream.on("response", (headers) => (status = headers[":status"]));
        stream.on("error", (error: NodeJS.ErrnoException) => {
          status = error.code ?? error.message;
        });
        stream.on("close", () => {
          note("HTTP/2", status);
          resolve();
        });
        stream.resume();
        stream.end();
      });
    await Promise.all([again(ask), again(ask)]);
    session.close();
  };

  const all = Promise.all([
    ...Array.from({ length: count["HTTP/1.1"] }, overHttp1),
    ...Array.from({ length: count["HTTP/2"] }, overHttp2),
  ]);
  const protocols = (["HTTP/1.1", "HTTP/2"] as const).filter((p) => count[p] > 0);
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
    stop: async () => {
      stopped = true;
      await all;
    },
  };
}
