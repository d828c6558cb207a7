/** What the tests of the data plane share: a stack being served, and clients that call it. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { NginxChoice } from "../../local/nginx";
import {
  serve,
  type RequestEvent,
  type ServeEvent,
  type ServeOptions,
  type Served,
} from "../../local/serve";
import type { LocalResource } from "../../local/model/types";
import { theNginx, type Kind } from "./nginx-support";

export const projectDir = path.join(__dirname, "..", "..");
/** Names and addresses of the stacks in `stacks/`. */
export const host = "www.example.com";
export const cloudfrontAddress = "127.0.1.9";
export const stranger = "127.0.0.1";

/** A stack that is served until the test is over. */
export interface Serving extends Served {
  readonly events: ServeEvent[];
  readonly stateDir: string;
  readonly ca: string;
}

const open = new Set<Serving>();
const clients = new Set<() => Promise<void>>();

/** Has `endServing` end a client too, which would otherwise call on after a test that fails. */
export function endWithServing(stop: () => Promise<void>): void {
  clients.add(stop);
}

/** What a viewer may claim about its address. */
export const forgedAddress = {
  "x-forwarded-for": "192.0.2.66, 10.0.0.5",
  "x-real-ip": "192.0.2.66",
  forwarded: "for=192.0.2.66",
};

/** Serves resources on any free port. */
export async function serving(
  resources: readonly LocalResource[],
  kind: Kind = "embedded",
  options: Partial<ServeOptions> = {},
): Promise<Serving> {
  const nginx: NginxChoice = kind === "nginx" ? await theNginx() : "embedded";
  const stateDir = mkdtempSync(path.join(tmpdir(), "hopwise-serve-"));
  const events: ServeEvent[] = [];
  const onEvent = (event: ServeEvent): void => {
    events.push(event);
  };
  const served = await serve(resources, {
    projectDir,
    stateDir,
    port: 0,
    nginx,
    onEvent,
    ...options,
  });
  // A copy would not show what an update changes.
  const result = Object.assign(Object.create(served) as Served, { events, stateDir, ca: "" });
  // An update may add an authority.
  Object.defineProperty(result, "ca", { get: () => readFileSync(served.caFile, "utf8") });
  open.add(result);
  return result;
}

/** Ends what `serving` started; for `afterEach` or `after`. */
export async function endServing(): Promise<void> {
  // Only waited for at the end: a client may be waiting for an answer that never comes.
  const stopped = Promise.all([...clients].map((stop) => stop()));
  clients.clear();
  for (const served of open) {
    await served.close();
    rmSync(served.stateDir, { recursive: true, force: true });
  }
  open.clear();
  await stopped;
}

/** Requests that were answered or passed on, at one hop. */
export function requestsAt(served: Serving, hop: RequestEvent["hop"]): RequestEvent[] {
  return served.events.filter((e): e is RequestEvent => e.kind === "request" && e.hop === hop);
}

/** Where a request goes, and how. */
export interface Call {
  readonly url: string;
  readonly protocol?: "HTTP/1.1" | "HTTP/2";
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The caller's own address. */
  readonly from?: string;
  /** Host and TLS server name. @default the stacks' host */
  readonly name?: string;
}

/** An answer, or the code of the error that came instead. */
export interface Reply {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly error?: string;
}

/** The address of a served load balancer's listener, as an URL. */
export function loadBalancerUrl(served: Served, port = 443): string {
  const listener = served.loadBalancers[0]?.listeners.find((l) => l.port === port);
  if (!listener) throw new Error(`no listener ${port}`);
  const { protocol, address, localPort } = listener;
  return `${protocol.toLowerCase()}://${address}:${localPort}`;
}

/** Makes a request with Node's own clients. */
export function call(served: Serving, options: Call): Promise<Reply> {
  return (options.protocol ?? "HTTP/2") === "HTTP/2" && options.url.startsWith("https:")
    ? callHttp2(served, options)
    : callHttp1(served, options);
}

function callHttp1(served: Serving, o: Call): Promise<Reply> {
  const name = o.name ?? host;
  const client = o.url.startsWith("https:") ? https : http;
  return new Promise((resolve) => {
    const request = client.request(
      o.url,
      {
        method: o.method ?? "GET",
        headers: { host: name, ...o.headers },
        ca: served.ca,
        servername: name,
        agent: false,
        ...(o.from !== undefined && { localAddress: o.from }),
      } as https.RequestOptions,
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        response.on("error", (error) => {
          resolve({ headers: {}, body, error: error.message });
        });
        response.on("end", () => {
          resolve({ status: response.statusCode, headers: response.headers, body });
        });
      },
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      resolve({ headers: {}, body: "", error: error.code ?? error.message });
    });
    request.end(o.body);
  });
}

function callHttp2(served: Serving, o: Call): Promise<Reply> {
  const url = new URL(o.url);
  const name = o.name ?? host;
  return new Promise((resolve) => {
    const session = http2.connect(url.origin, {
      ca: served.ca,
      servername: name,
      ...(o.from !== undefined && { localAddress: o.from }),
    } as http2.SecureClientSessionOptions);
    const failed = (error: NodeJS.ErrnoException): void => {
      session.destroy();
      resolve({ headers: {}, body: "", error: error.code ?? error.message });
    };
    session.on("error", failed);
    const stream = session.request({
      ":method": o.method ?? "GET",
      ":path": url.pathname + url.search,
      ":authority": name,
      ...o.headers,
    });
    let reply: Reply = { headers: {}, body: "" };
    stream.on("response", (headers) => {
      reply = { ...reply, status: headers[":status"], headers };
    });
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      reply = { ...reply, body: reply.body + chunk };
    });
    stream.on("error", failed);
    stream.on("end", () => {
      session.close();
      resolve(reply);
    });
    stream.end(o.body);
  });
}

/** What nginx says of a request that reached it. */
export interface Seen {
  readonly protocol: string;
  readonly tls: boolean;
  readonly host: string;
  readonly scheme: string;
  readonly client: string;
  readonly peer: string;
  readonly forwardedFor: string | null;
  readonly via: string | null;
  readonly traceId: string | null;
}

export const reflectPath = "/.well-known/hopwise";

/** Asks nginx what it saw. */
export async function seen(served: Serving, options: Partial<Call> = {}): Promise<Seen> {
  const reply = await call(served, {
    ...options,
    url: `${options.url ?? served.front.url}${reflectPath}`,
  });
  if (reply.status !== 200) throw new Error(`status ${reply.status ?? reply.error ?? "none"}`);
  return JSON.parse(reply.body) as Seen;
}

/** Runs curl as the README's lines do; resolves with its exit code and `%{http_version} %{http_code}`. */
export function curl(served: Serving, ...args: string[]): Promise<{ code: number; seen: string }> {
  const common = ["-sS", "--max-time", "120", "--cacert", served.caFile, "-o", "/dev/null"];
  const format = ["-w", "%{http_version} %{http_code}"];
  return new Promise((resolve) => {
    execFile("curl", [...common, ...format, ...args], (error, stdout) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, seen: stdout });
    });
  });
}

/** Every line of the access logs that have been written, oldest file first. */
export function accessLog(served: Serving): string[] {
  if (!existsSync(served.logDir)) return [];
  const files = readdirSync(served.logDir, { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".log.gz"))
    .sort();
  return files.flatMap((f) =>
    gunzipSync(readFileSync(path.join(served.logDir, f)))
      .toString()
      .trimEnd()
      .split("\n"),
  );
}
