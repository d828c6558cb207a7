/** Slow and dead upstreams, slow-loris clients and connections of which one side is gone. */
import { expect } from "chai";
import net from "node:net";
import { answering, bench, endBenches, fields, get, raw } from "../local/load-balancer-support";
import { eventually } from "../eventually";

/** Long enough for a target on a busy machine to answer, short enough to be waited for. */
const idleSeconds = 3;

describe("a load balancer in front of slow and dead upstreams", () => {
  afterEach(endBenches);

  it("waits for an answer that comes in pieces, however long that takes in all", async () => {
    const lb = await bench({ loadBalancer: { idleSeconds } });
    await lb.add(
      answering((_request, response) => {
        let left = 14;
        const more = setInterval(() => {
          left -= 1;
          if (left > 0) response.write("x");
          else {
            clearInterval(more);
            response.end("y");
          }
        }, 250);
      }),
    );
    // Longer than three seconds in all, but never three of silence.
    expect((await get(lb.port)).body).to.equal(`${"x".repeat(13)}y`);
  });

  it("breaks off when an answer stops half-way", async () => {
    const lb = await bench({ loadBalancer: { idleSeconds } });
    await lb.add(
      answering((_request, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("half");
      }),
    );
    const error = await get(lb.port).catch((e: unknown) => (e as NodeJS.ErrnoException).code);
    expect(error).to.equal("ECONNRESET");
  });

  it("answers the others while one upstream is dead: 504 for its share only", async () => {
    const lb = await bench({ loadBalancer: { idleSeconds } });
    await lb.add(net.createServer());
    await lb.add(answering(() => "well"));
    const all = await Promise.all(Array.from({ length: 10 }, () => get(lb.port)));
    const count = (status: number): number => all.filter((got) => got.status === status).length;
    expect([count(200), count(504)]).to.deep.equal([5, 5]);
  });

  it("502 for a target that ends its side before it says anything", async () => {
    const lb = await bench();
    await lb.add(
      net.createServer({ allowHalfOpen: true }, (socket) => {
        socket.end();
      }),
    );
    expect((await get(lb.port)).status).to.equal(502);
    const all = fields((await lb.log())[0]);
    expect([all[8], all[9]]).to.deep.equal(["502", "-"]);
  });
});

describe("a load balancer and slow-loris clients", () => {
  afterEach(endBenches);

  it("answers others while hundreds of heads trickle in", async () => {
    const lb = await bench();
    await lb.add(answering(() => "ok"));
    const slow = await Promise.all(
      Array.from(
        { length: 300 },
        () =>
          new Promise<net.Socket>((resolve) => {
            const socket = net.connect(lb.port, "127.0.0.1", () => {
              socket.write("GET / HTTP/1.1\r\nHost: a\r\n");
              resolve(socket);
            });
            socket.on("error", () => undefined);
          }),
      ),
    );
    const trickle = setInterval(() => {
      for (const socket of slow) socket.write("X: y\r\n");
    }, 20);
    try {
      const all = await Promise.all(Array.from({ length: 20 }, () => get(lb.port)));
      expect(new Set(all.map((got) => got.status))).to.deep.equal(new Set([200]));
    } finally {
      clearInterval(trickle);
      for (const socket of slow) socket.destroy();
    }
  });

  it("ends those that stop, with 408", async () => {
    const lb = await bench({ loadBalancer: { idleSeconds } });
    const all = await Promise.all(
      Array.from({ length: 50 }, () => raw(lb.port, "GET / HTTP/1.1\r\nHost: a\r\nX: ")),
    );
    expect(all.filter((answer) => answer.startsWith("HTTP/1.1 408 "))).to.have.lengthOf(50);
  });
});

describe("a load balancer and clients that are gone", () => {
  afterEach(endBenches);

  it("lets go of their targets, all of them", async () => {
    const lb = await bench();
    const target = await lb.add(answering(() => undefined));
    const sockets = Array.from({ length: 50 }, () => net.connect(lb.port, "127.0.0.1"));
    for (const socket of sockets) {
      socket.on("error", () => undefined);
      socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    await eventually("all wait", () => target.outstanding === 50);
    // Half of them end their side, half are gone without a word.
    sockets.forEach((socket, n) => (n % 2 === 0 ? socket.end() : socket.resetAndDestroy()));
    await eventually("nobody waits", () => target.outstanding === 0);
    const statuses = (await lb.log()).map((line) => fields(line)[8]);
    expect(statuses).to.deep.equal(Array(50).fill("460"));
  });
});
