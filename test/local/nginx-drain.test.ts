import { expect } from "chai";
import http from "node:http";
import http2 from "node:http2";
import { forBoth, freePort, get, start, type Running } from "./nginx-support";

/** An app that takes its time: `/250` answers after 250 ms. */
async function slowApp(): Promise<{ place: string; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    setTimeout(() => response.end("done"), Number((request.url ?? "").slice(1)));
  });
  const port = await freePort("127.0.0.1");
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    place: `127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Keeps connections to each target as a load balancer does, and sends only to those that are registered. */
class LoadBalancer {
  readonly registered = new Set<Running>();
  readonly failures: string[] = [];
  readonly inFlight = new Map<Running, number>();
  answered = 0;
  private readonly agents = new Map<Running, http.Agent>();
  private turn = 0;

  async send(path: string): Promise<void> {
    const targets = [...this.registered];
    this.turn += 1;
    const target = targets[this.turn % targets.length];
    if (target === undefined) throw new Error("no registered target");
    await this.sendTo(target, path);
  }

  async sendTo(target: Running, path: string): Promise<void> {
    const agent = this.agents.get(target) ?? new http.Agent({ keepAlive: true });
    this.agents.set(target, agent);
    this.inFlight.set(target, (this.inFlight.get(target) ?? 0) + 1);
    try {
      const answer = await get(target.url + path, { agent });
      this.answered += 1;
      if (answer.status !== 200) this.failures.push(`status ${answer.status}`);
    } catch (error) {
      this.failures.push(String(error));
    }
    this.inFlight.set(target, (this.inFlight.get(target) ?? 0) - 1);
  }

  close(): void {
    for (const agent of this.agents.values()) agent.destroy();
  }
}

forBoth("a graceful end", (kind) => {
  let app: Awaited<ReturnType<typeof slowApp>>;
  before(async () => {
    app = await slowApp();
  });
  after(() => app.close());

  it("finishes the requests in flight, and takes no new connection", async () => {
    const origin = await start(kind, { HOPWISE_APP: app.place });
    const slow = Array.from({ length: 20 }, () => get(`${origin.url}/500`));
    await pause(200);
    const quitting = origin.quit();
    await pause(100);
    const refused = await get(`${origin.url}/healthz`).catch((error: unknown) => error);
    expect(refused).to.have.property("code", "ECONNREFUSED");
    for (const answer of await Promise.all(slow)) {
      expect(answer).to.include({ status: 200, body: "done" });
    }
    await quitting;
  });

  it("finishes HTTP/2 streams, and says GOAWAY", async () => {
    const origin = await start(kind, { HOPWISE_APP: app.place, HOPWISE_HTTP2: "on" });
    const session = http2.connect(origin.url);
    const goaway = new Promise<number>((resolve) => session.once("goaway", resolve));
    const statuses = Array.from({ length: 10 }, () => {
      const stream = session.request({ ":path": "/500" });
      stream.resume();
      return new Promise<number>((resolve, reject) => {
        stream.once("error", reject);
        stream.once("response", (headers) => {
          stream.once("end", () => {
            resolve(Number(headers[":status"]));
          });
        });
      });
    });
    await pause(200);
    const quitting = origin.quit();
    expect(await Promise.all(statuses)).to.deep.equal(Array(10).fill(200));
    expect(await goaway).to.equal(0);
    await quitting;
  });

  it("closes idle connections at once", async () => {
    const origin = await start(kind, { HOPWISE_HTTP2: "on" });
    const agent = new http.Agent({ keepAlive: true });
    await get(`${origin.url}/healthz`, { agent });
    const session = http2.connect(origin.url);
    await new Promise((resolve) => session.once("remoteSettings", resolve));
    const begin = Date.now();
    await origin.quit();
    expect(Date.now() - begin).to.be.lessThan(1000);
    agent.destroy();
    session.destroy();
  });

  it("cuts what is unfinished after HOPWISE_DRAIN_SECONDS", async () => {
    const origin = await start(kind, { HOPWISE_APP: app.place, HOPWISE_DRAIN_SECONDS: "1" });
    const slow = get(`${origin.url}/15000`).catch((error: unknown) => error);
    await pause(200);
    const begin = Date.now();
    await origin.quit();
    expect(Date.now() - begin).to.be.within(900, 4000);
    expect(await slow).to.be.instanceOf(Error);
  });

  it("fails no request of a load balancer that replaces its targets one by one under load", async () => {
    const environment = { HOPWISE_APP: app.place };
    const balancer = new LoadBalancer();
    const old = [await start(kind, environment), await start(kind, environment)];
    for (const target of old) balancer.registered.add(target);
    let loaded = true;
    const clients = Array.from({ length: 16 }, async (_, client) => {
      while (loaded) await balancer.send(client % 4 === 0 ? "/120" : "/5");
    });
    for (const target of old) {
      await pause(300);
      const replacement = await start(kind, environment);
      balancer.registered.add(replacement);
      const last = balancer.sendTo(target, "/400");
      balancer.registered.delete(target);
      // ECS deregisters a target before it sends SIGQUIT; what was sent before is still under way.
      await pause(100);
      expect(balancer.inFlight.get(target)).to.be.greaterThan(0);
      await target.quit();
      await last;
      expect(balancer.inFlight.get(target)).to.equal(0);
    }
    await pause(300);
    loaded = false;
    await Promise.all(clients);
    balancer.close();
    expect(balancer.failures).to.deep.equal([]);
    expect(balancer.answered).to.be.greaterThan(200);
  });
});
