/** The address of a task: no two tasks of this machine share one, whichever stack they are of. */
import net from "node:net";
import { expect } from "chai";
import { Gate } from "../../../local/serve/tasks/gate";
import { closeServer, listenOn } from "../../../local/serve/tasks/listening";

/** Ports that no other test uses. */
const [app, other] = [28_311, 28_312];
const open = (...within: number[]): Promise<Gate> => Gate.open([], within, () => true);

describe("a task's address", () => {
  it("is another task's only once that is gone, even before its containers listen", async () => {
    const first = await open(app);
    const second = await open(other);
    try {
      expect(second.inner).not.to.equal(first.inner);
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  });

  it("is not shared with one whose container the load balancer calls on the same port", async () => {
    const first = await Gate.open([app], [], () => true);
    const second = await Gate.open([other], [app], () => true);
    try {
      expect(second.inner).not.to.equal(first.inner);
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  });

  it("has all ports of its containers free", async () => {
    const before = await open(app);
    const server = net.createServer();
    await listenOn(server, app, before.inner);
    await before.close();
    const gate = await open(app);
    try {
      expect(gate.inner).not.to.equal(before.inner);
    } finally {
      await Promise.all([gate.close(), closeServer(server)]);
    }
  });
});
