import { expect } from "chai";
import http from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { eventually } from "../eventually";
import {
  forBoth,
  freePort,
  get,
  getHttp2,
  loadBalancer,
  start,
  type Answer,
} from "./nginx-support";

/** An app that tells what it received, and how many connections it was given. */
class App {
  connections = 0;
  private readonly sockets = new Set<net.Socket>();
  private readonly server = http.createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => (body += part));
    request.once("end", () => {
      const { method, url, headers, httpVersion } = request;
      if (url === "/own-headers") response.setHeader("x-frame-options", "DENY");
      if (url === "/big-headers") response.setHeader("x-big", "b".repeat(12_000));
      if (url === "/missing") response.statusCode = 404;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ method, url, headers, httpVersion, body }));
    });
  });

  async listen(): Promise<string> {
    this.server.on("connection", (socket: net.Socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
    });
    // Not a whole WebSocket: after the handshake both sides may send what they like, and that is the point.
    this.server.on("upgrade", (request: http.IncomingMessage, socket: Duplex) => {
      const { upgrade = "", "x-real-ip": viewer = "" } = request.headers;
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ${upgrade}\r\n\r\n` +
          `hello ${String(viewer)};`,
      );
      socket.on("error", () => socket.destroy());
      socket.pipe(socket);
    });
    const port = await freePort("127.0.0.1");
    await new Promise<void>((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    return `127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

interface Received {
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

function received(answer: Answer): Received {
  return JSON.parse(answer.body) as Received;
}

forBoth("an app behind it", (kind) => {
  let app: App;
  let place: string;

  beforeEach(async () => {
    app = new App();
    place = await app.listen();
  });
  afterEach(() => app.close());

  it("gets the request over HTTP/1.1, with the viewer's checked address and scheme", async () => {
    const { url } = await start(kind, { HOPWISE_APP: place, HOPWISE_TRUSTED_HOPS: "2" });
    const passedOn = received(
      await get(`${url}/a%20b?c=d`, {
        method: "POST",
        body: "payload",
        from: loadBalancer,
        headers: {
          host: "example.com:8443",
          "x-forwarded-for": "1.1.1.1, 203.0.113.7, 130.176.0.9",
          "x-forwarded-host": "evil.example",
          "x-real-ip": "1.1.1.1",
          forwarded: "for=1.1.1.1",
          "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
        },
      }),
    );
    expect(passedOn).to.include({ method: "POST", url: "/a%20b?c=d", httpVersion: "1.1" });
    expect(passedOn.body).to.equal("payload");
    expect(passedOn.headers).to.include({
      host: "example.com:8443",
      "x-forwarded-for": "203.0.113.7",
      "x-real-ip": "203.0.113.7",
      "x-forwarded-proto": "https",
      "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
    });
    expect(passedOn.headers).to.not.have.any.keys("x-forwarded-host", "forwarded");
  });

  it("gets HTTP/1.1 also for a request that came over h2c", async () => {
    const { url } = await start(kind, { HOPWISE_APP: place, HOPWISE_HTTP2: "on" });
    const answer = await getHttp2(`${url}/two`);
    expect(answer.status).to.equal(200);
    expect(received(answer)).to.include({ httpVersion: "1.1", url: "/two" });
  });

  it("gets a streamed body whole", async () => {
    const { url } = await start(kind, { HOPWISE_APP: place });
    const headers = { "transfer-encoding": "chunked" };
    const body = "x".repeat(3_000_000);
    const answer = await get(url, { method: "POST", headers, body });
    expect(received(answer).body.length).to.equal(body.length);
  });

  it("keeps its connections", async () => {
    const { url } = await start(kind, { HOPWISE_APP: place });
    for (let count = 0; count < 20; count += 1) {
      expect((await get(`${url}/${count}`)).status).to.equal(200);
    }
    expect(app.connections).to.equal(1);
  });

  it("speaks WebSocket through it", async () => {
    const { address, port } = await start(kind, { HOPWISE_APP: place });
    const request = http.request({
      host: address,
      port,
      localAddress: loadBalancer,
      headers: {
        connection: "Upgrade",
        upgrade: "WebSocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "x-forwarded-for": "203.0.113.7",
      },
    });
    const [response, socket, head] = await new Promise<[http.IncomingMessage, net.Socket, Buffer]>(
      (resolve, reject) => {
        request.once("error", reject);
        request.once("response", (refused) => {
          reject(new Error(`no upgrade: ${refused.statusCode}`));
        });
        request.once("upgrade", (...all) => {
          resolve(all);
        });
        request.end();
      },
    );
    expect(response.statusCode).to.equal(101);
    let text = head.toString();
    const echoed = new Promise<void>((resolve) => {
      socket.on("data", (part: Buffer) => {
        text += part.toString();
        if (text.endsWith("ping")) resolve();
      });
    });
    socket.write("ping");
    await echoed;
    expect(text).to.equal("hello 203.0.113.7;ping");
    socket.destroy();
  });

  it("never gets an upgrade to h2c", async () => {
    const { url } = await start(kind, { HOPWISE_APP: place });
    const headers = { connection: "Upgrade", upgrade: "h2c" };
    const answer = await get(url, { headers });
    expect(answer.status).to.equal(200);
    expect(received(answer).headers.upgrade).to.equal(undefined);
  });

  it("may answer with large headers, and its own security headers win", async () => {
    const { url } = await start(kind, { HOPWISE_APP: place });
    const big = await get(`${url}/big-headers`);
    expect(big.status).to.equal(200);
    expect(big.headers["x-frame-options"]).to.equal("SAMEORIGIN");
    expect(big.headers).to.not.have.property("content-security-policy");
    const own = await get(`${url}/own-headers`);
    expect(own.headers["x-frame-options"]).to.equal("DENY");
    const missing = await get(`${url}/missing`);
    expect(missing.status).to.equal(404);
    expect(missing.headers["x-content-type-options"]).to.equal("nosniff");
  });

  it("answers the health path itself, and checks of the load balancer are not logged", async () => {
    const { url, log } = await start(kind, { HOPWISE_APP: place });
    const headers = { "user-agent": "ELB-HealthChecker/2.0" };
    expect(received(await get(`${url}/healthz`, { headers })).url).to.equal("/healthz");
    await get(`${url}/later`);
    await eventually("a later request is logged", () => log.some((l) => l.includes('"/later"')));
    expect(log.filter((line) => line.includes('"/healthz"'))).to.deep.equal([]);
  });

  it("that is not there is a 502 with the security headers, for a health check too", async () => {
    const nobody = `127.0.0.1:${await freePort("127.0.0.1")}`;
    const { url } = await start(kind, { HOPWISE_APP: nobody });
    const answer = await get(url);
    expect(answer.status).to.equal(502);
    expect(answer.headers).to.include({
      "x-content-type-options": "nosniff",
      "x-frame-options": "SAMEORIGIN",
    });
    expect((await get(`${url}/healthz`)).status).to.equal(502);
  });
});
