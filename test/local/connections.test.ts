/** Connections to the next hop: which protocol they negotiate, how many there are, how they fail. */
import { expect } from "chai";
import http2 from "node:http2";
import net from "node:net";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { ClientAbort } from "../../local/serve/http/clientAbort";
import { Connections, type Destination } from "../../local/serve/http/connections";
import { type Answer, ExchangeFailure, type Outgoing } from "../../local/serve/http/exchange";
import { eventually } from "../eventually";
import { Http2Peer, type PeerOptions, type PeerResponse, echo } from "./http2-peer";

const cleanups: (() => void)[] = [];

async function peerOf(handler: Http2Peer["handler"], o: PeerOptions = {}): Promise<Http2Peer> {
  const peer = await Http2Peer.listen(handler, o);
  cleanups.push(() => {
    peer.close();
  });
  return peer;
}

function connectionsTo(port: number, change: Partial<Destination> = {}): Connections {
  const connections = new Connections({
    host: "127.0.0.1",
    port,
    localAddress: "127.0.0.1",
    connectSeconds: 60,
    readSeconds: () => 60,
    idleSeconds: () => 60,
    tls: { offers: ["h2", "http/1.1"] },
    ...change,
  });
  cleanups.push(() => {
    connections.close();
  });
  return connections;
}

const requestOf = (change: Partial<Outgoing> = {}): Outgoing => ({
  method: "GET",
  path: "/",
  scheme: "https",
  authority: "www.example.com",
  headers: [],
  body: Readable.from([]),
  hasBody: false,
  ...change,
});

const posting = (body: string | Readable, change: Partial<Outgoing> = {}): Outgoing =>
  requestOf({
    method: "POST",
    hasBody: true,
    body: typeof body === "string" ? Readable.from([Buffer.from(body)]) : body,
    ...change,
  });

interface Got {
  readonly protocol: string;
  readonly status: number;
  readonly body: string;
  readonly answer: Answer;
}

async function call(
  connections: Connections,
  outgoing = requestOf(),
  clientAbort = new ClientAbort(),
): Promise<Got> {
  const { protocol, response } = await connections.send(outgoing, clientAbort);
  if ("socket" in response) throw new Error("the protocol changed");
  return { protocol, status: response.status, body: await text(response.body), answer: response };
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** The failure of a call. */
async function failure(calling: Promise<unknown>): Promise<ExchangeFailure> {
  try {
    await calling;
  } catch (error) {
    if (error instanceof ExchangeFailure) return error;
    throw error;
  }
  throw new Error("the call did not fail");
}

/** Answers only when asked to. */
class Holding {
  readonly held: PeerResponse[] = [];
  readonly handler = (_: unknown, response: PeerResponse): void => {
    this.held.push(response);
  };

  release(): void {
    for (const response of this.held.splice(0)) response.end("ok");
  }
}

describe("connections to the next hop", () => {
  afterEach(() => {
    for (const cleanup of cleanups.splice(0).reverse()) cleanup();
  });

  it("carry 64 requests at once on one connection of HTTP/2, and later ones too", async () => {
    const peer = await peerOf(echo);
    const connections = connectionsTo(peer.port);
    for (const round of ["a", "b"]) {
      const got = await Promise.all(times(64, (i) => call(connections, posting(`${round}${i}`))));
      expect(got.map(({ protocol, body }) => `${protocol} ${body}`)).to.deep.equal(
        times(64, (i) => `HTTP/2 ${round}${i}`),
      );
    }
    expect(peer.sockets).to.have.lengthOf(1);
  });

  it("are as many as the peer's limit on streams asks for", async () => {
    const holding = new Holding();
    const peer = await peerOf(holding.handler, { maxConcurrentStreams: 10 });
    const connections = connectionsTo(peer.port);
    const calls = times(64, () => call(connections));
    await eventually("all requests are there", () => holding.held.length === 64);
    expect(peer.sockets).to.have.lengthOf(7);
    holding.release();
    expect((await Promise.all(calls)).map(({ status }) => status)).to.deep.equal(
      Array(64).fill(200),
    );
  });

  it("are HTTP/1.1 where the peer does not choose HTTP/2, and are used again", async () => {
    const peer = await peerOf(echo);
    peer.http2 = false;
    const connections = connectionsTo(peer.port);
    for (const body of ["one", "two", "three"]) {
      const got = await call(connections, posting(body));
      expect([got.protocol, got.body]).to.deep.equal(["HTTP/1.1", body]);
    }
    expect(peer.sockets).to.have.lengthOf(1);
    expect(peer.sessions).to.have.lengthOf(0);
  });

  it("carry one request each over HTTP/1.1", async () => {
    const holding = new Holding();
    const peer = await peerOf(holding.handler);
    peer.http2 = false;
    const connections = connectionsTo(peer.port);
    const calls = times(8, () => call(connections));
    await eventually("all requests are there", () => holding.held.length === 8);
    expect(peer.sockets).to.have.lengthOf(8);
    holding.release();
    await Promise.all(calls);
  });

  it("negotiate anew each: HTTP/1.1 while the peer has HTTP/2 off, HTTP/2 when it is on again", async () => {
    const peer = await peerOf(echo);
    const connections = connectionsTo(peer.port);
    const spoken: string[] = [];
    for (const on of [true, false, true]) {
      peer.http2 = on;
      const got = await Promise.all(times(4, () => call(connections)));
      spoken.push(...new Set(got.map(({ protocol }) => protocol)));
      for (const socket of peer.sockets) socket.destroy();
      await eventually("the client has noticed", () => !connections.idle);
    }
    expect(spoken).to.deep.equal(["HTTP/2", "HTTP/1.1", "HTTP/2"]);
  });

  it("send again, on a new one, what GOAWAY leaves unprocessed, with its body", async () => {
    const first: PeerResponse[] = [];
    const peer = await peerOf((request, response) => {
      const { session } = (request as http2.Http2ServerRequest).stream;
      if (session !== peer.sessions[0]) {
        echo(request, response);
        return;
      }
      // The first stream is processed, all others are not.
      if (first.push(response) < 8) return;
      session?.goaway(http2.constants.NGHTTP2_NO_ERROR, 1);
      first[0]?.end("first");
    });
    const connections = connectionsTo(peer.port);
    const got = await Promise.all(times(8, (i) => call(connections, posting(`body ${i}`))));
    // Which of them is the first stream is not said.
    const answers = got.map(({ status, body }, i) =>
      body === `body ${i}` ? `${status} again` : `${status} ${body}`,
    );
    expect(answers.sort()).to.deep.equal([...Array<string>(7).fill("200 again"), "200 first"]);
    expect(peer.sessions).to.have.lengthOf(2);
  });

  it("send again what is refused unprocessed, but not for ever", async () => {
    let refused = 0;
    const peer = await peerOf((request, response) => {
      if (refused > 0 && request.method === "GET") {
        response.end("ok");
        return;
      }
      refused += 1;
      (response as http2.Http2ServerResponse).stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
    });
    const connections = connectionsTo(peer.port);
    expect((await call(connections)).body).to.equal("ok");
    expect(refused).to.equal(1);
    const lost = await failure(call(connections, posting("x")));
    expect([lost.kind, lost.about.unprocessed]).to.deep.equal(["closed", true]);
    expect(refused).to.be.greaterThan(1);
  });

  it("do not send again what the peer may have processed", async () => {
    let asked = 0;
    const peer = await peerOf((_, response) => {
      asked += 1;
      (response as http2.Http2ServerResponse).stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
    });
    const lost = await failure(call(connectionsTo(peer.port)));
    expect([lost.kind, lost.about.streamError, asked]).to.deep.equal(["closed", 2, 1]);
  });

  it("report a connection that breaks, for every request on it", async () => {
    const holding = new Holding();
    const peer = await peerOf(holding.handler);
    const connections = connectionsTo(peer.port);
    const calls = times(3, () => failure(call(connections)));
    await eventually("all requests are there", () => holding.held.length === 3);
    peer.sockets[0]?.destroy();
    expect((await Promise.all(calls)).map(({ kind }) => kind)).to.deep.equal(
      Array(3).fill("closed"),
    );
  });

  it("let a request's end reset its stream only", async () => {
    const holding = new Holding();
    const peer = await peerOf(holding.handler);
    const connections = connectionsTo(peer.port);
    const [abort, kept] = [new ClientAbort(), call(connections)];
    const ended = failure(call(connections, requestOf(), abort));
    await eventually("both are there", () => holding.held.length === 2);
    const codes: number[] = [];
    for (const response of holding.held) {
      const { stream } = response as http2.Http2ServerResponse;
      stream.on("close", () => codes.push(stream.rstCode));
    }
    abort.abort();
    expect((await ended).kind).to.equal("closed");
    await eventually("the peer knows", () => codes.length === 1);
    expect(codes).to.deep.equal([http2.constants.NGHTTP2_CANCEL]);
    holding.release();
    expect((await kept).status).to.equal(200);
    expect(peer.sockets).to.have.lengthOf(1);
  });

  it("are closed when idle, but not while a request waits", async () => {
    const holding = new Holding();
    const peer = await peerOf(
      (request, response) => {
        if (request.method === "POST") holding.handler(request, response);
        else response.end("ok");
      },
      { maxConcurrentStreams: 1 },
    );
    const connections = connectionsTo(peer.port, { idleSeconds: () => 0.02 });
    const waiting = call(connections, posting("wait"));
    await eventually("one waits", () => holding.held.length === 1);
    expect((await call(connections)).body).to.equal("ok");
    expect(peer.sockets).to.have.lengthOf(2);
    await eventually("the idle one is closed", () => peer.open === 1);
    holding.release();
    expect((await waiting).status).to.equal(200);
    await eventually("the other is closed too", () => peer.open === 0);
  });

  it("pass on 1xx, HEAD, trailers, many headers and large ones", async () => {
    const large = "x".repeat(30_000);
    const peer = await peerOf((request, response) => {
      const answering = response as http2.Http2ServerResponse;
      answering.writeEarlyHints({ link: "</a.css>; rel=preload" });
      for (const i of times(200, (index) => index)) answering.setHeader(`x-${i}`, "y");
      answering.setHeader("x-got", request.headers["x-large"] ?? "");
      if (request.method !== "HEAD") answering.addTrailers({ "x-sum": "1" });
      answering.end("body");
    });
    const connections = connectionsTo(peer.port);
    const headers = [["x-large", large]] as const;
    for (const method of ["GET", "HEAD"]) {
      const { status, body, answer } = await call(connections, requestOf({ method, headers }));
      expect([status, body]).to.deep.equal([200, method === "GET" ? "body" : ""]);
      expect(answer.headers.filter(([name]) => /^x-\d/.test(name))).to.have.lengthOf(200);
      expect(new Map(answer.headers).get("x-got")).to.equal(large);
      expect(answer.trailers()).to.deep.equal(method === "GET" ? [["x-sum", "1"]] : []);
    }
  });

  it("hold back what nobody reads, without holding up other streams", async () => {
    const total = 16 * 1024 * 1024;
    let written = 0;
    const peer = await peerOf((request, response) => {
      if (request.method === "PUT") return;
      if (request.url !== "/large") {
        response.end("ok");
        return;
      }
      const source = new Readable({
        read() {
          written += 65_536;
          this.push(written > total ? null : Buffer.alloc(65_536));
        },
      });
      source.pipe(response as NodeJS.WritableStream);
    });
    const connections = connectionsTo(peer.port);
    const abort = new ClientAbort();
    const unread = await connections.send(requestOf({ path: "/large" }), abort);
    let sent = 0;
    const endless = new Readable({
      read() {
        sent += 65_536;
        this.push(sent > total ? null : Buffer.alloc(65_536));
      },
    });
    const upload = connections.send(posting(endless, { method: "PUT" }), abort);
    // Other streams of the connection go on, as often as one likes.
    for (let round = 0; round < 50; round++) expect((await call(connections)).body).to.equal("ok");
    expect([written < total / 2, sent < total / 2]).to.deep.equal([true, true]);
    expect(peer.sockets).to.have.lengthOf(1);
    abort.abort();
    await failure(upload);
    if ("body" in unread.response) await text(unread.response.body).catch(() => undefined);
  });

  it("change protocol where only HTTP/1.1 is offered", async () => {
    const peer = await peerOf(echo);
    peer.upgrade((socket) => {
      socket.write(
        "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
      );
      socket.end("bytes");
    });
    const connections = connectionsTo(peer.port, { tls: { offers: ["http/1.1"] } });
    const { protocol, response } = await connections.send(
      requestOf(),
      new ClientAbort(),
      "websocket",
    );
    if (!("socket" in response)) throw new Error("the protocol did not change");
    const rest = new PassThrough();
    rest.write(response.head);
    response.socket.pipe(rest);
    expect([protocol, await text(rest)]).to.deep.equal(["HTTP/1.1", "bytes"]);
  });

  it("fail with the reason: nothing listens, no TLS, no HTTP/2, nothing answers", async () => {
    const peer = await peerOf(echo);
    const [silent, plain] = [
      net.createServer(),
      net.createServer((socket) => socket.on("data", () => socket.end("HTTP/1.1 400 no\r\n\r\n"))),
    ];
    for (const server of [silent, plain]) {
      await new Promise<void>((resolve) => {
        server.listen(0, "127.0.0.1", resolve);
      });
      cleanups.push(() => server.close());
    }
    const portOf = (server: net.Server): number => (server.address() as net.AddressInfo).port;
    const kindOf = async (port: number, change: Partial<Destination> = {}): Promise<string> =>
      (await failure(call(connectionsTo(port, change)))).kind;
    const h2 = { tls: { offers: ["h2"] } } as const;
    expect(await kindOf(1)).to.equal("connect");
    expect(await kindOf(portOf(plain))).to.equal("tls");
    expect(await kindOf(portOf(silent), { connectSeconds: 0.02 })).to.equal("connect-timeout");
    expect(
      await kindOf(portOf(silent), {
        tls: undefined,
        otherwise: "HTTP/2",
        readSeconds: () => 0.02,
      }),
    ).to.equal("read-timeout");
    expect(await kindOf(peer.port, { tls: { offers: ["h2"], verify: {} } })).to.equal("tls");
    peer.http2 = false;
    expect(await kindOf(peer.port, h2)).to.equal("tls");
  });
});
