/** A stack that changes while it is served: what is dropped, what stays, what is refused. */
import { expect } from "chai";
import net from "node:net";
import { ServeError } from "../../local/serve";
import type { LocalResource, Props } from "../../local/model/types";
import { eventually } from "../eventually";
import { forBoth } from "./nginx-support";
import {
  call,
  cloudfrontAddress,
  endServing,
  loadBalancerUrl,
  serving,
  type Serving,
} from "./serving";
import { secret, stack, type Stack, type StackOptions } from "./stacks/resources";
import { startViewers, type ViewerCounts, type Viewers } from "./viewers";

const port = 18095;
const viaEdge = { edge: "public", listener: "HTTPS", version: "HTTP1", port, count: 2 } as const;
const between = 15;
const distribution = "aws:cloudfront/distribution:Distribution";

/** The task definition with other variables. */
function withEnvironment(s: Stack, change: Record<string, string>): LocalResource[] {
  const type = "aws:ecs/taskDefinition:TaskDefinition";
  const [nginx, ...others] = JSON.parse(String(s.find(type).inputs.containerDefinitions)) as {
    environment: { name: string; value: string }[];
  }[];
  const environment = nginx?.environment.map(({ name, value }) => ({
    name,
    value: change[name] ?? value,
  }));
  const containerDefinitions = JSON.stringify([{ ...nginx, environment }, ...others]);
  return s.with(type, "web", { containerDefinitions });
}

/** One resource of a list with other inputs. */
function changed(resources: readonly LocalResource[], name: string, change: Props) {
  return resources.map((r) =>
    r.name === name
      ? { ...r, inputs: { ...r.inputs, ...change }, outputs: { ...r.outputs, ...change } }
      : r,
  );
}

const tasks = (served: Serving) => served.services[0]?.tasks.map((t) => t.name) ?? [];
const pids = (served: Serving) => served.services[0]?.tasks.flatMap((t) => t.pids) ?? [];

/** True when something listens. */
function connects(address: string, to: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(to, address, () => {
      socket.destroy();
      resolve(true);
    });
    // A reset is an answer, of a security group; only a refusal is nobody's.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code !== "ECONNREFUSED");
    });
  });
}

async function refusal(update: Promise<void>): Promise<Error> {
  const error = await update.then(
    () => undefined,
    (e: unknown) => e as Error,
  );
  if (!error) throw new Error("the update was not refused");
  return error;
}

interface Change {
  readonly what: string;
  readonly from?: Partial<StackOptions>;
  readonly to: () => readonly LocalResource[];
  readonly viewers?: ViewerCounts;
  /** Tasks afterwards. */
  readonly tasks?: number;
  /** How many of the first tasks stay. */
  readonly stay: number;
}

const overHttp2Only = { "HTTP/1.1": 0, "HTTP/2": 2 };
const changes: readonly Change[] = [
  { what: "more tasks", to: () => stack({ ...viaEdge, count: 3 }).resources, tasks: 3, stay: 2 },
  { what: "fewer tasks", to: () => stack({ ...viaEdge, count: 1 }).resources, tasks: 1, stay: 1 },
  {
    what: "another task definition",
    to: () => withEnvironment(stack(viaEdge), { HOPWISE_KEEPALIVE_SECONDS: "80" }),
    stay: 0,
  },
  {
    what: "another port of the container, and the security groups with it",
    to: () => stack({ ...viaEdge, port: port + 1 }).resources,
    stay: 0,
  },
  {
    what: "TLS to the container",
    to: () => stack({ ...viaEdge, targetProtocol: "HTTPS" }).resources,
    stay: 0,
  },
  {
    what: "another health check path at both ends",
    to: () =>
      changed(withEnvironment(stack(viaEdge), { HOPWISE_HEALTH_PATH: "/up" }), "tasks", {
        healthCheck: { path: "/up", matcher: "200", interval: 65, timeout: 60 },
      }),
    stay: 0,
  },
  {
    what: "HTTP instead of HTTPS between edge and load balancer, on another port",
    to: () => stack({ ...viaEdge, listener: "HTTP" }).resources,
    stay: 2,
  },
  {
    what: "a VPC origin instead of a public load balancer",
    to: () => stack({ ...viaEdge, edge: "vpc", listener: "HTTP" }).resources,
    stay: 2,
  },
  {
    what: "HTTP/2 instead of HTTP/1.1 to the tasks",
    from: { edge: "none" },
    to: () => stack({ ...viaEdge, edge: "none", version: "HTTP2" }).resources,
    viewers: overHttp2Only,
    stay: 0,
  },
  {
    what: "another idle timeout and certificate of the load balancer",
    from: { edge: "none" },
    to: () =>
      changed(
        changed(stack({ ...viaEdge, edge: "none" }).resources, "web", { idleTimeout: 120 }),
        "lb-cert",
        { subjectAlternativeNames: ["other.example.com"] },
      ),
    stay: 2,
  },
];

forBoth("an update under load", (kind) => {
  let served: Serving;
  let viewers: Viewers | undefined;
  afterEach(async () => {
    await viewers?.stop();
    await endServing();
  });

  for (const change of changes) {
    it(`${change.what}: no request fails, no viewer is cut off`, async () => {
      served = await serving(stack({ ...viaEdge, ...change.from }).resources, kind);
      const count = change.viewers ?? { "HTTP/1.1": 2, "HTTP/2": 2 };
      viewers = startViewers(served, ["/"], count);
      const before = { tasks: tasks(served), pids: pids(served) };
      await viewers.more(between);
      await served.update(change.to());
      await viewers.more(between);
      await viewers.stop();

      expect(Object.keys(viewers.seen)).to.deep.equal(["200"]);
      expect(viewers.connections).to.equal(count["HTTP/1.1"] + count["HTTP/2"]);
      const now = tasks(served);
      expect(now).to.have.lengthOf(change.tasks ?? 2);
      expect(now.filter((a) => before.tasks.includes(a))).to.have.lengthOf(change.stay);
      const left = before.pids.filter((pid) => !pids(served).includes(pid));
      expect(left).to.have.lengthOf(kind === "nginx" ? 2 - change.stay : 0);
      for (const pid of left) expect(() => process.kill(pid, 0)).to.throw(/ESRCH/);
    });
  }
});

describe("an update", () => {
  let served: Serving;
  beforeEach(async () => {
    served = await serving(stack(viaEdge).resources);
  });
  afterEach(endServing);
  const status = async (path = "/") =>
    (await call(served, { url: `${served.front.url}${path}` })).status;

  it("is seen by a connection that is open already", async () => {
    const viewers = startViewers(served, ["/"], { "HTTP/1.1": 1, "HTTP/2": 1 });
    await viewers.more(5);
    const teapot = { statusCode: "418", contentType: "text/plain", messageBody: "" };
    const actions = [{ type: "fixed-response", fixedResponse: teapot }];
    await served.update(
      stack(viaEdge).with("aws:lb/listenerRule:ListenerRule", "secret", { actions }),
    );
    await viewers.more(1);
    const before = viewers.seen[200];
    await viewers.more(5);
    await viewers.stop();
    expect(viewers.seen[200]).to.equal(before);
    expect(viewers.seen[418]).to.be.at.least(10);
    expect(viewers.connections).to.equal(2);
  });

  it("shows what is served now", async () => {
    expect(served.loadBalancers[0]?.listeners.map((l) => l.port)).to.deep.equal([443]);
    const { url } = served.front;
    const more = stack({ ...viaEdge, listener: "HTTP", count: 1 });
    const webAclId = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/1";
    const renamed = changed(more.resources, "cdn", { aliases: ["new.example.com"], webAclId });
    await served.update(changed(renamed, "edge-cert", { domainName: "*.example.com" }));
    expect(served.loadBalancers[0]?.listeners.map((l) => l.port)).to.deep.equal([80]);
    expect(served.services[0]?.tasks).to.have.lengthOf(1);
    expect(served.front).to.include({ url, host: "new.example.com" });
    expect(served.notes.join("\n")).to.match(/web ACL/);
    const { status: found } = await call(served, { url, name: "new.example.com" });
    expect(found).to.equal(200);
    expect(await status()).to.equal(403);
  });

  it("closes a listener that is declared no longer", async () => {
    const url = loadBalancerUrl(served);
    const headers = { "x-origin-secret": secret };
    const ask = () => call(served, { url, headers, from: cloudfrontAddress, protocol: "HTTP/1.1" });
    expect((await ask()).status).to.equal(200);
    await served.update(stack({ ...viaEdge, listener: "HTTP" }).resources);
    expect((await ask()).error).to.equal("ECONNREFUSED");
  });

  it("closes what a security group no longer admits", async () => {
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    await served.update(stack(viaEdge).without(type, "lb-in"));
    expect(await status()).to.equal(504);
    await served.update(stack(viaEdge).without(type, "task-in"));
    expect(await status()).to.equal(504);
    await served.update(stack(viaEdge).resources);
    expect(await status()).to.equal(200);
  });

  it("starts and ends a service", async () => {
    const type = "aws:ecs/service:Service";
    await served.update(stack(viaEdge).without(type, "web"));
    expect(await status()).to.equal(503);
    expect(served.services).to.deep.equal([]);
    await served.update(stack(viaEdge).resources);
    expect(await status()).to.equal(200);
    expect(tasks(served)).to.have.lengthOf(2);
  });

  it("waits for the one before it", async () => {
    const counts = [3, 1, 4].map((count) => served.update(stack({ ...viaEdge, count }).resources));
    await Promise.all([...counts, served.services[0]?.replaceTask()]);
    expect(tasks(served)).to.have.lengthOf(4);
    expect(await status()).to.equal(200);
  });

  /** With a second listener. */
  const withMore = (): LocalResource[] => {
    const { resources } = stack(viaEdge);
    const listener = resources.find((r) => r.type === "aws:lb/listener:Listener");
    const { loadBalancerArn, defaultActions } = listener?.inputs ?? {};
    const inputs = { loadBalancerArn, defaultActions, port: 18099, protocol: "HTTP" };
    const more = { id: "arn:more", name: "more", inputs, outputs: { ...inputs, arn: "arn:more" } };
    return listener ? [...resources, { ...listener, ...more }] : [];
  };
  const refused: { what: string; says: RegExp; to: () => readonly LocalResource[] }[] = [
    {
      what: "resources that cannot be served",
      says: /cannot be served[^]*targetgroup/,
      to: () => stack(viaEdge).without("aws:lb/targetGroup:TargetGroup", "tasks"),
    },
    {
      what: "another front door",
      says: /would change from CloudFront to port 443 of the load balancer web/,
      to: () => stack({ ...viaEdge, edge: "none" }).resources,
    },
    {
      what: "tasks that do not become healthy",
      says: /new tasks of web do not become healthy in tasks \(Target.ResponseCodeMismatch: \/healthz answered \d+, not 200\)/,
      to: () => withEnvironment(stack(viaEdge), { HOPWISE_HEALTH_PATH: "/up" }),
    },
    {
      what: "tasks that no security group lets the load balancer in to",
      says: /do not become healthy.*Target.Timeout/,
      to: () => stack({ ...viaEdge, port: port + 1 }).resources.filter((r) => r.name !== "task-in"),
    },
  ];
  for (const { what, says, to } of refused) {
    it(`is refused for ${what}, and changes nothing`, async () => {
      const before = tasks(served);
      const viewers = startViewers(served);
      try {
        const error = await refusal(served.update(to()));
        expect(error).to.be.instanceOf(ServeError);
        expect(error.message).to.match(says);
        await viewers.more(10);
      } finally {
        await viewers.stop();
      }
      expect(Object.keys(viewers.seen)).to.deep.equal(["200"]);
      expect(viewers.connections).to.equal(4);
      expect(tasks(served)).to.deep.equal(before);
      // The next one is none the worse for it.
      await served.update(stack({ ...viaEdge, count: 3 }).resources);
      expect(tasks(served)).to.have.lengthOf(3);
      expect(tasks(served)).to.include.members(before);
    });
  }

  it("serves a new listener on another port where its own is taken, and says so", async () => {
    const [listener] = served.loadBalancers[0]?.listeners ?? [];
    const blocker = net.createServer().listen(18099, listener?.address);
    await new Promise((resolve) => blocker.once("listening", resolve));
    try {
      await served.update(withMore());
    } finally {
      blocker.close();
    }
    const more = served.loadBalancers[0]?.listeners.find((l) => l.port === 18099);
    expect(more?.localPort).to.be.greaterThan(0).and.not.equal(18099);
    expect(await connects(more?.address ?? "", more?.localPort ?? 0)).to.equal(true);
    expect(served.notes.join("\n")).to.match(
      /Port 18099 on 127.0.2.\d+ is taken: the listener 18099 of web is served on another one/,
    );
  });

  it("that is refused closes what it has opened, and checks targets as before", async () => {
    const thresholds = { healthyThreshold: 2, unhealthyThreshold: 2 };
    const often = { matcher: "200", interval: 0.1, timeout: 60, ...thresholds };
    await endServing();
    const checked = { healthCheck: { ...often, path: "/healthz" } };
    served = await serving(changed(stack(viaEdge).resources, "tasks", checked));
    const [listener] = served.loadBalancers[0]?.listeners ?? [];
    const elsewhere = changed(withMore(), "tasks", { healthCheck: { ...often, path: "/gone" } });
    // New tasks are needed, and none of them has the path.
    const definition = withEnvironment(stack(viaEdge), { HOPWISE_KEEPALIVE_SECONDS: "80" });
    const containers = definition.find((r) => r.type.includes("TaskDefinition"))?.inputs ?? {};
    const error = await refusal(
      served.update(
        changed(elsewhere, "web", { containerDefinitions: containers.containerDefinitions }),
      ),
    );
    expect(error.message).to.match(/do not become healthy.*\/gone/);
    expect(await connects(listener?.address ?? "", 18099)).to.equal(false);
    // The old tasks may have been found unhealthy on the way; they are not in the end.
    const { tasks: kept = [] } = served.services[0] ?? {};
    expect(kept).to.have.lengthOf(2);
    await eventually("the old tasks are healthy", () => {
      const healthy = new Map(
        served.events.flatMap((e) => (e.kind === "health" ? [[e.target, e.healthy] as const] : [])),
      );
      return kept.every((t) => healthy.get(`${t.address}:${port}`) === true);
    });
    expect(await status()).to.equal(200);
  });

  it("follows an origin to another name, whose certificate is checked", async () => {
    const certificate = { domainName: "other.example.com", subjectAlternativeNames: [] };
    const { resources } = stack(viaEdge);
    const [origin] = stack(viaEdge).find(distribution).inputs.origins as Props[];
    const origins = [{ ...origin, domainName: "other.example.com" }];
    const named = changed(changed(resources, "lb-cert", certificate), "origin", {
      name: "other.example.com",
    });
    expect(await status()).to.equal(200);
    await served.update(changed(named, "cdn", { origins }));
    // At once, so that there are new connections among theirs.
    expect(await Promise.all([status(), status(), status()])).to.deep.equal([200, 200, 200]);
  });

  it("does not outlive the end of serving", async () => {
    const updating = refusal(served.update(stack({ ...viaEdge, count: 4 }).resources));
    // By then it has begun, and no task can be up.
    await new Promise((resolve) => setImmediate(resolve));
    await served.close();
    expect((await updating).message).to.match(/Serving ended/);
    expect(tasks(served)).to.deep.equal([]);
    expect((await refusal(served.update(stack(viaEdge).resources))).message).to.match(/Nothing is/);
  });
});
