/** CloudFront and the load balancer ended and served again while viewers ask. */
import { expect } from "chai";
import { connect } from "node:net";
import { describeWith } from "../parts";
import { stack } from "../local/stacks/resources";
import { eventually } from "../eventually";
import { endServing, serving } from "../local/serving";
import { variantStacks } from "../local/stacks/variants";
import { startViewersOf } from "../local/viewers";

const port = 18196;

/**
 * What viewers may see in addition to 200 when the front closes and opens again: no answer, and 503
 * as long as the load balancer is there and no task is registered yet, as on AWS.
 */
const noAnswer =
  /^(503|ECONNREFUSED|ECONNRESET|EPIPE|aborted|socket hang up|no status|ERR_HTTP2_STREAM_ERROR|ERR_HTTP2_SESSION_ERROR|ERR_HTTP2_STREAM_CANCEL|ERR_HTTP2_GOAWAY_SESSION|ERR_HTTP2_INVALID_SESSION)$/;

const refused = (local: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(local, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.on("error", () => {
      resolve(true);
    });
  });

describeWith("nginx", "the whole path ended and served again under load", () => {
  afterEach(endServing);

  for (const [name, options] of Object.entries(variantStacks)) {
    it(`answers no request wrongly, leaves nothing, and serves on (${name})`, async () => {
      const { resources } = stack({ ...options, port, count: 2 });
      const first = await serving(resources, "nginx");
      const pids = first.services.flatMap((s) => s.tasks.flatMap((t) => t.pids));
      const viewers = startViewersOf(options, first);
      await viewers.more(30);
      await first.close();
      for (const pid of pids)
        expect(() => process.kill(pid, 0), `process ${pid}`).to.throw(/ESRCH/);
      expect(await refused(first.front.port), "the port is closed").to.equal(true);

      // The same CA, so that the same viewers trust it.
      const { stateDir } = first;
      const again = await serving(resources, "nginx", { port: first.front.port, stateDir });
      expect(again.front.port).to.equal(first.front.port);
      const before = viewers.seen["200"] ?? 0;
      await eventually(
        "viewers are answered again",
        () => (viewers.seen["200"] ?? 0) > before + 50,
      );
      await viewers.stop();
      const others = Object.keys(viewers.seen).filter((status) => status !== "200");
      expect(others, "that viewers noticed").not.to.deep.equal([]);
      expect(others.filter((status) => !noAnswer.test(status))).to.deep.equal([]);
    });
  }
});
