/** Who is not admitted waits, as on AWS, where that is asked for. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { evaluate } from "../../local/program";
import { serve, type RefusedEvent, type Served, type ServeEvent } from "../../local/serve";
import { get, web, type Web } from "../cli/web";

describe("security groups that drop", function () {
  this.timeout(30_000);
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
      ...{ projectDir: cwd, stateDir, port: 0, nginx: "embedded", securityGroups },
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
    expect(refused()).to.have.length(1);
    // Nobody's request got to a listener.
    expect(events.filter((e) => e.kind === "request")).to.deep.equal([]);
  });

  it("keep a task closed the same way", async () => {
    await serving("drop");
    const address = served?.services[0]?.tasks[0]?.address ?? "";
    expect((await get(`http://${address}:3000/`, 500)).error).to.equal("TIMEOUT");
  });

  for (const [how, least, most] of [
    ["drop", 2000, 8000],
    ["reset", 0, 1500],
  ] as const)
    it(`let CloudFront answer 504, with ${how} ${how === "drop" ? "after its attempts" : "at once"}`, async () => {
      program.edit("index.js", "behindCloudFront = false", "behindCloudFront = true");
      await serving(how);
      const plain = served?.front.plainPort ?? 0;
      const got = await get(`http://127.0.0.1:${plain}/`, 20_000);
      expect(got.status).to.equal(504);
      // Two attempts of a second each.
      expect(got.milliseconds).to.be.at.least(least);
      expect(got.milliseconds).to.be.below(most);
    });
});
