/** A load balancer of its own for tests: one listener, one target group, targets made for one case. */
import http from "node:http";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { RequestEvent, ServeEvent } from "../../local/serve";
import { Authority } from "../../local/serve/certificates";
import { clientCheck } from "../../local/serve/clientChecks";
import { LoadBalancerNode } from "../../local/serve/loadBalancer/node";
import { TargetPool } from "../../local/serve/loadBalancer/pool";
import { Target } from "../../local/serve/loadBalancer/target";
import { readTopology } from "../../topology";
import type { Listener, LoadBalancer, TargetGroup } from "../../topology/types";
import { stack } from "./stacks/resources";

export interface Bench {
  readonly port: number;
  readonly pool: TargetPool;
  readonly events: ServeEvent[];
  /** Folder that represents S3. */
  readonly root: string;
  /** The CA of an HTTPS listener's certificate, which is for `www.example.com`. */
  readonly ca: string;
  readonly add: (target: net.Server | number, change?: { refused?: string }) => Promise<Target>;
  readonly requests: () => RequestEvent[];
  /** Lines of the access log that can be read already. */
  readonly written: () => string[];
  /** Ends the load balancer; then lines of one kind of log, with what was not written yet. */
  readonly log: (kind?: "conn_log_" | "health_check_log_") => Promise<string[]>;
}

/** What differs from an HTTP listener that forwards everything to one HTTP1 target group. */
export interface BenchChange {
  readonly group?: Partial<TargetGroup>;
  readonly loadBalancer?: Partial<LoadBalancer>;
  readonly listener?: Partial<Listener>;
  readonly tls?: boolean;
  /** Why the load balancer reaches no identity provider. @default it does */
  readonly closedTo?: string;
  /** More target groups, each with a pool that stays empty unless the test fills it. */
  readonly pools?: readonly TargetPool[];
}

const cleanups: (() => unknown)[] = [];

/** Ends what `bench` and `listen` started; for `afterEach`. */
export async function endBenches(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

let authority: Promise<Authority> | undefined;

/** The CA of the listeners' certificates, which load balancers trust. */
export function benchAuthority(): Promise<Authority> {
  authority ??= Authority.open(mkdtempSync(path.join(tmpdir(), "hopwise-ca-")), [
    "example.com",
    "cloudfront.net",
    "localhost",
  ]);
  return authority;
}

/** Opens a load balancer. */
export async function bench(change: BenchChange = {}): Promise<Bench> {
  const { loadBalancer, listener, group } = declared(change);
  const pool = new TargetPool(group);
  const events: ServeEvent[] = [];
  const root = mkdtempSync(path.join(tmpdir(), "hopwise-lb-"));
  const ca = await benchAuthority();
  const names = ["www.example.com"];
  const certificates = change.tls
    ? [{ arn: "arn:certificate", names, certificate: await ca.serverCertificate(names) }]
    : [];
  const asked = listener.clientCertificates;
  const clientChecks = new Map(asked ? [[listener, await clientCheck(asked, ca, root)]] : []);
  const node = new LoadBalancerNode(
    {
      address: "127.0.0.1",
      nodeAddress: "127.0.2.9",
      localPort: () => 0,
      logDir: root,
      admits: () => true,
      trusted: () => [ca.certificate],
      closedTo: () => change.closedTo,
      onEvent: (event) => events.push(event),
    },
    {
      loadBalancer,
      certificates: new Map([[listener, certificates]]),
      clientChecks,
      pools: new Map([pool, ...(change.pools ?? [])].map((p) => [p.group.arn, p])),
    },
  );
  await node.open();
  cleanups.push(
    () => {
      rmSync(root, { recursive: true, force: true });
    },
    () => node.close(),
    () => {
      pool.close();
    },
  );
  return {
    port: node.ports.get(listener.port) ?? 0,
    pool,
    events,
    root,
    ca: ca.certificate,
    requests: () => events.filter((e): e is RequestEvent => e.kind === "request"),
    written: () => logLines(root),
    log: async (kind) => {
      // Closing writes what was gathered; nothing is asked of the load balancer after its log.
      await node.close();
      return logLines(root, kind);
    },
    add: async (server, { refused } = {}) => {
      const port = typeof server === "number" ? server : await listen(server);
      const address = { shown: "127.0.3.9", dial: "127.0.0.1", port, refused: () => refused };
      const target = new Target({
        group,
        address,
        localAddress: "127.0.2.9",
        idleSeconds: () => loadBalancer.idleSeconds,
        onEvent: (e) => events.push(e),
      });
      await pool.register(target);
      return target;
    },
  };
}

function declared(change: BenchChange): {
  loadBalancer: LoadBalancer;
  listener: Listener;
  group: TargetGroup;
} {
  const { resources } = stack({
    edge: "none",
    listener: change.tls === true ? "HTTPS" : "HTTP",
    version: "HTTP1",
    port: 8080,
  });
  const topology = readTopology(resources);
  const [balancer] = topology.loadBalancers;
  const [tasks] = topology.targetGroups.values();
  const [first] = balancer?.listeners ?? [];
  if (!balancer || !tasks || !first) throw new Error("the stack has no load balancer");
  const listener = { ...first, ...change.listener };
  const healthCheck = { ...tasks.healthCheck, enabled: false, ...change.group?.healthCheck };
  return {
    loadBalancer: { ...balancer, ...change.loadBalancer, listeners: [listener] },
    listener,
    group: { ...tasks, ...change.group, healthCheck },
  };
}

function logLines(root: string, kind = ""): string[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return files
    .filter((f) => new RegExp(`^${kind}\\d+_`).test(path.basename(f)))
    .flatMap((f) =>
      gunzipSync(readFileSync(path.join(root, f)))
        .toString()
        .trimEnd()
        .split("\n"),
    );
}

/** The fields of a log line: what is in double quotes counts as one. */
export function fields(line = ""): string[] {
  return line.match(/"[^"]*"|\S+/g) ?? [];
}

/** Lets a server listen until the test is over; resolves with its port. */
export function listen(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  cleanups.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as net.AddressInfo).port);
    });
  });
}

export interface Got {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Makes a request over HTTP/1.1. */
export function get(port: number, options: http.RequestOptions = {}, body?: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { port, host: "127.0.0.1", agent: false, ...options },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

/** Sends bytes and resolves with all that comes back, once the other side ends the connection. */
export function raw(
  port: number,
  bytes: string | Buffer,
  { end = false }: { readonly end?: boolean } = {},
): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = net.connect(port, "127.0.0.1", () => {
      if (end) socket.end(bytes);
      else socket.write(bytes);
    });
    socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
    socket.on("close", () => {
      resolve(text);
    });
    socket.on("error", () => undefined);
  });
}

/** A target that answers requests with what a function says. */
export function answering(
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => unknown = () => "",
): http.Server {
  // Longer than a load balancer keeps idle connections, as every target's has to be.
  return http.createServer(
    { keepAliveTimeout: 75_000, maxHeaderSize: 65_536 },
    (request, response) => {
      const body = answer(request, response);
      if (typeof body === "string") response.end(body);
    },
  );
}
