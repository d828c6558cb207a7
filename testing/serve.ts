/** Serves a stack in a process of its own, and makes requests to it. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import * as path from "node:path";
import { packedEvaluation } from "../cli/evaluation/transfer";
import { sendRequest } from "../cli/http/client";
import type { SiteEndpoint } from "../cli/http/types";
import { networks } from "../local/serve/addresses";
import type { Evaluation } from "../local/program";
import type { Upstream } from "../local/serve";
import { calledUrl } from "./calledUrl";
import type { FromServer, Serving, StartServing } from "./runServe";
import type { FetchOptions, ServedStack, ServeOptions } from "./servedTypes";
import { nameOf, type View } from "./view";

/** @param evaluation of the same program, with an address for everything that is served */
export async function serveStack(
  view: View,
  evaluation: Evaluation,
  options: ServeOptions = {},
): Promise<ServedStack> {
  const { run = {}, upstream = {}, embeddedOrigin = false } = options;
  const start: StartServing = {
    evaluation: packedEvaluation(evaluation),
    commands: new Map(Object.entries(run)),
    upstreams: new Map(Object.entries(upstream).map(([name, at]) => [name, serverAt(name, at)])),
    embeddedOrigin,
  };
  const child = spawn(process.execPath, [path.join(__dirname, "serveChild.js")], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const serving = await started(child, start);
  // A test that fails before it closes this must not keep the runner.
  child.unref();
  child.channel?.unref();
  (child.stderr as Socket | null)?.unref();
  const { front, caFile, notes } = serving;
  return {
    ...{ url: front.url, caFile, notes },
    fetch: (url, request) => fetchFrom(view, serving, url, request),
    locate: (url, { connectTo } = {}) => {
      const { address, port, name } = located(view, serving, url, connectTo);
      return { address, port, name, ca: serving.ca };
    },
    close: () => closed(child),
  };
}

function serverAt(name: string, at: string): Upstream {
  const [, host, port] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(at) ?? [];
  if (host === undefined)
    throw new Error(`upstream of ${name}: write host:port, for example 127.0.0.1:3000.`);
  return { host, port: Number(port) };
}

function started(child: ChildProcess, start: StartServing): Promise<Serving> {
  let printed = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      reject(new Error(`The process that serves the stack ended. ${printed.trim()}`));
    });
    child.once("message", (message: FromServer) => {
      if (message.kind === "serving") resolve(message.serving);
      else reject(new Error(message.message));
    });
    child.send(start, () => undefined);
  });
}

function closed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.ref();
    child.once("exit", () => {
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}

/** A body that is larger is an error of a test. */
const bodyLimit = 64 * 1024 * 1024;

async function fetchFrom(
  view: View,
  serving: Serving,
  url: string,
  options: FetchOptions = {},
): Promise<Response> {
  const { method = "GET", headers, body, timeLimit = 10 } = options;
  const endpoint = located(view, serving, url, options.connectTo);
  const from = options.from === "cloudfront" ? `${networks.cloudfront}.9` : undefined;
  const got = await sendRequest({
    endpoint: { ...endpoint, ...(from !== undefined && { from }) },
    ...{ path: endpoint.target, method, headers, bodyLimit },
    protocol: options.protocol ?? (endpoint.tls ? "HTTP/2" : "HTTP/1.1"),
    ...(body !== undefined && { body: Buffer.from(body) }),
    ca: Buffer.from(serving.ca),
    milliseconds: timeLimit * 1000,
  });
  const asked = `${method} ${url}`;
  if (got.secured?.distrust !== undefined)
    throw new Error(`${asked}: the certificate is not trusted: ${got.secured.distrust}`);
  if (got.outcome === "failed") throw new Error(`${asked}: no answer: ${got.reason}`);
  const bodyless = method === "HEAD" || [101, 204, 205, 304].includes(got.status);
  return new Response(bodyless ? null : new Uint8Array(got.content), {
    status: got.status,
    headers: got.headers,
  });
}

interface Located extends SiteEndpoint {
  /** Path and query string. */
  readonly target: string;
}

function located(view: View, serving: Serving, url: string, connectTo?: string): Located {
  const { entry, host, port, tls, path: pathname, query } = calledUrl(view, url, connectTo);
  const target = query === "" ? pathname : `${pathname}?${query}`;
  const place =
    "domainName" in entry ? edgeAt(serving, port) : listenerAt(serving, entry.name, port);
  if (place === undefined)
    throw new Error(`${url}: ${nameOf(view, entry)} does not listen on port ${port} here.`);
  return { ...place, ...{ name: host, urlPort: port, tls, target } };
}

function edgeAt({ front }: Serving, port: number) {
  const local = port === 443 ? front.port : port === 80 ? front.plainPort : undefined;
  return local === undefined ? undefined : { address: front.address, port: local };
}

function listenerAt({ loadBalancers }: Serving, name: string, port: number) {
  const found = loadBalancers
    .find((one) => one.name === name)
    ?.listeners.find((listener) => listener.port === port);
  return found && { address: found.address, port: found.localPort };
}
