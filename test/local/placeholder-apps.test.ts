/** What replaces a container that cannot run here: a command for each task, or a server that already runs. */
import http from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { placeholderFor } from "../../local/model/placeholders";
import type { LocalResource, Props } from "../../local/model/types";
import { evaluate, type Evaluation } from "../../local/program";
import { serve, type Served, type ServeEvent, type ServeOptions } from "../../local/serve";
import { token } from "../../topology/tokens";
import { alive } from "../cli/hopwise";
import { get } from "../cli/web";
import { eventually } from "../eventually";

interface Seen {
  readonly greeting: string;
  readonly secret: string;
  readonly pid: number;
  readonly host: string;
  readonly aws?: string;
}

/** The program, had it stored its app's secret itself. */
function storing(resources: readonly LocalResource[], password: string): LocalResource[] {
  const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:own-AbCdEf";
  const [any] = resources;
  if (any === undefined) throw new Error("the program has no resources");
  const secretString = JSON.stringify({ PASSWORD: password });
  const versions = [
    { versionId: "v1", inputs: { secretId: arn, secretString: '{"PASSWORD":"of before"}' } },
    { versionId: "v2", inputs: { secretId: arn, secretString } },
  ].map(({ versionId, inputs }) => ({
    ...any,
    type: token.secretVersion,
    id: `${arn}|${versionId}`,
    inputs,
    outputs: { ...inputs, versionId },
  }));
  const secret = { ...any, type: token.secret, id: arn, inputs: {}, outputs: { arn } };
  const referring = (props: Props): Props => {
    const list = JSON.parse(String(props.containerDefinitions)) as { secrets?: object[] }[];
    const containers = list.map((container) => ({
      ...container,
      secrets: container.secrets?.map((one) => ({ ...one, valueFrom: `${arn}:PASSWORD::v2` })),
    }));
    return { ...props, containerDefinitions: JSON.stringify(containers) };
  };
  const defined = resources.map((resource) =>
    resource.type === token.taskDefinition
      ? { ...resource, inputs: referring(resource.inputs), outputs: referring(resource.outputs) }
      : resource,
  );
  return [...defined, secret, ...versions];
}

describe("what replaces a container", () => {
  let program: Evaluation;
  let stateDir: string;
  let served: Served | undefined;
  let events: ServeEvent[];

  before(async () => {
    const projectDir = path.join(__dirname, "../cli/fixture/web");
    program = await evaluate({ projectDir });
  });
  beforeEach(() => {
    stateDir = mkdtempSync(path.join(tmpdir(), "hopwise-placeholders-"));
    events = [];
  });
  afterEach(async () => {
    await served?.close();
    served = undefined;
    rmSync(stateDir, { recursive: true });
  });

  async function serving(
    given: Pick<ServeOptions, "commands" | "upstreams">,
    resources = program.resources,
  ): Promise<Served> {
    served = await serve(resources, {
      projectDir: program.cwd,
      stateDir,
      port: 0,
      nginx: "embedded",
      ...given,
      onEvent: (event) => events.push(event),
    });
    return served;
  }
  const command = (text: string): Served | Promise<Served> =>
    serving({ commands: new Map([["app", text]]) });

  /** What each of the tasks sees. */
  async function tasks(): Promise<Seen[]> {
    const seen = new Map<number, Seen>();
    for (let i = 0; i < 6; i += 1) {
      const one = JSON.parse((await get(served?.front.url ?? "")).body) as Seen;
      seen.set(one.pid, one);
    }
    return [...seen.values()];
  }

  for (const listen of ["host", "all", "localhost"])
    it(`a command for each task, listening on ${listen}`, async () => {
      process.env.AWS_SECRET_ACCESS_KEY = "of the person who tests";
      const { notes } = await command(`LISTEN=${listen} node server.js`);
      delete process.env.AWS_SECRET_ACCESS_KEY;
      const seen = await tasks();
      expect(seen).to.have.length(2);
      expect(new Set(seen.map((task) => task.host)).size).to.equal(2);
      for (const task of seen) {
        expect(task).to.include({ greeting: "hello", secret: "placeholder-for-DB_PASSWORD" });
        expect(task.host).to.match(/^127\.0\.5\.\d+$/);
        expect(task.aws).to.equal(undefined);
      }
      expect(notes.join()).to.contain("gets DB_PASSWORD=placeholder-for-DB_PASSWORD");
      await served?.close();
      expect(seen.filter((task) => alive(task.pid))).to.deep.equal([]);
    });

  it("gives a command the secrets that the program stores", async () => {
    const commands = new Map([["app", "node server.js"]]);
    const { notes } = await serving({ commands }, storing(program.resources, "known"));
    for (const { secret } of await tasks()) expect(secret).to.equal("known");
    expect(notes.join()).not.to.contain("DB_PASSWORD");
  });

  it("says that the value of an encrypted setting is not known", async () => {
    const commands = new Map([["app", "node server.js"]]);
    const encrypted = placeholderFor("shop:password");
    const { notes } = await serving({ commands }, storing(program.resources, encrypted));
    expect(notes.join()).to.contain(`gets DB_PASSWORD=${encrypted}`);
  });

  it("ends with everything that a command started, however many shells are between", async () => {
    await command("sh -c 'node server.js & wait'; true");
    const seen = await tasks();
    expect(seen).to.have.length(2);
    await served?.close();
    expect(seen.filter((task) => alive(task.pid))).to.deep.equal([]);
  });

  it("is asked to stop with SIGTERM, and may finish", async () => {
    await command("node server.js");
    const [, second] = await tasks();
    await served?.services[0]?.replaceTask();
    const stopping = events.filter((e) => e.kind === "log" && e.line === "stopping");
    expect(stopping).to.have.length(1);
    expect(second).not.to.equal(undefined);
    expect(await tasks()).to.have.length(2);
    expect(events.filter((e) => e.kind === "trouble")).to.deep.equal([]);
  });

  it("is killed where it does not stop in the time that the task definition gives it", async () => {
    await command("STOP=never node server.js");
    const before = await tasks();
    const started = Date.now();
    await served?.services[0]?.replaceTask();
    // stopTimeout is 5 s.
    expect(Date.now() - started).to.be.greaterThan(4500);
    // The system may take a moment to bury what was killed.
    await eventually("one task of two", () => before.filter((t) => alive(t.pid)).length === 1);
  });

  it("its output is the task's log, and an end that nobody asked for is trouble", async () => {
    await command("node server.js");
    const [first] = await tasks();
    process.kill(first?.pid ?? 0, "SIGKILL");
    await eventually("trouble", () => events.some((e) => e.kind === "trouble"));
    const trouble = events.find((e) => e.kind === "trouble");
    expect(trouble?.at).to.match(/^task app-\d, container app$/);
    expect(trouble?.message).to.match(/^'node server\.js' ended with exit code 137\./);
    expect(events.some((e) => e.kind === "log" && e.line === "listening")).to.equal(true);
  });

  it("a command that ends at its start is an error with what it printed", async () => {
    const error = await Promise.resolve(command("echo no database >&2; exit 3")).catch(
      (e: unknown) => e as Error,
    );
    expect((error as Error).message).to.match(/ended with exit code 3\.\n {4}no database$/);
  });

  it("a command that wants its port on every address is pointed to $HOST and $PORT", async () => {
    const fixed = "node -e 'require(`http`).createServer().listen(3000)'";
    const error = await Promise.resolve(command(fixed)).catch((e: unknown) => e as Error);
    expect((error as Error).message).to.contain("it should listen on $HOST:$PORT");
  });

  it("a port of 127.0.0.1 that something else has is no task's", async () => {
    const other = createServer((socket) => {
      socket.on("error", () => socket.destroy()).end("HTTP/1.1 200 OK\r\n\r\nsomebody else");
    });
    await new Promise<void>((resolve, reject) => {
      other.once("error", reject).listen(3000, "127.0.0.1", resolve);
    });
    try {
      await command("LISTEN=localhost node server.js");
      expect(await tasks()).to.have.length(2);
    } finally {
      other.close();
    }
  });

  it("a server that runs already, until it does not", async () => {
    const upstream = http.createServer((_request, response) => response.end("from upstream"));
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    const { port } = upstream.address() as AddressInfo;
    const { front } = await serving({
      upstreams: new Map([["app", { host: "127.0.0.1", port }]]),
    });
    expect((await get(front.url)).body).to.equal("from upstream");
    upstream.closeAllConnections();
    await new Promise((resolve) => upstream.close(resolve));
    expect((await get(front.url)).status).to.equal(502);
  });

  it("for a container that is not there: an error naming those that are", async () => {
    const given = {
      commands: new Map([["ap", "node server.js"]]),
      upstreams: new Map([["web", { host: "127.0.0.1", port: 1 }]]),
    };
    const error = await serving(given).catch((e: unknown) => e as Error);
    const { message } = error as Error;
    expect(message).to.contain("No task definition has a container 'ap'; there are app.");
    expect(message).to.contain("No task definition has a container 'web'; there are app.");
  });

  it("both for one container: an error", async () => {
    const given = {
      commands: new Map([["app", "node server.js"]]),
      upstreams: new Map([["app", { host: "127.0.0.1", port: 1 }]]),
    };
    const error = await serving(given).catch((e: unknown) => e as Error);
    expect((error as Error).message).to.contain("has a command and an upstream");
  });

  it("neither: a small server, and a note that says how to change that", async () => {
    const { front, notes } = await serving({});
    expect((await get(front.url)).status).to.equal(200);
    expect(notes.join()).to.contain("To use your own server, pass --run or --upstream");
  });
});
