import { expect } from "chai";
import { forBoth } from "./nginx-support";
import { eventually } from "../eventually";
import { call, endServing, serving, type Serving } from "./serving";
import { stack } from "./stacks/resources";

// prettier-ignore
const paths = [
  { edge: "public", listener: "HTTPS", version: "HTTP1" },
  { edge: "none", listener: "HTTPS", version: "HTTP2" },
] as const;

for (const options of paths) {
  forBoth(`replacing a task under load, ${options.version}`, (kind) => {
    let served: Serving;
    beforeEach(async () => {
      served = await serving(stack({ ...options, port: 18085, count: 2 }).resources, kind);
    });
    afterEach(endServing);

    it("fails no request, and the old task's process ends", async () => {
      const [service] = served.services;
      const before = service?.tasks.map((t) => t.address) ?? [];
      const oldest = service?.tasks[0];
      let stop = false;
      const statuses: (number | string | undefined)[] = [];
      const client = async (): Promise<void> => {
        while (!stop) {
          const { status, error } = await call(served, { url: served.front.url });
          statuses.push(status ?? error);
        }
      };
      const clients = Array.from({ length: 6 }, client);
      try {
        await eventually("requests are under way", () => statuses.length > 20);
        await service?.replaceTask();
        const during = statuses.length;
        await eventually("requests go on", () => statuses.length > during + 20);
      } finally {
        stop = true;
        await Promise.all(clients);
      }

      expect(statuses.filter((s) => s !== 200)).to.deep.equal([]);
      const after = service?.tasks.map((t) => t.address) ?? [];
      expect(after).to.have.lengthOf(2);
      expect(after).not.to.include(oldest?.address);
      expect(before).to.include(oldest?.address);
      for (const pid of oldest?.pids ?? []) expect(() => process.kill(pid, 0)).to.throw(/ESRCH/);
    });
  });
}
