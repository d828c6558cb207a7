import { expect } from "chai";
import { gunzipSync } from "node:zlib";
import http from "node:http";
import net from "node:net";
import { eventually } from "../eventually";
import {
  forBoth,
  get,
  getHttp2,
  reflected,
  sendRaw,
  start,
  type GetOptions,
} from "./nginx-support";

const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

forBoth("protocols", (kind) => {
  it("with HTTP/2 off answers HTTP/1.1", async () => {
    const { url } = await start(kind, { HOPWISE_HTTP2: "off" });
    const answer = await get(`${url}/.well-known/hopwise`);
    expect(answer.status).to.equal(200);
    expect(answer.version).to.equal("1.1");
    expect(reflected(answer)).to.include({ protocol: "HTTP/1.1", tls: false, scheme: "http" });
  });

  it("with HTTP/2 off answers the preface of h2c with an HTTP/1.1 400 and closes", async () => {
    const { address, port, url } = await start(kind, { HOPWISE_HTTP2: "off" });
    expect(await sendRaw(address, port, preface)).to.match(/^HTTP\/1\.1 400 Bad Request\r\n/);
    const failure = await getHttp2(url).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
  });

  it("with HTTP/2 on answers h2c and HTTP/1.1 on one port", async () => {
    const { url } = await start(kind, { HOPWISE_HTTP2: "on" });
    const two = await getHttp2(`${url}/.well-known/hopwise`);
    expect(two.status).to.equal(200);
    expect(reflected(two).protocol).to.equal("HTTP/2.0");
    const one = await get(`${url}/.well-known/hopwise`);
    expect(reflected(one).protocol).to.equal("HTTP/1.1");
  });

  it("tells HTTP/2 from HTTP/1.1 when the preface arrives in pieces", async () => {
    const { address, port } = await start(kind, { HOPWISE_HTTP2: "on" });
    const socket = net.connect(port, address);
    const first = new Promise<Buffer>((resolve) => socket.once("data", resolve));
    socket.setNoDelay();
    for (const piece of ["PRI * HT", "TP/2.0\r\n\r\n", "SM\r\n\r\n", "\0\0\0\x04\0\0\0\0\0"]) {
      socket.write(piece, "latin1");
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    // A SETTINGS frame: type 4 in the fourth byte of the header.
    expect((await first)[3]).to.equal(4);
    socket.destroy();
  });

  it("does not take a request for HTTP/2 whose first letter is the preface's too", async () => {
    const { address, port } = await start(kind, { HOPWISE_HTTP2: "on" });
    const socket = net.connect(port, address);
    const first = new Promise<Buffer>((resolve) => socket.once("data", resolve));
    socket.setNoDelay();
    for (const piece of ["P", "UT /healthz HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n"]) {
      socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect((await first).toString()).to.match(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it("ignores an offer to upgrade to h2c, and answers HTTP/1.1", async () => {
    const { url } = await start(kind, { HOPWISE_HTTP2: "on" });
    const answer = await get(`${url}/.well-known/hopwise`, {
      headers: {
        connection: "Upgrade, HTTP2-Settings",
        upgrade: "h2c",
        "http2-settings": "AAMAAABkAAQAoAAAAAIAAAAA",
      },
    });
    expect(answer.status).to.equal(200);
    expect(reflected(answer).protocol).to.equal("HTTP/1.1");
  });

  for (const [http2, protocol] of [
    ["on", "HTTP/2.0"],
    ["off", undefined],
  ] as const) {
    it(`with TLS and HTTP/2 ${http2} offers ${protocol ?? "no HTTP/2"} by ALPN, and HTTP/1.1`, async () => {
      const { url } = await start(kind, { HOPWISE_TLS: "on", HOPWISE_HTTP2: http2 });
      const one = await get(`${url}/.well-known/hopwise`);
      expect(reflected(one)).to.include({ protocol: "HTTP/1.1", tls: true, scheme: "https" });
      const two = await getHttp2(`${url}/.well-known/hopwise`).then(
        (answer) => reflected(answer).protocol,
        () => undefined,
      );
      expect(two).to.equal(protocol);
    });
  }

  it("with TLS still takes TLS 1.2, and nothing older", async () => {
    const { url } = await start(kind, { HOPWISE_TLS: "on" });
    const version = (maxVersion: string) =>
      get(`${url}/healthz`, { minVersion: "TLSv1", maxVersion } as GetOptions).then(
        (answer) => answer.status,
        () => "refused",
      );
    expect(await version("TLSv1.2")).to.equal(200);
    expect(await version("TLSv1.1")).to.equal("refused");
  });

  it("closes an idle connection after HOPWISE_KEEPALIVE_SECONDS, and not before", async () => {
    const began = Date.now();
    /** A connection's end, after an answer over it. */
    const kept = async (seconds: string) => {
      const { url } = await start(kind, { HOPWISE_KEEPALIVE_SECONDS: seconds });
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      const free = new Promise<net.Socket>((resolve) => agent.once("free", resolve));
      const answer = await get(`${url}/healthz`, { agent });
      expect(answer.headers.connection).to.equal("keep-alive");
      const socket = await free;
      return { agent, socket, closed: new Promise((resolve) => socket.once("close", resolve)) };
    };
    const long = await kept("600");
    const short = await kept("1");
    await short.closed;
    expect(Date.now() - began).to.be.at.least(900);
    expect(long.socket.destroyed).to.equal(false);
    long.agent.destroy();
  });
});

forBoth("what is answered without an app", (kind) => {
  it("answers the health path, for any Host, and does not log it", async () => {
    const { url, log } = await start(kind, { HOPWISE_HEALTH_PATH: "/up" });
    const checker = { host: "10.0.12.34:8080", "user-agent": "ELB-HealthChecker/2.0" };
    const answer = await get(`${url}/up`, { headers: checker });
    expect(answer).to.include({ status: 200, body: "ok\n" });
    expect(answer.headers["cache-control"]).to.equal("no-store");
    await get(`${url}/`);
    const lines = (uri: string) => log.filter((line) => line.includes(`"uri":"${uri}"`));
    // The later of the two requests is logged: so would be the earlier one.
    await eventually("the page is logged", () => lines("/").length === 1);
    expect(lines("/up")).to.deep.equal([]);
  });

  it("logs what only calls itself a health check", async () => {
    const { url, log } = await start(kind);
    const headers = { "user-agent": "ELB-HealthChecker/2.0", "x-forwarded-for": "203.0.113.9" };
    await get(`${url}/hidden`, { headers });
    await eventually("it is logged", () => log.some((line) => line.includes('"uri":"/hidden"')));
  });

  it("answers the page, compressed for who asks, also behind CloudFront", async () => {
    const { address, port, url } = await start(kind);
    const plain = await get(`${url}/`);
    expect(plain.status).to.equal(200);
    expect(plain.headers["content-type"]).to.equal("text/html; charset=utf-8");
    expect(plain.headers["content-encoding"]).to.equal(undefined);
    expect(plain.body).to.match(/^<!doctype html>/);
    const body = await new Promise<Buffer>((resolve, reject) => {
      const headers = { "accept-encoding": "gzip", via: "2.0 abc.cloudfront.net (CloudFront)" };
      http
        .get({ host: address, port, headers, agent: false }, (response) => {
          expect(response.headers["content-encoding"]).to.equal("gzip");
          expect(response.headers.vary).to.equal("Accept-Encoding");
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.once("end", () => {
            resolve(Buffer.concat(parts));
          });
        })
        .once("error", reject);
    });
    expect(body.length).to.be.lessThan(plain.body.length / 2);
    const unpacked = gunzipSync(body).toString();
    expect(unpacked)
      .to.match(/^<!doctype html>/)
      .and.match(/<\/html>\n$/);
    expect(unpacked).to.contain("2.0 abc.cloudfront.net (CloudFront)");
  });

  for (const [path, status] of [
    ["/", 200],
    ["/healthz", 200],
    ["/.well-known/hopwise", 200],
    ["/missing", 404],
  ] as const) {
    it(`sends the security headers with the ${status} of ${path}`, async () => {
      const { url } = await start(kind);
      const { headers, ...answer } = await get(url + path, {
        from: "127.0.2.1",
        headers: { "x-forwarded-proto": "https" },
      });
      expect(answer.status).to.equal(status);
      expect(headers).to.include({
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "strict-origin-when-cross-origin",
        "strict-transport-security": "max-age=31536000",
      });
      expect(headers.server).to.not.match(/\d/);
    });
  }

  it("sends no Strict-Transport-Security to a viewer who came without TLS", async () => {
    const { url } = await start(kind);
    const { headers } = await get(url);
    expect(headers["strict-transport-security"]).to.equal(undefined);
  });

  it("takes the headers that an ALB lets through", async () => {
    const { url } = await start(kind);
    const headers = Object.fromEntries(
      ["x-a", "x-b", "x-c", "x-d"].map((name) => [name, "a".repeat(16_000)]),
    );
    expect((await get(url, { headers, maxHeaderSize: 80_000 })).status).to.equal(200);
  });

  it("stays valid JSON whatever a caller sends", async () => {
    const { url } = await start(kind);
    const evil = `","client":"9.9.9.9","x":"\\\\<script>`;
    const headers = {
      "x-forwarded-for": evil,
      "x-forwarded-proto": evil,
      via: evil,
      "x-amzn-trace-id": evil,
    };
    const seen = reflected(await get(`${url}/.well-known/hopwise`, { headers }));
    expect(seen).to.include({ client: "127.0.0.1", peer: "127.0.0.1" });
    expect(seen).to.not.have.property("x");
  });
});
