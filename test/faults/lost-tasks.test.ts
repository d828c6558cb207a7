/** Tasks that are killed while viewers ask: what is under way fails as on AWS, the rest goes on, and ECS fills the gap. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { stack } from "../local/stacks/resources";
import { eventually } from "../eventually";
import { endServing, serving, type Serving } from "../local/serving";
import { variantStacks } from "../local/stacks/variants";
import { startViewersOf } from "../local/viewers";

const port = 18194;

/** Kills a task's whole nginx, as a machine that goes down does. */
function killTask(served: Serving, index: number): string {
  const task = served.services[0]?.tasks[index];
  if (!task) throw new Error(`there is no task ${index}`);
  for (const pid of task.pids) process.kill(pid, "SIGKILL");
  return task.name;
}

const names = (served: Serving): string[] => served.services[0]?.tasks.map((t) => t.name) ?? [];
const troubles = (served: Serving): string[] =>
  served.events.flatMap((e) => (e.kind === "trouble" ? [`${e.at}: ${e.message}`] : []));

describeWith("nginx", "a task that is killed", () => {
  afterEach(endServing);

  for (const [name, options] of Object.entries(variantStacks)) {
    it(`is replaced, and only what it was answering fails (${name})`, async () => {
      const served = await serving(stack({ ...options, port, count: 3 }).resources, "nginx");
      const viewers = startViewersOf(options, served);
      await viewers.more(50);
      const killed = killTask(served, 1);
      await eventually(
        "another task runs",
        () => names(served).length === 3 && !names(served).includes(killed),
      );
      await viewers.more(50);
      const failed = (): [string, number][] =>
        Object.entries(viewers.seen).filter(([status]) => status !== "200");
      const before = failed();
      await viewers.more(50);
      await viewers.stop();
      // Those that were under way, also with a part of the response, and those that came until the
      // gap was noticed.
      expect(["200", "502", "ERR_HTTP2_STREAM_ERROR"]).to.include.members(
        Object.keys(viewers.seen),
      );
      expect(failed(), "none fails after that").to.deep.equal(before);
      expect(troubles(served)).to.deep.equal([
        `task ${killed}: it ended unexpectedly; the service starts another task, as ECS does`,
      ]);
    });
  }

  it("is replaced when it was the only one, and when the new one is killed again", async () => {
    const served = await serving(stack({ ...variantStacks["h2-direct"], port }).resources, "nginx");
    for (const next of ["web-2", "web-3"]) {
      killTask(served, 0);
      await eventually(`${next} runs`, () => names(served).join() === next);
      const healthy = (): boolean =>
        served.events.filter((e) => e.kind === "health" && e.healthy).length >=
        Number(next.slice(4));
      await eventually(`${next} is healthy`, healthy);
    }
    expect(troubles(served)).to.have.lengthOf(2);
  });

  it("is not replaced when the stack is ended", async () => {
    const served = await serving(
      stack({ ...variantStacks["h2-direct"], port, count: 2 }).resources,
      "nginx",
    );
    const pids = served.services.flatMap((s) => s.tasks.flatMap((t) => t.pids));
    killTask(served, 0);
    await served.close();
    for (const pid of pids) expect(() => process.kill(pid, 0), `process ${pid}`).to.throw(/ESRCH/);
  });
});
