/** What the tests of nginx and of the embedded server share: starting one, and clients for it. */
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  findNginx,
  startEmbeddedOrigin,
  startNginx,
  type NginxFound,
  type RunningOrigin,
} from "../../local/nginx";
import { timeoutMs } from "../eventually";
import { describeWith } from "../parts";
import { found } from "../tools";

export const templatesDir = join(__dirname, "..", "..", "nginx", "templates");
/** The load balancer's address and a caller's from elsewhere; all of 127/8 is this machine on Linux. */
export const loadBalancer = "127.0.2.1";
export const stranger = "127.0.0.9";
const task = "127.0.3.1";

export type Kind = "nginx" | "embedded";

export interface Running extends RunningOrigin {
  readonly kind: Kind;
  readonly url: string;
  readonly stateDir: string;
  /** What it printed so far. */
  readonly log: string[];
}

export interface Answer {
  readonly status: number;
  readonly version: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const running = new Set<Running>();

/** Starts nginx or the embedded server with an environment like the task definition's. */
export async function start(
  kind: Kind,
  environment: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const port = await freePort(task);
  const stateDir = await mkdtemp(join(tmpdir(), "hopwise-nginx-"));
  const log: string[] = [];
  const options = {
    environment: {
      HOPWISE_PORT: port.toString(),
      HOPWISE_TRUSTED_CIDRS: "127.0.2.0/24",
      ...environment,
    },
    address: task,
    onLog: (line: string) => log.push(line),
  };
  const origin =
    kind === "embedded"
      ? await startEmbeddedOrigin(options)
      : await startNginx({ ...options, nginx: await theNginx(), templatesDir, stateDir });
  const scheme = environment.HOPWISE_TLS === "on" ? "https" : "http";
  const started: Running = {
    kind,
    url: `${scheme}://${task}:${port}`,
    stateDir,
    log,
    address: origin.address,
    port: origin.port,
    pid: origin.pid,
    quit: () => origin.quit(),
    kill: () => origin.kill(),
  };
  running.add(started);
  return started;
}

/** Ends whatever `start` started; for `afterEach`. */
export async function stopAll(): Promise<void> {
  for (const origin of running) {
    await origin.kill();
    await rm(origin.stateDir, { recursive: true, force: true });
  }
  running.clear();
}

let looking: Promise<NginxFound | undefined> | undefined;

/** The nginx under test. */
export async function theNginx(): Promise<NginxFound> {
  return found(await (looking ??= findNginx()));
}

/** Declares the same tests for real nginx and for the embedded server. */
export function forBoth(title: string, declare: (kind: Kind) => void): void {
  for (const kind of ["nginx", "embedded"] as const) {
    describeWith(kind === "nginx" ? "nginx" : [], `${title} (${kind})`, () => {
      afterEach(stopAll);
      declare(kind);
    });
  }
}

export interface GetOptions extends http.RequestOptions {
  readonly from?: string;
  readonly body?: string;
}

/** One HTTP/1.1 request, on a connection of its own unless an agent is given. */
export function get(url: string, options: GetOptions = {}): Promise<Answer> {
  const { from, body, ...rest } = options;
  const client = url.startsWith("https:") ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.request(
      url,
      {
        agent: false,
        localAddress: from,
        rejectUnauthorized: false,
        ...rest,
      } as http.RequestOptions,
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (text += part));
        response.once("error", reject);
        response.once("end", () => {
          const { statusCode: status = 0, httpVersion: version, headers } = response;
          resolve({ status, version, headers, body: text });
        });
      },
    );
    request.once("error", reject);
    request.end(body);
  });
}

/** One HTTP/2 request: by prior knowledge on http:, by ALPN on https:. */
export function getHttp2(url: string, headers: http2.OutgoingHttpHeaders = {}): Promise<Answer> {
  const { origin, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const session = http2.connect(origin, { rejectUnauthorized: false });
    session.once("error", reject);
    const stream = session.request({ ":path": pathname, ...headers });
    let answered: Record<string, unknown> = {};
    let body = "";
    stream.setEncoding("utf8");
    stream.once("error", reject);
    stream.once("response", (received) => (answered = received));
    stream.on("data", (part: string) => (body += part));
    stream.once("end", () => {
      session.close();
      resolve({ status: Number(answered[":status"]), version: "2.0", headers: answered, body });
    });
    stream.end();
  });
}

/** Sends bytes as they are and returns everything that comes back until the connection closes. */
export function sendRaw(address: string, port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = net.connect(port, address, () => socket.write(bytes));
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no end after: ${received}`)));
    socket.setEncoding("latin1");
    socket.on("data", (part: string) => (received += part));
    socket.once("error", reject);
    socket.once("close", (failed) => {
      if (!failed) resolve(received);
    });
  });
}

/** A port of an address that nobody listens on at this moment. */
export function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, address, () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

/** What `/.well-known/hopwise` tells. */
export function reflected(answer: Answer): Record<string, unknown> {
  return JSON.parse(answer.body) as Record<string, unknown>;
}
