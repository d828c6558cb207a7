import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { eventually } from "../eventually";
import { describeRuns, alive, descendants, run } from "./hopwise";
import { get, served, web, type ServedWeb, type Web } from "./web";

describeRuns("hopwise local --run", () => {
  let program: Web;
  let running: ServedWeb | undefined;
  const command = ["--run", "app=node server.js"];
  beforeEach(() => {
    program = web();
  });
  afterEach(async () => {
    await running?.stop("SIGKILL");
    running = undefined;
    program.remove();
  });
  const folder = (): string => path.join(program.folder, ".hopwise/dev/tasks");

  it("serves the command, says what is not as on AWS, and leaves nothing behind", async () => {
    running = await served(program.folder, ...command);
    const { pid } = JSON.parse((await get(running.url)).body) as { pid: number };
    const children = descendants(running.child.pid ?? 0);
    expect(children).to.include(pid);
    const { code, stdout, stderr } = await running.stop("SIGTERM");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(children.filter(alive)).to.deep.equal([]);
    expect(readdirSync(folder())).to.deep.equal([]);
    const said = stdout.replace(/\s+/g, " ");
    expect(said).to.contain("its command gets DB_PASSWORD=placeholder-for-DB_PASSWORD");
    expect(said).to.contain("1 resource of types that are not modelled");
    expect(said).to.contain("aws:sfn/activity:Activity (jobs)");
  });

  it("two runs at once do not meet, and what a killed one left goes with the next", async () => {
    running = await served(program.folder, ...command);
    const other = await served(program.folder, ...command);
    expect(readdirSync(folder())).to.have.length(2);
    const children = descendants(other.child.pid ?? 0);
    expect(children.length).to.be.at.least(2);
    await other.stop("SIGKILL");
    await eventually("all have ended", () => !children.some(alive));
    expect((await get(running.url)).status).to.equal(200);
    const third = await served(program.folder, ...command);
    const names = readdirSync(folder()).map((name) => Number(name.split("-")[0]));
    expect(names).to.have.members([running.child.pid, third.child.pid]);
    await third.stop();
    expect((await get(running.url)).status).to.equal(200);
  });

  it("--json: everything as an object a line, from the start", async () => {
    const args = ["local", "--program", program.folder, "--port", "0", "--check", "--json"];
    const { stdout, code } = await run([...args, ...command]);
    expect(code).to.equal(0);
    const lines = stdout.trim().split("\n");
    const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const of = (kind: string) => events.filter((event) => event.kind === kind);
    expect(of("serving")[0]).to.include({ stack: "dev", resources: 14 });
    // What a shell says of a command that it ends may follow.
    const said = of("log").map(({ line }) => line);
    expect(said.slice(0, 2)).to.deep.equal(["listening", "listening"]);
    expect(said.filter((line) => line === "listening")).to.have.length(2);
    expect(of("request")[0]).to.include({ hop: "load-balancer", status: 200 });
    expect(of("verdict")[0]).to.include({ title: "a viewer, HTTP/1.1", agrees: true });
    expect(of("checked")[0]).to.include({ requests: 1, bad: 0 });
    for (const { time } of events) expect(time).to.be.a("number");
  });
});
