/** Who is not admitted waits, as on AWS, where that is asked for. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { evaluate } from "../../local/program";
import { serve, type RefusedEvent, type Served, type ServeEvent } from "../../local/serve";
import { eventually } from "../eventually";
import { get, web, type Got, type Web } from "../cli/web";

describe("security groups that drop", () => {
  let program: Web;
  let stateDir: string;
  let served: Served | undefined;
  let events: ServeEvent[];
  beforeEach(() => {
    program = web();
    // Nobody but a range that no caller here is of.
    program.edit("index.js", '["0.0.0.0/0"];', '["203.0.113.0/24"];');
    stateDir = mkdtempSync(path.join(tmpdir(), "hopwise-drop-"));
    events = [];
  });
  afterEach(async () => {
    await served?.close();
    served = undefined;
    program.remove();
    rmSync(stateDir, { recursive: true });
  });

  async function serving(securityGroups?: "reset" | "drop"): Promise<string> {
    const { resources, cwd } = await evaluate({ projectDir: program.folder });
    served = await serve(resources, {
      projectDir: cwd,
      stateDir,
      port: 0,
      nginx: "embedded",
      securityGroups,
      onEvent: (event) => events.push(event),
    });
    return served.front.url;
  }
  const refused = (): RefusedEvent[] =>
    events.filter((e): e is RefusedEvent => e.kind === "refused");

  it("reset at once unless asked otherwise, and say which rule is missing", async () => {
    const got = await get(await serving());
    expect(got.error).to.equal("ECONNRESET");
    expect(refused()[0]?.why).to.match(/no ingress rule for TCP 8080 from 198\.51\.100\.7/);
  });

  it("leave a caller waiting until it gives up, and say the same", async () => {
    const url = await serving("drop");
    const got = await get(url, 1000);
    expect(got.error).to.equal("TIMEOUT");
    expect(got.milliseconds).to.be.at.least(1000);
    await eventually("the refusal is reported", () => refused().length === 1);
    // Nobody's request got to a listener.
    expect(events.filter((e) => e.kind === "request")).to.deep.equal([]);
  });

  it("keep a task closed the same way", async () => {
    await serving("drop");
    const address = served?.services[0]?.tasks[0]?.address ?? "";
    expect((await get(`http://${address}:3000/`, 500)).error).to.equal("TIMEOUT");
  });

  async function throughCloudFront(how: "reset" | "drop", patience?: number): Promise<Got> {
    program.edit("index.js", "behindCloudFront = false", "behindCloudFront = true");
    await serving(how);
    return get(`http://127.0.0.1:${served?.front.plainPort ?? 0}/`, patience);
  }

  it("let CloudFront answer 504 after its attempts, with drop", async () => {
    const got = await throughCloudFront("drop");
    expect(got.status).to.equal(504);
    // Two attempts of a second each.
    expect(got.milliseconds).to.be.at.least(2000);
  });

  it("let CloudFront answer 504 without waiting, with reset", async () => {
    // Attempts that waited would take half a minute, which is longer than the viewer does.
    program.edit("index.js", "connectionTimeout: 1,", "connectionTimeout: 10,");
    program.edit("index.js", "connectionAttempts: 2,", "connectionAttempts: 3,");
    expect((await throughCloudFront("reset", 25_000)).status).to.equal(504);
  });
});
