/** Starting and ending: what is taken, what is missing, and that nothing stays behind. */
import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { serve, ServeError, type ServeOptions } from "../../local/serve";
import { forBoth, theNginx } from "./nginx-support";
import { eventually } from "../eventually";
import { listening } from "../listening";
import { itWith } from "../parts";
import { call, endServing, projectDir, serving } from "./serving";
import { stack } from "./stacks/resources";

const viaEdge = stack({
  edge: "public",
  listener: "HTTPS",
  version: "HTTP1",
  port: 18089,
  count: 2,
});

/** Sockets that this process holds. */
function openSockets(): number {
  const handles = process as unknown as { getActiveResourcesInfo(): string[] };
  return handles.getActiveResourcesInfo().filter((r) => /TCP|Process|Pipe/.test(r)).length;
}

describe("starting to serve", () => {
  let stateDir: string;
  beforeEach(() => {
    stateDir = mkdtempSync(path.join(tmpdir(), "hopwise-serve-"));
  });
  afterEach(async () => {
    await endServing();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const options = (change: Partial<ServeOptions> = {}): ServeOptions => ({
    projectDir,
    stateDir,
    port: 0,
    nginx: "embedded",
    ...change,
  });

  it("every problem of the resources is in one error", async () => {
    const broken = viaEdge
      .without("aws:lb/targetGroup:TargetGroup", "tasks")
      .filter((r) => r.type !== "aws:ecs/taskDefinition:TaskDefinition");
    const error = await serve(broken, options()).then(
      () => undefined,
      (e: unknown) => e as Error,
    );
    expect(error).to.be.instanceOf(ServeError);
    expect(error?.message.split("\n")).to.have.lengthOf(3);
    expect(error?.message)
      .to.match(/targetgroup/)
      .and.to.match(/task-definition/);
  });

  it("two stacks are served side by side", async () => {
    const [one, other] = [await serving(viaEdge.resources), await serving(viaEdge.resources)];
    for (const served of [one, other]) {
      expect((await call(served, { url: served.front.url })).status).to.equal(200);
    }
    const addresses = [one, other].flatMap((s) => s.services[0]?.tasks.map((t) => t.address) ?? []);
    expect(new Set(addresses).size).to.equal(4);
  });

  it("the local CA is kept between runs, its key for this user only", async () => {
    const first = await serve(viaEdge.resources, options());
    const certificate = readFileSync(first.caFile, "utf8");
    await first.close();
    const second = await serve(viaEdge.resources, options());
    expect(readFileSync(second.caFile, "utf8")).to.equal(certificate);
    await second.close();
    const folder = path.dirname(second.caFile);
    for (const file of readdirSync(folder)) {
      expect(statSync(path.join(folder, file)).mode & 0o077, file).to.equal(0);
    }
  });

  it("a broken CA file is replaced", async () => {
    const first = await serve(viaEdge.resources, options());
    await first.close();
    writeFileSync(first.caFile, "not a certificate");
    const served = await serving(viaEdge.resources);
    expect((await call(served, { url: served.front.url })).status).to.equal(200);
    const again = await serve(viaEdge.resources, options());
    expect(readFileSync(again.caFile, "utf8")).to.match(/^-----BEGIN CERTIFICATE-----/);
    await again.close();
  });

  it("an image that is not built here is replaced by a server that speaks its target group's protocol", async () => {
    const h2 = stack({ edge: "none", listener: "HTTPS", version: "HTTP2", port: 18089 });
    const definition = [
      { name: "nginx", image: "example/other", portMappings: [{ containerPort: 18089 }] },
    ];
    const served = await serving(
      h2.with("aws:ecs/taskDefinition:TaskDefinition", "web", {
        containerDefinitions: JSON.stringify(definition),
      }),
    );
    expect(served.notes.join("\n")).to.match(
      /image example\/other of the container nginx is not run here/,
    );
    expect((await call(served, { url: served.front.url })).status).to.equal(200);
  });
});

forBoth("starting and ending", (kind) => {
  afterEach(endServing);

  it("a taken port is one clear error, and nothing stays open", async () => {
    const taken = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as net.AddressInfo;
    const nginx = kind === "nginx" ? await theNginx() : "embedded";
    // With the CA there already the port is found taken before the tasks are up.
    const first = await serving(viaEdge.resources);
    const { stateDir } = first;
    await first.close();
    const before = openSockets();
    try {
      const error = await serve(viaEdge.resources, { projectDir, stateDir, port, nginx }).then(
        () => undefined,
        (e: unknown) => e,
      );
      expect(error).to.be.instanceOf(ServeError);
      expect((error as Error).message).to.equal(
        `Port ${port} on 127.0.0.1 is taken. Stop what listens there, or choose another one with --port.`,
      );
      await eventually("all sockets are closed", () => openSockets() <= before);
      // Whatever had still been starting would be there by now.
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(openSockets()).to.be.at.most(before);
    } finally {
      taken.close();
    }
  });

  itWith("linux", "leaves no process and no open port", async () => {
    if (kind === "nginx") await theNginx();
    const before = openSockets();
    const served = await serving(viaEdge.resources, kind);
    await call(served, { url: served.front.url });
    const tasks = served.services[0]?.tasks ?? [];
    const [listener] = served.loadBalancers[0]?.listeners ?? [];
    const places: [string, number][] = [
      ["127.0.0.1", served.front.port],
      ["127.0.0.1", served.front.plainPort ?? 0],
      [listener?.address ?? "", listener?.localPort ?? 0],
      ...tasks.map((t): [string, number] => [t.address, 18089]),
    ];
    const sockets = listening(places);
    expect(sockets).to.have.lengthOf(places.length);
    await served.close();
    // Another process may listen on the same port by now.
    expect(listening(places).filter((one) => sockets.includes(one))).to.deep.equal([]);
    const pids = tasks.flatMap((t) => t.pids);
    expect(pids).to.have.lengthOf(kind === "nginx" ? 2 : 0);
    for (const pid of pids) expect(() => process.kill(pid, 0)).to.throw(/ESRCH/);
    await eventually("all sockets are closed", () => openSockets() <= before);
  });
});
