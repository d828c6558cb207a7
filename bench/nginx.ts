/**
 * The image's nginx next to a stock one: a file over HTTP/1.1 and HTTP/2, and an app behind it.
 *
 *     node -r ./startup bench/nginx.ts [--rounds 40] [--requests 12000]
 *
 * Needs h2load (.ci/get-clients) and nginx. Every request has the headers that a load balancer adds,
 * and every nginx two workers and a log that somebody reads. The servers take turns in every round,
 * each round in another order, so that what else the machine does falls on all of them; many short
 * rounds are better than a few long ones. Prints a table in Markdown: medians of the rounds and
 * quartiles, and the mean of nginx's processor time.
 */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  findNginx,
  launchNginx,
  startNginx,
  type NginxFound,
  type RunningOrigin,
} from "../local/nginx";
import { load } from "./h2load";
import { processorTime } from "./program";
import { stockConfiguration, type Site } from "./stockNginx";

const ADDRESS = "127.0.0.1";
const IMAGE = path.join(__dirname, "..", "nginx");
/** Of 6.7 KB. */
const FILE = "/inspector.css";

/** What a load balancer adds to a request. */
const forwarded = [
  "X-Forwarded-For: 203.0.113.7",
  "X-Forwarded-Proto: https",
  "X-Forwarded-Port: 443",
  "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678",
].flatMap((header) => ["-H", header]);

/** A small app, on the port that it prints. */
const app = `
  const server = require("node:http").createServer((_request, response) => {
    response.setHeader("content-type", "text/plain");
    response.end("hello\\n");
  });
  server.listen(0, "${ADDRESS}", () => console.log(server.address().port));`;

interface Server {
  readonly name: string;
  readonly origin: RunningOrigin;
}

interface Round {
  readonly perSecond: number;
  /** Microseconds of nginx's processor time for a request. */
  readonly processor: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "40" },
      requests: { type: "string", default: "12000" },
    },
  });
  const rounds = Number(values.rounds);
  const folder = await mkdtemp(path.join(tmpdir(), "hopwise-bench-"));
  const start = starter(folder, await nginxWithReader(folder));
  const child = spawn(process.execPath, ["-e", app], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const port = await new Promise<string>((resolve) => {
      child.stdout.once("data", (printed: Buffer) => {
        resolve(printed.toString().trim());
      });
    });
    const to = `${ADDRESS}:${port}`;
    const files = [
      await start.stock("stock", { location: `root ${IMAGE}/page;` }),
      await start.ours("ours", {}),
    ];
    console.log("| What | nginx | Requests a second | Of stock | µs of nginx a request |");
    console.log("| --- | --- | --- | --- | --- |");
    // A stock nginx closes a connection after 1,000 requests: these are fewer.
    const requests = Number(values.requests);
    await compare("A file, HTTP/1.1", files, rounds, requests, ["--h1", "-c", "64"], FILE);
    await compare("A file, HTTP/2", files, rounds, requests, ["-c", "64", "-m", "8"], FILE);
    const apps = [
      await start.stock("stock", { location: `proxy_pass http://${to};` }),
      await start.stock("stock, keep-alive", {
        location: `proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection "";`,
        upstream: `upstream app { server ${to}; keepalive 32; }`,
      }),
      await start.ours("ours", { HOPWISE_APP: to }),
    ];
    await compare("An app, HTTP/1.1", apps, rounds, requests / 4, ["--h1", "-c", "64"], "/orders");
  } finally {
    await start.stopAll();
    child.kill();
    await rm(folder, { recursive: true });
  }
}

/** Puts the same load on each server in turn, and prints how they compare with the first. */
async function compare(
  title: string,
  servers: readonly Server[],
  rounds: number,
  requests: number,
  options: readonly string[],
  uri: string,
): Promise<void> {
  const results = new Map<Server, Round[]>(servers.map((server) => [server, []]));
  for (const server of servers) await round(server, requests / 4, options, uri);
  for (let number = 0; number < rounds; number++) {
    const from = number % servers.length;
    for (const server of [...servers.slice(from), ...servers.slice(0, from)]) {
      results.get(server)?.push(await round(server, requests, options, uri));
    }
  }
  const stock = [...results.values()][0] ?? [];
  for (const [{ name }, all] of results) {
    const cells = [
      title,
      name,
      spread(all.map(({ perSecond }) => perSecond)),
      spread(
        all.map(({ perSecond }, at) => perSecond / (stock[at]?.perSecond ?? NaN)),
        2,
      ),
      (all.reduce((sum, { processor }) => sum + processor, 0) / rounds).toFixed(1),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

/** The middle of some values, and their quartiles. */
function spread(values: readonly number[], digits = 0): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): string =>
    (sorted[Math.floor((sorted.length - 1) * part)] ?? NaN).toFixed(digits);
  return `${at(0.5)} (${at(0.25)} to ${at(0.75)})`;
}

async function round(
  { name, origin }: Server,
  requests: number,
  options: readonly string[],
  uri: string,
): Promise<Round> {
  const workers = await workersOf(origin.pid ?? 0);
  const used = (): number => workers.reduce((sum, pid) => sum + (processorTime(pid) ?? NaN), 0);
  const before = used();
  const url = `http://${origin.address}:${origin.port}${uri}`;
  const { perSecond, failed } = await load([...options, "-n", `${requests}`, ...forwarded, url]);
  if (failed > 0) throw new Error(`${name}: ${failed} of ${requests} requests failed`);
  return { perSecond, processor: ((used() - before) * 1000) / requests };
}

/** Processes of nginx's workers. Linux only. */
async function workersOf(master: number): Promise<number[]> {
  const workers: number[] = [];
  const children = await readFile(`/proc/${master}/task/${master}/children`, "utf8");
  for (const pid of children.split(" ").filter((text) => text !== "")) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
    if (command.includes("worker process")) workers.push(Number(pid));
  }
  return workers;
}

/** nginx with its log read by a process of its own, as a container's is, rather than by this one. */
async function nginxWithReader(folder: string): Promise<NginxFound> {
  const nginx = await findNginx();
  if (nginx === undefined) throw new Error("there is no nginx on this machine: see .ci/get-nginx");
  const wrapper = path.join(folder, "nginx");
  const script = `#!/bin/bash\nexec "${nginx.path}" "$@" > >(exec cat >/dev/null)\n`;
  await writeFile(wrapper, script, { mode: 0o755 });
  return { ...nginx, path: wrapper };
}

/** Starts servers, each in a folder of its own. */
function starter(folder: string, nginx: NginxFound) {
  const servers: Server[] = [];
  const add = (name: string, origin: RunningOrigin): Server => {
    const server = { name, origin };
    servers.push(server);
    return server;
  };
  return {
    /** The image's own templates and defaults. */
    async ours(name: string, environment: Readonly<Record<string, string>>): Promise<Server> {
      const origin = await startNginx({
        nginx,
        templatesDir: path.join(IMAGE, "templates"),
        environment: {
          HOPWISE_PORT: `${await freePort()}`,
          HOPWISE_HTTP2: "on",
          HOPWISE_WORKERS: "2",
          HOPWISE_LOG_SECONDS: "1",
          HOPWISE_TRUSTED_CIDRS: "127.0.0.0/8",
          ...environment,
        },
        address: ADDRESS,
        stateDir: path.join(folder, `${servers.length}`),
      });
      return add(name, origin);
    },
    async stock(name: string, site: Site): Promise<Server> {
      const runDir = path.join(folder, `${servers.length}`);
      const port = await freePort();
      const configFile = path.join(runDir, "nginx.conf");
      await mkdir(runDir);
      await writeFile(configFile, stockConfiguration(runDir, `${ADDRESS}:${port}`, site));
      return add(name, await launchNginx({ nginx, configFile, runDir, address: ADDRESS, port }));
    },
    async stopAll(): Promise<void> {
      for (const { origin } of servers) await origin.kill();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, ADDRESS, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

void main();
