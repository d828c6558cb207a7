import { expect } from "chai";
import http from "node:http";
import http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { eventually } from "../eventually";
import { forBoth, get, start, type Running } from "./nginx-support";

/** An app: requests for `/held` are answered when they are released, all others at once. */
class App {
  private readonly waiting = new Set<http.ServerResponse>();
  private readonly server = http.createServer((request, response) => {
    if (request.url !== "/held") {
      response.end("done");
      return;
    }
    this.waiting.add(response);
    response.once("close", () => this.waiting.delete(response));
  });

  /** Where it listens. */
  get place(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get held(): number {
    return this.waiting.size;
  }

  release(): void {
    for (const response of this.waiting) response.end("done");
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

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
  let app: App;
  beforeEach(async () => {
    app = new App();
    await app.listen();
  });
  afterEach(() => {
    app.close();
  });

  it("finishes the requests in flight, and takes no new connection", async () => {
    const origin = await start(kind, { HOPWISE_APP: app.place });
    const slow = Array.from({ length: 20 }, () => get(`${origin.url}/held`));
    await eventually("all are in flight", () => app.held === 20);
    const quitting = origin.quit();
    const refused = async (): Promise<unknown> => {
      for (;;) {
        const outcome = await get(`${origin.url}/healthz`).catch((error: unknown) => error);
        // Until the signal has arrived.
        if (outcome instanceof Error) return outcome;
      }
    };
    expect(await refused()).to.have.property("code", "ECONNREFUSED");
    expect(app.held).to.equal(20);
    app.release();
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
      const stream = session.request({ ":path": "/held" });
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
    await eventually("all are in flight", () => app.held === 10);
    const quitting = origin.quit();
    expect(await goaway).to.equal(0);
    app.release();
    expect(await Promise.all(statuses)).to.deep.equal(Array(10).fill(200));
    await quitting;
  });

  it("closes idle connections, and does not wait for them", async () => {
    const longerThanAnyTest = "9999";
    const origin = await start(kind, {
      HOPWISE_HTTP2: "on",
      HOPWISE_DRAIN_SECONDS: longerThanAnyTest,
    });
    const agent = new http.Agent({ keepAlive: true });
    await get(`${origin.url}/healthz`, { agent });
    const session = http2.connect(origin.url);
    await new Promise((resolve) => session.once("remoteSettings", resolve));
    await origin.quit();
    agent.destroy();
    session.destroy();
  });

  it("cuts what is unfinished after HOPWISE_DRAIN_SECONDS", async () => {
    const origin = await start(kind, { HOPWISE_APP: app.place, HOPWISE_DRAIN_SECONDS: "1" });
    const slow = get(`${origin.url}/held`).catch((error: unknown) => error);
    await eventually("it is in flight", () => app.held === 1);
    const begin = Date.now();
    await origin.quit();
    expect(Date.now() - begin).to.be.at.least(900);
    expect(await slow).to.be.instanceOf(Error);
  });

  it("fails no request of a load balancer that replaces its targets one by one under load", async () => {
    const environment = { HOPWISE_APP: app.place };
    const balancer = new LoadBalancer();
    const old = [await start(kind, environment), await start(kind, environment)];
    for (const target of old) balancer.registered.add(target);
    let loaded = true;
    const clients = Array.from({ length: 16 }, async () => {
      while (loaded) await balancer.send("/");
    });
    const more = (): Promise<void> => {
      const enough = balancer.answered + 100;
      return eventually("more answers", () => balancer.answered >= enough);
    };
    try {
      for (const target of old) {
        await more();
        const replacement = await start(kind, environment);
        balancer.registered.add(replacement);
        const last = balancer.sendTo(target, "/held");
        // ECS deregisters a target before it sends SIGQUIT; what was sent before is still under way.
        balancer.registered.delete(target);
        await eventually("the last request is under way", () => app.held === 1);
        const quitting = target.quit();
        await more();
        app.release();
        await Promise.all([quitting, last]);
        expect(balancer.inFlight.get(target)).to.equal(0);
      }
      await more();
    } finally {
      loaded = false;
      await Promise.all(clients);
      balancer.close();
    }
    expect(balancer.failures).to.deep.equal([]);
  });
});
