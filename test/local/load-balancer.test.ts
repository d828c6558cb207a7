/** A load balancer in front of targets that misbehave, each made for one case. */
import { expect } from "chai";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Answer } from "../../local/serve/http/exchange";
import { ClientAbort } from "../../local/serve/http/clientAbort";
import type { TargetGroup } from "../../topology/types";
import { bench, endBenches, get, raw } from "./load-balancer-support";
import { eventually } from "../eventually";

const tcp = (onConnection: (socket: net.Socket) => void): net.Server =>
  net.createServer(onConnection);

describe("a load balancer whose targets fail", () => {
  afterEach(endBenches);

  it("503 without a registered target", async () => {
    const { port } = await bench();
    const got = await get(port);
    expect([got.status, got.headers.server]).to.deep.equal([503, "awselb/2.0"]);
  });

  it("502 when nothing listens", async () => {
    const { port, add } = await bench();
    await add(1);
    expect((await get(port)).status).to.equal(502);
  });

  it("502 when the target closes with the request outstanding", async () => {
    const { port, add } = await bench();
    await add(tcp((socket) => socket.once("data", () => socket.end())));
    expect((await get(port)).status).to.equal(502);
  });

  it("502 when what comes is no HTTP", async () => {
    const { port, add } = await bench();
    await add(
      tcp((socket) => socket.once("data", () => socket.end("220 mail.example.com ESMTP\r\n"))),
    );
    expect((await get(port)).status).to.equal(502);
  });

  it("502 when the answer's headers are larger than 32 KB", async () => {
    const { port, add } = await bench();
    const values = Array.from({ length: 5 }, (_, i): [string, string] => [
      `x-${i}`,
      "x".repeat(7000),
    ]);
    await add(
      http.createServer({ maxHeaderSize: 65_536 }, (_, response) => {
        response.writeHead(200, Object.fromEntries(values)).end();
      }),
    );
    expect((await get(port)).status).to.equal(502);
  });

  it("504 when the target does not answer before the idle timeout", async () => {
    const { port, add } = await bench({ loadBalancer: { idleSeconds: 0.3 } });
    await add(tcp(() => undefined));
    expect((await get(port)).status).to.equal(504);
  });

  it("504 when a security group keeps the load balancer from the target", async () => {
    const { port, add, events } = await bench();
    await add(
      http.createServer((_, response) => response.end()),
      { refused: "task-sg has no rule" },
    );
    expect((await get(port)).status).to.equal(504);
    await eventually("the request is reported", () => events.some((e) => e.kind === "request"));
    expect(events.find((e) => e.kind === "request")?.why).to.match(/task-sg has no rule/);
  });

  it("an HTTP/2 target group's target that speaks HTTP/1.1 only is unhealthy", async () => {
    const group = { protocolVersion: "HTTP2" } as const;
    const health = {
      enabled: true,
      path: "/",
      matcher: "200",
      timeoutSeconds: 60,
      port: "traffic-port",
    } as TargetGroup["healthCheck"];
    const { add, events } = await bench({ group: { ...group, healthCheck: health } });
    await add(http.createServer((_, response) => response.end()));
    expect(events[0]).to.include({ kind: "health", healthy: false });
    expect(events[0])
      .to.have.property("reason")
      .that.matches(/^Target\.FailedHealthChecks: /);
  });

  it("460 in the log when the client goes away first", async () => {
    const { port, add, events } = await bench();
    const target = await add(tcp(() => undefined));
    const socket = net.connect(port, "127.0.0.1", () =>
      socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    );
    await eventually("the target works", () => target.outstanding === 1);
    socket.destroy();
    await eventually("the request is reported", () => events.length > 0);
    expect(events[0]).to.include({ kind: "request", status: 0 });
  });
});

describe("a load balancer and requests that it refuses", () => {
  afterEach(endBenches);

  // prettier-ignore
  const cases: [string, string, number][] = [
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405],
    ["no HTTP at all", "hello\r\n\r\n", 400],
    ["HTTP/1.1 without Host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["two different lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400],
    ["a header over 16 KB", `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: ${"x".repeat(17_000)}\r\n\r\n`, 400],
    ["headers over 64 KB", `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${`X-A: ${"x".repeat(15_000)}\r\n`.repeat(5)}\r\n`, 400],
    ["a URL over 16 KB", `GET /${"x".repeat(17_000)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, 414],
    ["over 30 forwarded addresses", `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Forwarded-For: ${Array(31).fill("192.0.2.1").join(", ")}\r\n\r\n`, 463],
  ];
  for (const [title, bytes, status] of cases) {
    it(`${title}: ${status}`, async () => {
      const { port, add } = await bench();
      await add(http.createServer((_, response) => response.end()));
      expect((await raw(port, bytes)).split("\r\n")[0]).to.match(
        new RegExp(`^HTTP/1\\.1 ${status}\\b`),
      );
    });
  }
});

describe("a load balancer and its targets", () => {
  afterEach(endBenches);

  it("take turns", async () => {
    const { port, add } = await bench();
    for (const name of ["a", "b", "c"])
      await add(http.createServer((_, response) => response.end(name)));
    const bodies = [];
    for (let i = 0; i < 6; i += 1) bodies.push((await get(port)).body);
    expect([...new Set(bodies.slice(0, 3))].sort()).to.deep.equal(["a", "b", "c"]);
    expect(bodies.slice(3)).to.deep.equal(bodies.slice(0, 3));
  });

  it("keep connections open between requests", async () => {
    const { port, add } = await bench();
    let connections = 0;
    const server = http.createServer((_, response) => response.end());
    server.on("connection", () => (connections += 1));
    await add(server);
    for (let i = 0; i < 5; i += 1) await get(port);
    expect(connections).to.equal(1);
  });

  it("closes a client's connection with the first answer after its keep-alive time", async () => {
    const { port, add } = await bench({ loadBalancer: { clientKeepAliveSeconds: 1 } });
    await add(http.createServer((_, response) => response.end()));
    const { port: patient, add: addTo } = await bench();
    await addTo(http.createServer((_, response) => response.end()));
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    try {
      expect((await get(patient, { agent })).headers.connection).to.equal("keep-alive");
      // On the first connection, or on a busy machine on a later one.
      const closed = async (): Promise<boolean> =>
        (await get(port, { agent })).headers.connection === "close";
      while (!(await closed())) await setTimeout(100);
    } finally {
      agent.destroy();
    }
  });

  it("leave out the unhealthy, and get everything when all are", async () => {
    const { port, add } = await bench();
    const well = await add(http.createServer((_, response) => response.end("well")));
    const ill = await add(http.createServer((_, response) => response.end("ill")));
    ill.state = "unhealthy";
    const bodies = async (): Promise<string[]> =>
      [...new Set([(await get(port)).body, (await get(port)).body])].sort();
    expect(await bodies()).to.deep.equal(["well"]);
    well.state = "unhealthy";
    expect(await bodies()).to.deep.equal(["ill", "well"]);
  });

  it("find out about health by its path and matcher, and say why not", async () => {
    const check = {
      enabled: true,
      path: "/healthz",
      matcher: "200",
      timeoutSeconds: 60,
      port: "traffic-port",
    } as TargetGroup["healthCheck"];
    const { add, events } = await bench({ group: { healthCheck: check } });
    await add(
      http.createServer((request, response) => {
        response.statusCode = request.url === "/healthz" ? 404 : 200;
        response.end();
      }),
    );
    expect(events[0]).to.deep.include({
      healthy: false,
      reason: "Target.ResponseCodeMismatch: /healthz answered 404, not 200",
    });
  });

  it("switch to WebSocket, bytes passing both ways", async () => {
    const { port, add, events } = await bench();
    const server = http.createServer();
    server.on("upgrade", (request, socket: net.Socket) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Key: ${request.headers["sec-websocket-key"] ?? ""}\r\n\r\nhello `,
      );
      let text = "";
      socket.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (text.endsWith("world")) socket.end(text.toUpperCase());
      });
    });
    await add(server);
    const head =
      "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: k\r\n\r\n";
    const answer = await new Promise<string>((resolve) => {
      let text = "";
      const socket = net.connect(port, "127.0.0.1", () => socket.write(`${head}early `));
      socket.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.endsWith("hello ")) socket.write("world");
      });
      socket.on("close", () => {
        resolve(text);
      });
    });
    expect(answer).to.match(/^HTTP\/1\.1 101 .*X-Key: k\r\n.*hello EARLY WORLD$/s);
    await eventually("the switch is reported", () => events.length > 0);
    expect(events[0]).to.include({ status: 101, path: "/chat" });
  });

  it("ignore an upgrade to anything else", async () => {
    const { port, add } = await bench();
    await add(
      http.createServer((request, response) => response.end(request.headers.upgrade ?? "none")),
    );
    const got = await get(port, {
      headers: { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c" },
    });
    expect([got.status, got.body]).to.deep.equal([200, "none"]);
  });

  it("see the header names of HTTP/1.1 clients as they were written, and repeated headers apart", async () => {
    const { port, add } = await bench();
    await add(
      http.createServer((request, response) => {
        response.setHeader("Set-Cookie", ["a=1", "b=2"]);
        response.end(request.rawHeaders.join("|"));
      }),
    );
    const got = await get(port, { headers: { "X-CamelCase": "1", "x-list": ["1", "2"] } });
    expect(got.body).to.include("X-CamelCase|1").and.to.include("x-list|1|x-list|2");
    expect(got.headers["set-cookie"]).to.deep.equal(["a=1", "b=2"]);
  });

  it("close announced connections after their last request, when deregistered", async () => {
    const { port, add, pool } = await bench();
    let answer: () => void = () => undefined;
    const target = await add(
      http.createServer((_, response) => {
        answer = () => response.end("late");
      }),
    );
    const pending = get(port);
    await eventually("the request is with the target", () => target.outstanding === 1);
    let gone = false;
    const drained = pool.deregister(target).then(() => (gone = true));
    expect((await get(port)).status).to.equal(503);
    expect(gone).to.equal(false);
    answer();
    expect((await pending).body).to.equal("late");
    await drained;
  });

  it("are not waited for when everything ends", async () => {
    const { port, add, pool } = await bench({ group: { deregistrationSeconds: 300 } });
    const target = await add(http.createServer(() => undefined));
    const pending = get(port);
    await eventually("the request is with the target", () => target.outstanding === 1);
    const drained = pool.deregister(target);
    pool.close();
    await drained;
    expect((await pending).status).to.equal(502);
  });
});

describe("a load balancer in front of HTTP/2 targets", () => {
  afterEach(endBenches);

  /** An HTTPS listener needs certificates; the pool is asked directly, as the listener would. */
  it("uses one connection for requests that come at once, and another after the end of it", async () => {
    const { pool, add } = await bench({ group: { protocolVersion: "HTTP2" } });
    let connections = 0;
    const sessions: http2.Http2Session[] = [];
    const server = http2.createServer((_, response) => response.end("ok"));
    server.on("session", (session) => {
      connections += 1;
      sessions.push(session);
    });
    const target = await add(server);
    const ask = async (): Promise<number> => {
      const { PassThrough } = await import("node:stream");
      const outgoing = {
        method: "GET",
        path: "/",
        scheme: "http",
        authority: "a",
        headers: [],
        body: new PassThrough(),
        hasBody: false,
      } as const;
      const { response } = await target.connections.send(outgoing, new ClientAbort());
      const answer = response as Answer;
      answer.body.resume();
      return answer.status;
    };
    expect(await Promise.all(Array.from({ length: 20 }, ask))).to.deep.equal(Array(20).fill(200));
    expect(connections).to.equal(1);
    sessions[0]?.close();
    await eventually("the session is over", () => sessions[0]?.destroyed === true);
    expect(await ask()).to.equal(200);
    expect(connections).to.equal(2);
    expect(pool.pick()).to.equal(target);
  });
});
