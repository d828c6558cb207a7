/**
 * Three ways from CloudFront to a container, served by `hopwise local` side by side: HTTP/1.1 all the
 * way, HTTP/2 to the load balancer with an HTTP1 group, and HTTP/2 to the container.
 *
 *     node -r ./startup bench/originHttp.ts [--requests 4000] [--rounds 3]
 *
 * Prints a table in Markdown. Every viewer has a connection of HTTP/2 and sends its next request when
 * it has the response. The ways take turns in every round, so that what else the machine does falls
 * on all of them; figures are the medians of the rounds. Needs a real nginx.
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import http2 from "node:http2";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { median } from "./numbers";

const ROOT = path.join(__dirname, "..");
const EXAMPLE = path.join(ROOT, "examples", "article-464");
const VIEWERS = [1, 8, 64];
const HOST = "www.example.com";

interface Way {
  readonly name: string;
  /** What CloudFront is asked to speak to the load balancer. */
  readonly origin: "http1.1" | "http2";
  readonly group: "HTTP1" | "HTTP2";
}

const ways: readonly Way[] = [
  { name: "HTTP/1.1 all the way", origin: "http1.1", group: "HTTP1" },
  { name: "HTTP/2 to the load balancer", origin: "http2", group: "HTTP1" },
  { name: "HTTP/2 to the container", origin: "http2", group: "HTTP2" },
];

/** What one round of a number of viewers gave. */
interface Round {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Connections that nginx accepted in it. */
  readonly toContainer: number;
  /** When it took place, for the load balancer's access log. */
  readonly from: number;
  readonly to: number;
}

interface Running {
  readonly way: Way;
  readonly folder: string;
  readonly child: ChildProcess;
  readonly url: string;
  readonly rounds: Map<number, Round[]>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: "string", default: "4000" },
      rounds: { type: "string", default: "3" },
    },
  });
  const requests = Number(values.requests);
  const running: Running[] = [];
  try {
    for (const way of ways) running.push(await start(way));
    for (const one of running) await round(one, 8, 1000);
    for (let number = 0; number < Number(values.rounds); number++) {
      for (const viewers of VIEWERS) {
        for (const one of running) {
          const all = one.rounds.get(viewers) ?? [];
          one.rounds.set(viewers, [...all, await round(one, viewers, requests)]);
        }
      }
    }
  } finally {
    await Promise.all(running.map(stop));
  }
  print(running, requests, Number(values.rounds));
  for (const { folder } of running) rmSync(folder, { recursive: true });
}

/** Serves the article's program, changed to a way. */
async function start(way: Way): Promise<Running> {
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-bench-"));
  cpSync(EXAMPLE, folder, {
    recursive: true,
    filter: (file) => !/node_modules|\.hopwise/.test(file),
  });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  edit(path.join(folder, "index.ts"), [
    ['protocolVersion: "HTTP2"', `protocolVersion: "${way.group}"`],
    [
      'originSslProtocols: ["TLSv1.2"],',
      `originSslProtocols: ["TLSv1.2"], ...({ originHttpVersion: "${way.origin}" } as object),`,
    ],
  ]);
  edit(path.join(folder, "nginx", "nginx.conf"), [
    [
      "location = /healthz",
      "location = /status { access_log off; stub_status; }\n\nlocation = /healthz",
    ],
  ]);
  const child = spawn(
    process.execPath,
    [path.join(ROOT, "cli", "hopwise.js"), "local", "--program", folder, "--port", "0"],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } },
  );
  let said = "";
  const port = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /Serving https:\/\/\S+:(\d+)/.exec(said)?.[1];
      if (found !== undefined && said.includes("Ctrl-C stops it.")) resolve(found);
    });
    child.on("close", (code) => {
      reject(new Error(`hopwise local ended with ${code ?? "a signal"}:\n${said}`));
    });
  });
  return { way, folder, child, url: `https://127.0.0.1:${port}`, rounds: new Map() };
}

function edit(file: string, changes: readonly (readonly [string, string])[]): void {
  let text = readFileSync(file, "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} does not have ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(file, text);
}

function stop({ child }: Running): Promise<void> {
  return new Promise((resolve) => {
    child.once("close", () => {
      resolve();
    });
    child.kill("SIGINT");
  });
}

async function round({ url }: Running, viewers: number, requests: number): Promise<Round> {
  const before = await accepted(url);
  const from = Date.now();
  const started = performance.now();
  const left = { requests };
  const taken = await Promise.all(Array.from({ length: viewers }, () => viewer(url, left)));
  const seconds = (performance.now() - started) / 1000;
  const to = Date.now();
  const sorted = taken.flat().sort((a, b) => a - b);
  return {
    perSecond: sorted.length / seconds,
    p50: sorted[Math.floor(sorted.length * 0.5)] ?? NaN,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? NaN,
    toContainer: (await accepted(url)) - before,
    from,
    to,
  };
}

/** One viewer: milliseconds of each of its requests. */
async function viewer(url: string, left: { requests: number }): Promise<number[]> {
  const session = connect(url);
  const taken: number[] = [];
  while (left.requests > 0) {
    left.requests -= 1;
    const began = performance.now();
    await get(session, "/");
    taken.push(performance.now() - began);
  }
  session.close();
  return taken;
}

function connect(url: string): http2.ClientHttp2Session {
  // The certificates of each way are signed by a different authority.
  const options = { rejectUnauthorized: false, servername: HOST };
  return http2.connect(url, options as http2.SecureClientSessionOptions);
}

function get(session: http2.ClientHttp2Session, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":path": url, ":authority": HOST });
    let status: number | undefined;
    let text = "";
    stream.on("response", (headers) => (status = headers[":status"]));
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
    stream.on("error", reject);
    stream.on("end", () => {
      if (status === 200) resolve(text);
      else reject(new Error(`${url} was answered with ${status ?? "nothing"}`));
    });
  });
}

/** Connections that nginx has accepted since it started. */
async function accepted(url: string): Promise<number> {
  const session = connect(url);
  const text = await get(session, "/status");
  session.close();
  return Number(/^\s*(\d+) \d+ \d+/m.exec(text)?.[1]);
}

/** Connections, each with its handshake, that brought the requests of a time to the load balancer. */
function connectionsTo(log: readonly string[], { from, to }: Round): number {
  const ports = log.flatMap((line) => {
    const [, time = "", , client = ""] = line.split(" ");
    const at = Date.parse(time);
    return at >= from && at <= to ? [client] : [];
  });
  return new Set(ports).size;
}

function accessLog(folder: string): string[] {
  const root = path.join(folder, ".hopwise");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".log.gz") && file.includes("elasticloadbalancing"))
    .flatMap((file) =>
      gunzipSync(readFileSync(path.join(root, file)))
        .toString()
        .trim()
        .split("\n"),
    );
}

function print(running: readonly Running[], requests: number, rounds: number): void {
  const rows = running.flatMap(({ way, folder, rounds: all }) => {
    const log = accessLog(folder);
    return [...all].map(([viewers, some]) => [
      way.name,
      String(viewers),
      median(some.map((one) => connectionsTo(log, one))).toFixed(0),
      median(some.map((one) => one.toContainer)).toFixed(0),
      median(some.map((one) => one.perSecond)).toFixed(0),
      median(some.map((one) => one.p50)).toFixed(1),
      median(some.map((one) => one.p99)).toFixed(1),
    ]);
  });
  const head = [
    "Way",
    "Viewers",
    "Connections and handshakes to the load balancer",
    "Connections to nginx",
    "Requests a second",
    "p50, ms",
    "p99, ms",
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  console.log([line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n"));
  console.log(`\n${requests} requests for each number of viewers, medians of ${rounds} rounds.`);
}

void main();
