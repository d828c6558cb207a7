/** What a load balancer makes of clients that keep to no rules, and what its logs say of them. */
import { expect } from "chai";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import {
  type Bench,
  type BenchChange,
  answering,
  bench,
  endBenches,
  fields,
  raw,
} from "./load-balancer-support";
import { eventually } from "../eventually";

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
const lines = (...all: string[]): string => `${all.join("\r\n")}\r\n\r\n`;

/** A load balancer in front of a target that keeps what it saw. */
async function watched(change: BenchChange = {}): Promise<Bench & { seen: string[] }> {
  const seen: string[] = [];
  const lb = await bench(change);
  const target = answering((request) => {
    seen.push(`${request.method ?? ""} ${request.url ?? ""} ${request.headers.connection ?? ""}`);
    return "ok";
  });
  await lb.add(target);
  return { ...lb, seen };
}

describe("requests that no target gets to see", () => {
  afterEach(endBenches);

  const post = (...headers: string[]): string => lines("POST / HTTP/1.1", "Host: a", ...headers);
  // prettier-ignore
  const cases: [string, string, number, string?, string?][] = [
    ["a length and chunks", `${post("Content-Length: 5", "Transfer-Encoding: chunked")}0\r\n\r\n`, 400, "Ambiguous", "BothTeClPresent"],
    ["chunks and a length", `${post("Transfer-Encoding: chunked", "Content-Length: 5")}0\r\n\r\n`, 400, "Ambiguous", "BothTeClPresent"],
    ["two lengths", `${post("Content-Length: 1", "Content-Length: 2")}ab`, 400, "Severe", "MultipleContentLength"],
    ["a length with a sign", `${post("Content-Length: +1")}a`, 400, "Severe", "BadContentLength"],
    ["chunks that are none", `${post("Transfer-Encoding: xchunked")}0\r\n\r\n`, 400, "Severe", "BadTransferEncoding"],
    ["a space before the colon", `${post("Content-Length : 1")}a`, 400, "Ambiguous", "SuspiciousHeader"],
    ["a vertical tab before chunked", `${post("Transfer-Encoding: \x0bchunked")}0\r\n\r\n`, 400, "Severe", "BadTransferEncoding"],
    ["a folded header", post("X: a", " b"), 400, "Acceptable", "NonCompliantHeader"],
    ["a NUL in a header", post("X: a\0b"), 400, "Severe", "BadHeader"],
    ["a CR in a header", post("X: a\rTransfer-Encoding: chunked"), 400, "Severe", "BadHeader"],
    ["lines that end with LF only", "GET / HTTP/1.1\nHost: a\n\n", 400],
    ["a header without a colon", post("abc"), 400],
    ["a space in the URL", lines("GET /a b HTTP/1.1", "Host: a"), 400, "Acceptable", "SpaceInUri"],
    ["a URL with a NUL", lines("GET /a\0b HTTP/1.1", "Host: a"), 400, "Severe", "BadUri"],
    ["a chunk size that is none", `${post("Transfer-Encoding: chunked")}zz\r\nab\r\n0\r\n\r\n`, 400],
    ["a body coded with gzip", `${post("Transfer-Encoding: gzip, chunked")}0\r\n\r\n`, 501],
    ["a coding without an end", post("Transfer-Encoding: gzip"), 501],
    ["two Hosts", post("Host: b"), 400],
    ["CONNECT", lines("CONNECT a:443 HTTP/1.1", "Host: a"), 405],
    ["HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", 505],
    ["a version that nobody speaks here", lines("GET / HTTP/2.0", "Host: a", "Connection: close"), 505],
  ];
  for (const [title, bytes, status, tier, reason] of cases) {
    it(`${title}: ${status}`, async () => {
      const lb = await watched();
      expect(statusOf(await raw(lb.port, Buffer.from(bytes, "latin1")))).to.equal(status);
      await eventually("it is reported", () => lb.requests().length > 0);
      expect(lb.seen.filter((s) => s !== "POST / keep-alive")).to.deep.equal([]);
      const all = fields((await lb.log())[0]);
      expect(all).to.have.lengthOf(36);
      expect([all[8], all[9]]).to.deep.equal([String(status), "-"]);
      expect(all.slice(27, 29)).to.deep.equal([`"${tier ?? "-"}"`, `"${reason ?? "-"}"`]);
    });
  }

  it("are written as AWS writes what it could not read", async () => {
    const lb = await watched();
    await raw(lb.port, "hello\r\n\r\n");
    const all = fields((await lb.log())[0]);
    expect(all.slice(4, 10)).to.deep.equal(["-", "-1", "-1", "-1", "400", "-"]);
    expect(all[12]).to.match(/^"- http:\/\/\S+:80- -"$/);
    expect([all[20], all[22], all[30]]).to.deep.equal(["-", '"-"', '"-"']);
  });
});

describe("desync mitigation", () => {
  afterEach(endBenches);

  const odd = lines("GET / HTTP/1.1", "Host: a", "Content-Length: 2") + "ab";
  for (const [desyncMode, status, seen] of [
    ["monitor", 200, "GET / keep-alive"],
    ["defensive", 200, "GET / close"],
    ["strictest", 400, undefined],
  ] as const) {
    it(`in mode ${desyncMode}: ${status}`, async () => {
      const lb = await watched({ loadBalancer: { desyncMode, idleSeconds: 1 } });
      const answer = await raw(lb.port, odd);
      expect(statusOf(answer)).to.equal(status);
      expect(/^connection: close/im.test(answer)).to.equal(desyncMode !== "monitor");
      expect(lb.seen).to.deep.equal(seen === undefined ? [] : [seen]);
      const all = fields((await lb.log())[0]);
      expect(all.slice(27, 29)).to.deep.equal(['"Ambiguous"', '"UndefinedContentLengthSemantics"']);
    });
  }
});

describe("clients that do not finish", () => {
  afterEach(endBenches);

  const idle = { loadBalancer: { idleSeconds: 0.3 } };
  /** Leaves a target on a busy machine the time to answer. */
  const idleAfterAnswer = { loadBalancer: { idleSeconds: 2 } };

  it("get 408 when they send nothing, or only the beginning of a request", async () => {
    for (const bytes of ["", "GET / HTTP/1.1\r\nHo"]) {
      const lb = await watched(idle);
      expect(statusOf(await raw(lb.port, bytes))).to.equal(408);
      expect(lb.seen).to.deep.equal([]);
      expect(fields((await lb.log())[0])[8]).to.equal("408");
    }
  });

  it("get nothing when they are only idle after an answer", async () => {
    const lb = await watched(idleAfterAnswer);
    const answers = await raw(lb.port, lines("GET / HTTP/1.1", "Host: a"));
    expect(answers.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(["HTTP/1.1 200"]);
  });

  it("get 408 for the beginning of a second request", async () => {
    const lb = await watched(idleAfterAnswer);
    const socket = net.connect(lb.port, "127.0.0.1");
    let answers = "";
    socket.on("data", (chunk) => {
      if (answers === "") socket.write("GET /b");
      answers += chunk.toString();
    });
    socket.write(lines("GET / HTTP/1.1", "Host: a"));
    await new Promise((resolve) => socket.on("close", resolve));
    expect(answers.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(["HTTP/1.1 200", "HTTP/1.1 408"]);
  });

  it("get 400 when they end in the middle of a body", async () => {
    const lb = await bench();
    // Reads all of the body before it answers.
    await lb.add(
      answering((request, response) => request.resume().on("end", () => response.end())),
    );
    const half = lines("POST / HTTP/1.1", "Host: a", "Content-Length: 10") + "half";
    expect(statusOf(await raw(lb.port, half, { end: true }))).to.equal(400);
    expect(fields((await lb.log())[0])[8]).to.equal("400");
  });

  it("get 504 when the rest of a body never comes", async () => {
    const lb = await bench(idle);
    await lb.add(
      answering((request, response) => request.resume().on("end", () => response.end())),
    );
    const half = lines("POST / HTTP/1.1", "Host: a", "Content-Length: 10") + "half";
    expect(statusOf(await raw(lb.port, half))).to.equal(504);
  });

  it("are 460 in the log when they end while a target works", async () => {
    const lb = await bench();
    const target = await lb.add(answering(() => undefined));
    const socket = net.connect(lb.port, "127.0.0.1");
    socket.write(lines("GET / HTTP/1.1", "Host: a"));
    await eventually("the target works", () => target.outstanding === 1);
    socket.end();
    await eventually("the target need not", () => target.outstanding === 0);
    const all = fields((await lb.log())[0]);
    expect([all[4], all[8], all[9]]).to.deep.equal([target.label, "460", "-"]);
  });
});

describe("requests that are unusual and right", () => {
  afterEach(endBenches);

  const ask = async (lb: Bench, ...head: string[]): Promise<string> =>
    raw(lb.port, lines(...head, "Connection: close"));

  it("HTTP/1.0 without a Host", async () => {
    const lb = await watched();
    expect(statusOf(await raw(lb.port, "GET / HTTP/1.0\r\n\r\n"))).to.equal(200);
    expect(fields((await lb.log())[0])[12]).to.match(/ HTTP\/1\.0"$/);
  });

  it("an absolute URL, whose host counts more than Host", async () => {
    const lb = await bench();
    await lb.add(answering((request) => `${request.headers.host ?? ""} ${request.url ?? ""}`));
    const answer = await ask(lb, "GET http://b.example.com/x?y HTTP/1.1", "Host: a");
    expect(answer).to.match(/b\.example\.com \/x\?y$/);
  });

  it("Expect: 100-continue, answered at once and not passed on", async () => {
    const lb = await bench();
    await lb.add(answering((request) => request.headers.expect ?? "no expectation"));
    const head = ["POST / HTTP/1.1", "Host: a", "Content-Length: 0", "Expect: 100-continue"];
    expect(await ask(lb, ...head)).to.match(/^HTTP\/1\.1 100 .*no expectation$/s);
  });

  it("a target that ends its side after the answer", async () => {
    const lb = await bench();
    await lb.add(
      net.createServer((socket) => {
        socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\n\r\nall of it"));
      }),
    );
    expect(await ask(lb, "GET / HTTP/1.1", "Host: a")).to.match(/all of it/);
  });

  it("a target that breaks off in its answer, which the client sees", async () => {
    const lb = await bench();
    await lb.add(
      net.createServer((socket) => {
        socket.once("data", () => {
          socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        });
      }),
    );
    const ended = new Promise((resolve) => {
      http
        .get({ port: lb.port, host: "127.0.0.1", agent: false }, (response) => {
          response.on("error", (error: NodeJS.ErrnoException) => {
            resolve(error.code);
          });
          response.on("end", () => {
            resolve("all of it");
          });
          response.resume();
        })
        .on("error", resolve);
    });
    expect(await ended).to.equal("ECONNRESET");
  });
});

describe("the log of connections", () => {
  afterEach(endBenches);

  const logged = {
    tls: true,
    loadBalancer: { connectionLogs: { bucket: "logs", prefix: "lb" } },
  } as const;

  it("has a line for each, joined to its requests by the connection's id", async () => {
    const lb = await watched(logged);
    const session = http2.connect(`https://127.0.0.1:${lb.port}`, {
      ca: lb.ca,
      servername: "www.example.com",
    });
    session.on("error", () => undefined);
    for (const path of ["/1", "/2"]) {
      const stream = session.request({ ":path": path });
      await new Promise((resolve) => stream.resume().on("close", resolve));
    }
    await eventually("both are reported", () => lb.requests().length === 2);
    const connections = await lb.log("conn_log_");
    const requests = await lb.log();
    expect(connections).to.have.lengthOf(1);
    const all = fields(connections[0]);
    expect(all).to.have.lengthOf(15);
    expect([all[3], all[4], all[10]]).to.deep.equal(["443", "TLSv1.3", "Success"]);
    expect(Number(all[6])).to.be.within(0, 60);
    expect(requests.map((line) => fields(line)[29])).to.deep.equal([all[11], all[11]]);
    expect(requests.map((line) => fields(line)[0])).to.deep.equal(["h2", "h2"]);
  });

  it("has a line for a handshake that failed, and the access log none", async () => {
    const lb = await watched(logged);
    // A TLS record that says it is a handshake, and is none.
    await raw(lb.port, Buffer.from("\x16\x03\x01\x00\x05hello", "latin1"));
    const [line] = await lb.log("conn_log_");
    expect(fields(line)[10]).to.equal("Failed:UnmappedConnectionError");
    expect(await lb.log()).to.deep.equal([]);
  });

  it("is not written unless asked for", async () => {
    const lb = await watched({ tls: true });
    await raw(lb.port, "GET / HTTP/1.1\r\n\r\n");
    expect(await lb.log("conn_log_")).to.deep.equal([]);
  });
});
