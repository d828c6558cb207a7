/**
 * Ten thousand malformed requests against the edge and against load balancers, over plain TCP, TLS
 * and HTTP/2: nothing falls over, each is refused or its connection ends, and nothing gets past a rule.
 */
import { expect } from "chai";
import fc from "fast-check";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import { timeoutMs } from "../eventually";
import { listen, endBenches } from "../local/load-balancer-support";
import {
  type Serving,
  call,
  cloudfrontAddress,
  endServing,
  loadBalancerUrl,
  serving,
} from "../local/serving";
import { type StackOptions, stack } from "../local/stacks/resources";
import { type Shape, closedPath, http1Shapes, http2Shapes, openPath, tlsShapes } from "./shapes";

const seed = 20261120;
/** Connections that are open at once. */
const atOnce = 24;

/** What a target saw: paths of requests, those that a rule keeps from it among them. */
const seen: string[] = [];

/** A served stack whose container is a server of this test. */
async function served(o: Pick<StackOptions, "edge" | "listener" | "version">): Promise<Serving> {
  const handle = (
    request: http.IncomingMessage | http2.Http2ServerRequest,
    response: { end(text: string): unknown },
  ): void => {
    if (request.url !== "/healthz") seen.push(request.url ?? "");
    // Answers whole requests only.
    request.on("end", () => response.end("ok"));
    request.resume();
  };
  const server =
    o.version === "HTTP2"
      ? http2.createServer((request, response) => {
          handle(request, response);
        })
      : // Longer than the load balancer keeps idle connections, as every target's has to be.
        http.createServer({ keepAliveTimeout: 75_000 }, handle);
  const port = await listen(server);
  const resources = stack({ ...o, port: 8080 });
  const listenerArn = resources.find("aws:lb/listener:Listener").id;
  resources.add("aws:lb/listenerRule:ListenerRule", "closed", {
    listenerArn,
    priority: 0.5,
    conditions: [{ pathPattern: { values: [`${closedPath}*`] } }],
    actions: [
      { type: "fixed-response", fixedResponse: { statusCode: "403", contentType: "text/plain" } },
    ],
  });
  return serving(resources.resources, "embedded", {
    upstreams: new Map([["nginx", { host: "127.0.0.1", port }]]),
  });
}

interface Endpoint {
  readonly port: number;
  readonly address: string;
  readonly from?: string;
  /** ALPN of a TLS handshake before the bytes; absent: they are sent as they are. */
  readonly alpn?: "h2" | "http/1.1";
  readonly ca?: string;
}

/** TLS sessions to come back with, which saves most of each handshake. */
const sessions = new Map<Endpoint, Buffer>();

function connect(endpoint: Endpoint): net.Socket {
  const { address: host, port, from: localAddress, alpn, ca } = endpoint;
  const plain = net.connect({ host, port, localAddress });
  plain.on("error", () => undefined);
  if (alpn === undefined) return plain;
  const session = sessions.get(endpoint);
  const socket = tls.connect({
    socket: plain,
    ca,
    servername: "www.example.com",
    ALPNProtocols: [alpn],
    ...(session && { session }),
  });
  socket.on("session", (ticket) => sessions.set(endpoint, ticket));
  return socket;
}

/** Sends a shape and ends; resolves with what came back once the other side has ended too. */
function attack(endpoint: Endpoint, { kind, bytes }: Shape): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(endpoint);
    const got: Buffer[] = [];
    const late = setTimeout(() => {
      const what = bytes.toString("latin1").slice(0, 300);
      reject(new Error(`the connection hangs after ${kind}: ${JSON.stringify(what)}`));
      socket.destroy();
    }, timeoutMs);
    socket.on("data", (chunk: Buffer) => got.push(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(late);
      resolve(Buffer.concat(got));
    });
    socket.end(bytes);
  });
}

/** Attacks through one endpoint; returns how often each status came back, `closed` for none. */
async function attackAll(
  endpoint: Endpoint,
  shapes: fc.Arbitrary<Shape>,
  count: number,
): Promise<Record<string, number>> {
  const left = fc.sample(shapes, { seed, numRuns: count });
  const statuses: Record<string, number> = {};
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next; next = left.pop()) {
      const answer = (await attack(endpoint, next)).toString("latin1");
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? "closed";
      statuses[status] = (statuses[status] ?? 0) + 1;
      // HTTP/2 answers are frames; what they may not be is checked by what the target saw.
      if (/^(closed|[45]\d\d)$/.test(status)) continue;
      throw new Error(
        `${status} for ${next.kind}: ${JSON.stringify(next.bytes.toString("latin1").slice(0, 300))}`,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return statuses;
}

describe("ten thousand malformed requests", () => {
  let edge: Serving;
  let direct: Serving;
  const counts: Record<string, Record<string, number>> = {};

  before(async () => {
    edge = await served({ edge: "public", listener: "HTTP", version: "HTTP1" });
    direct = await served({ edge: "none", listener: "HTTPS", version: "HTTP2" });
  });
  after(async () => {
    await endServing();
    await endBenches();
    for (const [what, statuses] of Object.entries(counts)) {
      console.info(`      ${what}: ${JSON.stringify(statuses)}`);
    }
  });

  const total = (): number =>
    Object.values(counts)
      .flatMap((s) => Object.values(s))
      .reduce((sum, n) => sum + n, 0);
  const frontOf = ({ front, ca }: Serving, alpn?: Endpoint["alpn"]): Endpoint => ({
    port: front.port,
    address: front.address,
    ...(alpn && { alpn, ca }),
  });
  const inner = (): Endpoint => {
    const url = new URL(loadBalancerUrl(edge, 80));
    return { port: Number(url.port), address: url.hostname, from: cloudfrontAddress };
  };
  // prettier-ignore
  const attacks: [string, () => Endpoint, fc.Arbitrary<Shape>, number][] = [
    ["HTTP/1 to a load balancer, from somebody else's CloudFront", inner, http1Shapes, 7000],
    ["HTTP/1 over TLS to the edge", () => frontOf(edge, "http/1.1"), http1Shapes, 900],
    ["HTTP/1 over TLS to a load balancer", () => frontOf(direct, "http/1.1"), http1Shapes, 600],
    ["HTTP/2 to the edge", () => frontOf(edge, "h2"), http2Shapes, 400],
    ["HTTP/2 to a load balancer", () => frontOf(direct, "h2"), http2Shapes, 600],
    ["broken TLS to the edge", () => frontOf(edge), tlsShapes, 250],
    ["broken TLS to a load balancer", () => frontOf(direct), tlsShapes, 250],
  ];
  for (const [what, endpoint, shapes, count] of attacks) {
    it(`${count} of ${what} are refused, each of them`, async () => {
      const before = seen.length;
      counts[what] = await attackAll(endpoint(), shapes, count);
      const passed = seen.slice(before);
      // A load balancer that requires a secret lets nothing through without it.
      if (endpoint().from === cloudfrontAddress) expect(passed).to.deep.equal([]);
      expect(passed.filter((path) => path !== openPath)).to.deep.equal([]);
    });
  }

  const body = (coding: string, text: string): Shape => ({
    kind: text.slice(0, 20),
    bytes: Buffer.from(
      `POST ${openPath} HTTP/1.1\r\nHost: www.example.com\r\nTransfer-Encoding: ${coding}\r\n\r\n${text}`,
    ),
  });
  const bodies: [string, Shape][] = [
    ["another coding than chunked", body("xchunked", "3\r\nabc\r\n0\r\n\r\n")],
    ["a size of a chunk that is no number", body("chunked", "zz\r\nabc\r\n0\r\n\r\n")],
    ["an extension of 200 KB", body("chunked", `3;${"a".repeat(200_000)}\r\nabc\r\n0\r\n\r\n`)],
    ["a length among the trailers", body("chunked", "0\r\nContent-Length: 5\r\n\r\nabcde")],
  ];
  for (const [what, shape] of bodies)
    it(`get a 400 from the edge over TLS, for a body with ${what}`, async () => {
      const answer = (await attack(frontOf(edge, "http/1.1"), shape)).toString("latin1");
      expect(answer).to.match(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(answer).to.match(/\r\nserver: cloudfront\r\n/i);
    });

  it("were ten thousand, and what keeps to the rules is still answered", async () => {
    expect(total()).to.equal(10_000);
    expect(seen.filter((path) => path.startsWith(closedPath))).to.deep.equal([]);
    const ask = async (to: Serving, path: string, protocol: "HTTP/1.1" | "HTTP/2") => {
      const before = to.events.length;
      const { status } = await call(to, { url: `${to.front.url}${path}`, protocol });
      return `${status ?? "none"} ${JSON.stringify(to.events.slice(before))}`;
    };
    expect(await ask(edge, openPath, "HTTP/1.1")).to.match(/^200 /);
    expect(await ask(edge, openPath, "HTTP/2")).to.match(/^200 /);
    expect(await ask(edge, `${closedPath}/x`, "HTTP/2")).to.match(/^403 /);
    expect(await ask(direct, openPath, "HTTP/2")).to.match(/^200 /);
    expect(await ask(direct, openPath, "HTTP/1.1")).to.match(/^464 /);
    expect(await ask(direct, `${closedPath}/x`, "HTTP/2")).to.match(/^403 /);
    expect(seen.slice(-3)).to.deep.equal([openPath, openPath, openPath]);
  });
});
