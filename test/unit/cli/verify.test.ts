import Ajv2020 from "ajv/dist/2020";
import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { sendRequest } from "../../../cli/http/client";
import {
  bodyBytes,
  type HttpRequest,
  type SiteEndpoint,
  type HttpResult,
} from "../../../cli/http/types";
import { screenOf } from "../../../cli/screen";
import { changeIn, faultsOf, http2NotDeclared } from "../../../cli/verify/faults";
import { junitOf } from "../../../cli/verify/junit";
import { parseHostPort, parsePath, parseResolve, parseSeconds } from "../../../cli/verify/options";
import { targetsOf } from "../../../cli/verify/targets";
import { printReport } from "../../../cli/verify/text";
import type { VerifyReport } from "../../../cli/verify/types";
import { verify } from "../../../cli/verify/verify";
import { answer } from "../../../path/answer";
import { ruleOf } from "../../../rules";
import { Authority, type KeyPair } from "../../../local/serve/certificates";
import { timeoutMs } from "../../eventually";
import { change, h1, h2, request } from "../path/specs";

const name = "www.example.com";
const schemaFile = path.join(__dirname, "..", "..", "..", "docs", "verify.schema.json");
const valid = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(schemaFile, "utf8")) as object,
);

/** What a server does with a connection. */
type Behaviour = (socket: net.Socket) => void;

describe("verify", () => {
  let folder = "";
  let authority: Authority;
  let pair: KeyPair;
  const open: (() => void)[] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-verify-"));
    authority = await Authority.open(folder, ["example.com", "localhost"]);
    pair = await authority.certificateFor([name]);
  });
  afterEach(() => {
    for (const close of open.splice(0)) close();
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function listening(server: net.Server): Promise<number> {
    const sockets = new Set<net.Socket>();
    server.on("connection", (socket: net.Socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return (server.address() as AddressInfo).port;
  }

  /** A TLS server that does with each connection what it likes. */
  const hostile = (behaviour: Behaviour, alpn = "http/1.1"): Promise<number> =>
    listening(
      tls.createServer(
        { key: pair.key, cert: pair.certificate, ALPNProtocols: [alpn] },
        (socket) => {
          socket.on("error", () => undefined);
          behaviour(socket);
        },
      ),
    );

  const endpoint = (port: number, change: Partial<SiteEndpoint> = {}): SiteEndpoint => ({
    name,
    address: "127.0.0.1",
    port,
    tls: true,
    ...change,
  });

  const asking = (port: number, change: Partial<HttpRequest> = {}): Promise<HttpResult> =>
    sendRequest({
      endpoint: endpoint(port),
      protocol: "HTTP/1.1",
      milliseconds: timeoutMs,
      ca: Buffer.from(authority.certificate),
      ...change,
    });

  const report = (port: number, seconds = 120): Promise<VerifyReport> => {
    const url = `https://${name}:${port}/`;
    const targets = targetsOf(
      url,
      { resolve: [{ host: name, port, address: "127.0.0.1" }] },
      undefined,
    );
    return verify({ ...targets, ca: Buffer.from(authority.certificate) }, undefined, { seconds });
  };

  /** Writes again and again for as long as somebody reads. */
  const endless =
    (first: string, again: string): Behaviour =>
    (socket) => {
      socket.write(first);
      const timer = setInterval(() => socket.write(again), 5);
      socket.on("close", () => {
        clearInterval(timer);
      });
    };

  describe("a server that means harm", () => {
    // A row that has no answer waits for all of its time, which others do not need.
    const rows: [string, Behaviour, RegExp][] = [
      ["closes at once", (socket) => socket.destroy(), /closed/],
      ["says nothing", () => undefined, /no answer in/],
      ["sends garbage", (socket) => socket.end("\u0000\u0001garbage\r\n\r\n"), /not HTTP/],
      [
        "sends headers without end",
        endless("HTTP/1.1 200 OK\r\n", `x: ${"y".repeat(4000)}\r\n`),
        /not HTTP/,
      ],
      ["sends its status letter by letter", endless("H", " "), /no answer in|not HTTP/],
      ["never ends its headers", endless("HTTP/1.1 200 OK\r\n", "a"), /no answer in|not HTTP/],
      ["informs without end", endless("", "HTTP/1.1 103 Early Hints\r\n\r\n"), /no answer in/],
    ];
    for (const [what, behaviour, reason] of rows)
      it(`${what}: a verdict in time`, async () => {
        const port = await hostile(behaviour);
        const waits = reason.test("no answer in");
        const got = await asking(port, waits ? { milliseconds: 300 } : {});
        expect(got.outcome).to.equal("failed");
        expect(got.outcome === "failed" && got.reason).to.match(reason);
        const all = await report(port, waits ? 0.6 : undefined);
        expect(all.verdict).to.equal("failed");
      });

    it("a body without end: its beginning", async () => {
      const port = await hostile(endless("HTTP/1.1 200 OK\r\n\r\n", "z".repeat(8000)));
      const got = await asking(port);
      expect(got.outcome === "answered" && got.body.length).to.equal(bodyBytes);
    });

    it("HTTP/2 with headers or a body without end", async () => {
      const big = http2.createSecureServer({ key: pair.key, cert: pair.certificate });
      big.on("error", () => undefined);
      big.on("stream", (stream, headers) => {
        stream.on("error", () => undefined);
        if (headers[":path"] === "/headers") {
          const many = Object.fromEntries(
            Array.from({ length: 1000 }, (_, i) => [`x-${i}`, "y".repeat(50)]),
          );
          stream.respond({ ":status": 200, ...many });
          stream.end();
          return;
        }
        stream.respond({ ":status": 200 });
        const more = (): void => {
          while (!stream.destroyed && stream.write("z".repeat(16_000)));
        };
        stream.on("drain", more);
        more();
      });
      const port = await listening(big);
      const body = await asking(port, { protocol: "HTTP/2", path: "/body" });
      expect(body.outcome === "answered" && body.body.length).to.equal(bodyBytes);
      const headers = await asking(port, { protocol: "HTTP/2", path: "/headers" });
      expect(headers.outcome).to.equal("failed");
    });

    it("garbage as HTTP/2", async () => {
      const port = await hostile((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"), "h2");
      const got = await asking(port, { protocol: "HTTP/2" });
      expect(got.outcome).to.equal("failed");
    });

    it("what it sends cannot command a terminal or break a report", async () => {
      const evil =
        'HTTP/1.1 301 Moved\r\nlocation: javascript:\x1b[2J"]]><evil>\r\nserver: \x1b]0;x\x07\r\n\r\n';
      const port = await hostile((socket) => socket.end(evil));
      const all = await report(port);
      let printed = "";
      printReport(all, screenOf({ write: (text) => (printed += text) }, { NO_COLOR: "1" }));
      for (const sign of ["\u0007", "\u001b", "<evil>"]) expect(junitOf(all)).to.not.include(sign);
      for (const sign of ["\u0007", "\u001b"]) expect(printed).to.not.include(sign);
    });
  });

  describe("TLS", () => {
    it("a port without it is a verdict", async () => {
      const port = await listening(http.createServer((_, response) => response.end("hi")));
      const got = await asking(port);
      expect(got).to.include({ outcome: "failed", kind: "tls" });
      expect((await report(port)).checks.find(({ id }) => id === "reachable")?.verdict).to.equal(
        "fail",
      );
    });

    it("a certificate of an authority that is not trusted, and one for another name, are found", async () => {
      const port = await hostile((socket) =>
        socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"),
      );
      const trusted = await asking(port);
      expect(trusted.secured?.distrust).to.equal(undefined);
      const stranger = await asking(port, { ca: undefined });
      expect(stranger.secured?.distrust).to.match(/SELF_SIGNED|UNABLE_TO/);
      const other = await asking(port, { endpoint: endpoint(port, { name: "other.example.org" }) });
      expect(other.secured?.distrust).to.match(/altnames|ALTNAME/i);
    });

    it("old versions that are accepted are found", async () => {
      const old = tls.createServer(
        {
          key: pair.key,
          cert: pair.certificate,
          minVersion: "TLSv1",
          maxVersion: "TLSv1.2",
          ciphers: "DEFAULT@SECLEVEL=0",
        },
        (socket) =>
          socket.on("error", () => undefined).end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"),
      );
      const { checks } = await report(await listening(old));
      const verdicts = checks
        .filter(({ id }) => id.startsWith("tls-"))
        .map(({ id, verdict }) => [id, verdict]);
      expect(verdicts).to.deep.equal([
        ["tls-1.1", "fail"],
        ["tls-1.2", "pass"],
        ["tls-1.3", "pass"],
      ]);
    });
  });

  it("reaches nobody: a verdict, in words", async () => {
    const server = net.createServer();
    const port = await listening(server);
    for (const close of open.splice(0)) close();
    const all = await report(port);
    expect(all.verdict).to.equal("failed");
    expect(all.checks.find(({ id }) => id === "reachable")?.actual).to.equal(
      "nothing listens there",
    );
    const targets = targetsOf("https://no-such-name.invalid/", { resolve: [] }, undefined);
    const nameless = await verify(targets, undefined, { seconds: 120 });
    expect(nameless.checks.map(({ actual }) => actual).join()).to.match(/looked up|no answer/);
  });

  it("asks a site without a promise for what every site should do", async () => {
    const site = http2.createSecureServer(
      { key: pair.key, cert: pair.certificate, allowHTTP1: true },
      (_, response) => {
        response.setHeader("strict-transport-security", "max-age=1");
        response.end("hello");
      },
    );
    let requests = 0;
    site.on("request", () => (requests += 1));
    const all = await report(await listening(site));
    expect(all.verdict).to.equal("ok");
    expect(all.requests).to.equal(requests);
    const warned = all.checks.filter(({ verdict }) => verdict === "warn").map(({ id }) => id);
    expect(warned).to.deep.equal(["header-nosniff", "header-framing", "header-referrer"]);
    expect(valid(JSON.parse(JSON.stringify(all))), JSON.stringify(valid.errors)).to.equal(true);
  });

  it("makes a gRPC call and opens a WebSocket if asked to", async () => {
    const site = http2.createSecureServer({
      key: pair.key,
      cert: pair.certificate,
      allowHTTP1: true,
    });
    const calls: string[] = [];
    site.on("request", (request, response) => {
      const grpc = request.headers["content-type"] === "application/grpc";
      if (grpc) {
        let body = 0;
        request.on("data", (chunk: Buffer) => (body += chunk.length));
        request.on("end", () => {
          calls.push(`${request.method} ${request.url} ${body}`);
          response.setHeader("content-type", "application/grpc");
          response.addTrailers({ "grpc-status": "12" });
          response.end(Buffer.alloc(5));
        });
      } else response.end("hello");
    });
    site.on("upgrade", (request: http.IncomingMessage, socket: net.Socket) => {
      calls.push(`${request.headers.upgrade ?? ""} ${request.url ?? ""}`);
      socket.end(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
      );
    });
    const port = await listening(site);
    const resolve = [{ host: name, port, address: "127.0.0.1" }];
    const targets = targetsOf(`https://${name}:${port}/`, { resolve }, undefined);
    const kinds = { grpc: "/a.B/C", websocket: "/ws" };
    const ca = Buffer.from(authority.certificate);
    const { checks } = await verify({ ...targets, ca }, undefined, { seconds: 120, ...kinds });
    const found = (id: string) => checks.find((check) => check.id === id);
    expect(found("grpc")).to.include({ verdict: "pass", actual: "200, grpc-status 12" });
    expect(found("websocket")).to.include({ verdict: "pass", actual: "101" });
    expect(calls).to.deep.equal(["POST /a.B/C 5", "websocket /ws"]);
  });

  it("ends when its time is over, and says what it did not ask", async () => {
    const port = await hostile(() => undefined);
    const all = await report(port, 1);
    expect(all.checks.some(({ id }) => id === "not-asked")).to.equal(true);
    expect(all.verdict).to.equal("failed");
  });

  it("sends no request beyond its limit, and follows no redirect", async () => {
    const seen: string[] = [];
    const server = http.createServer((request, response) => {
      seen.push(request.url ?? "");
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    const port = await listening(server);
    const targets = targetsOf(`http://127.0.0.1:${port}/`, { resolve: [] }, undefined);
    const all = await verify(targets, undefined, { seconds: 120 });
    expect(seen).to.deep.equal(["/"]);
    expect(all.requests).to.equal(1);
  });

  it("writes JUnit with a case a check, failures and skips counted", () => {
    const check = { title: "a <b>", expected: '"1"', actual: "2 & 3", milliseconds: 12 };
    const of: VerifyReport = {
      schemaVersion: 1,
      url: "https://x/?a=1&b=2",
      verdict: "failed",
      requests: 1,
      milliseconds: 30,
      checks: [
        {
          ...check,
          id: "one",
          verdict: "fail",
          why: "so",
          rules: ["a-rule"],
          changes: [{ rule: "a-rule", change: "Set <this>.", source: "https://x" }],
        },
        { ...check, id: "two", verdict: "skip", why: "not here" },
        { ...check, id: "three", verdict: "pass" },
        { ...check, id: "four", verdict: "warn" },
      ],
    };
    const text = junitOf(of);
    expect(text).to.include('tests="4" failures="1" errors="0" skipped="1" time="0.030"');
    expect(text).to.include('<testsuite name="https://x/?a=1&amp;b=2"');
    expect(text.match(/<testcase /g)).to.have.length(4);
    expect(text).to.include(
      '<failure type="a-rule" message="expected &quot;1&quot;, got 2 &amp; 3">',
    );
    expect(text).to.include("\na-rule: Set &lt;this&gt;.</failure>");
    expect(text).to.not.match(/<b>|& /);
  });

  describe("an answer that was not promised", () => {
    const answered = (status: number, server: string): HttpResult => ({
      outcome: "answered",
      status,
      headers: { server },
      trailers: {},
      body: "",
      content: Buffer.alloc(0),
    });
    const get = { protocol: "HTTP/1.1", kind: "http", method: "GET" } as const;
    const grpc = { protocol: "HTTP/2", kind: "grpc", method: "POST" } as const;
    const elb = "awselb/2.0";
    const rows: [string, HttpResult, Parameters<typeof faultsOf>[1], boolean, string[]][] = [
      ["464 behind CloudFront", answered(464, elb), get, true, ["edge-http1-to-http2-target", "edge-http1-to-grpc-target", "edge-grpc-only-target"]],
      ["464 of a load balancer", answered(464, elb), get, false, ["direct-http1-clients-464"]],
      ["464 for gRPC behind CloudFront", answered(464, elb), grpc, true, ["request-kind-cannot-work", "vpc-origin-grpc"]],
      ["464 for gRPC", answered(464, elb), grpc, false, ["request-kind-cannot-work"]],
      ["403 of a load balancer", answered(403, elb), get, true, ["secret-header-not-sent"]],
      ["503 of a load balancer", answered(503, elb), get, true, ["target-group-without-targets", "service-without-tasks"]],
      ["504 of CloudFront", answered(504, "CloudFront"), get, true, ["load-balancer-closed-to-edge", "public-origin-internal-load-balancer", "origin-protocol-mismatch", "origin-certificate-name-mismatch"]],
      ["503 of the container", answered(503, "app"), get, true, []],
      ["404", answered(404, elb), get, true, []],
      ["no answer", { outcome: "failed", kind: "time", reason: "no answer" } as unknown as HttpResult, get, true, []],
    ]; // prettier-ignore
    for (const [what, got, request, behindEdge, rules] of rows)
      it(`${what}: ${rules.join(", ") || "no rule's"}`, () => {
        const changes = faultsOf(got, request, behindEdge);
        expect(changes.map(({ rule }) => rule)).to.deep.equal(rules);
        for (const one of changes) {
          expect(one.change).not.to.equal("");
          expect(one.source).to.match(/^https:/);
          expect(changeIn("en", one)).to.equal(one.change);
          expect(changeIn("ja", one)).to.match(/[ぁ-ん].*。$/);
        }
      });

    it("200 in place of 464 through CloudFront: HTTP/2 that the program does not ask for", () => {
      const spec = change(h1, { target: { protocolVersion: "HTTP2" } });
      const got = answered(200, "");
      const [found] = http2NotDeclared(answer(spec, request()), got);
      expect(found?.change).to.include("The program's next update of the distribution removes it");
      expect(found && changeIn("ja", found)).to.match(/originHttpVersion: "http2".*HTTP1.*。$/);
      for (const other of [
        http2NotDeclared(answer(h1, request()), got),
        http2NotDeclared(answer(spec, request()), answered(464, elb)),
        http2NotDeclared(answer(h2, request({ protocol: "HTTP/1.1" })), got),
      ])
        expect(other).to.deep.equal([]);
    });

    it("is shown with its rules and their fixes, as text and as JSON", async () => {
      const port = await hostile((socket) =>
        socket.end(
          "HTTP/1.1 464 \r\nserver: awselb/2.0\r\nvia: 1.1 x.cloudfront.net (CloudFront)\r\ncontent-length: 0\r\n\r\n",
        ),
      );
      const all = await report(port);
      const check = all.checks.find(({ id }) => id === "viewer-http1");
      const { code, fix, source } = ruleOf("edge-http1-to-http2-target");
      expect(check?.rules).to.include(code);
      expect(check?.changes).to.deep.include({ rule: code, change: fix, source });
      expect(valid(JSON.parse(JSON.stringify(all))), JSON.stringify(valid.errors)).to.equal(true);
      let printed = "";
      printReport(all, screenOf({ write: (text) => (printed += text) }, { NO_COLOR: "1" }));
      expect(printed.replace(/\s+/g, " ")).to.include(`${code}: ${fix}`);
    });
  });

  describe("its command line", () => {
    it("takes addresses as curl does", () => {
      expect(parseResolve("WWW.example.com:443:127.0.0.1")).to.deep.equal([
        { host: "www.example.com", port: 443, address: "127.0.0.1" },
      ]);
      expect(parseResolve("a:1:[::1]", parseResolve("b:2:::2"))).to.deep.equal([
        { host: "b", port: 2, address: "::2" },
        { host: "a", port: 1, address: "::1" },
      ]);
      expect(parseHostPort("lb.example.com:8443")).to.deep.equal({
        host: "lb.example.com",
        port: 8443,
      });
      expect(parseHostPort("[::1]")).to.deep.equal({ host: "::1" });
    });

    const wrong: [string, () => unknown][] = [
      ["a port beyond the last", () => parseResolve("a:70000:1.2.3.4")],
      ["no address", () => parseResolve("a:443")],
      ["a load balancer with a path", () => parseHostPort("lb/x")],
      ["no time", () => parseSeconds("0")],
      ["a path without a slash", () => parsePath("x")],
      ["a path with a line break", () => parsePath("/x\r\ny")],
      ["a URL of a file", () => targetsOf("file:///etc/passwd", { resolve: [] }, undefined)],
      ["a URL with a password", () => targetsOf("https://u:p@x/", { resolve: [] }, undefined)],
      [
        "a CA file that is not there",
        () => targetsOf("https://x", { resolve: [], ca: "/no" }, undefined),
      ],
    ];
    for (const [what, parse] of wrong)
      it(`refuses ${what}`, () => {
        expect(parse).to.throw();
      });
  });
});
