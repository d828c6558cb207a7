import { expect } from "chai";
import { eventually } from "../eventually";
import { listening } from "../listening";
import { itWith } from "../parts";
import { paste, pasteAll, tries } from "./curlLines";
import { describeRuns, alive, descendants, start } from "./hopwise";
import { servedArticle } from "./project";

/** Where the front door and the load balancer listen, each once, from the curl commands. */
function placesOn(screen: string): [address: string, port: number][] {
  const found = [...screen.matchAll(/--connect-to ::([\d.]+):(\d+)/g)];
  const places = new Map(found.map(([whole, address = "", port]) => [whole, [address, port]]));
  return [...places.values()].map(([address = "", port]) => [address, Number(port)]);
}

describeRuns("npm start, serving", () => {
  // Ends as every served program does, and starts sooner than the committed one.
  const program = servedArticle("--port", "0");

  itWith("curl", "its curl lines work as they are pasted, and passing requests show", async () => {
    const running = start(["--stack", "dev", "--port", "0"], "start.js");
    const screen = await running.said("Ctrl-C stops it.");
    await pasteAll(screen);
    running.child.kill("SIGINT");
    const { stdout } = await running.ended;
    const after = stdout.slice(screen.length);
    // One block per request: status, time and request, and below the way it went.
    expect(after).to.match(
      / 200 +\d+ ms {2}GET \/\n +(viewer|198[\d.]+) HTTP\/[\d.]+ → CloudFront/,
    );
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    itWith(
      "linux",
      `ends at ${signal} as a success, and leaves no process and no port`,
      async () => {
        const running = start(program());
        const screen = await running.said("Ctrl-C stops it.");
        const places = placesOn(screen);
        const sockets = listening(places);
        const children = descendants(running.child.pid ?? 0);
        expect(places.length).to.be.at.least(2);
        expect(sockets).to.have.lengthOf(places.length);
        running.child.kill(signal);
        const { code, stderr } = await running.ended;
        expect(stderr).to.equal("");
        expect(code).to.equal(0);
        // Another process may listen on the same port by now.
        expect(listening(places).filter((one) => sockets.includes(one))).to.deep.equal([]);
        expect(children.filter(alive)).to.deep.equal([]);
      },
    );

  itWith("linux", "leaves nothing even when it is killed", async () => {
    const running = start(program());
    await running.said("Ctrl-C stops it.");
    const children = descendants(running.child.pid ?? 0);
    running.child.kill("SIGKILL");
    await running.ended;
    await eventually("all have ended", () => !children.some(alive));
  });

  itWith(
    ["linux", "curl"],
    "ends when nobody reads any longer what it says, and leaves nothing",
    async () => {
      const running = start(program());
      const screen = await running.said("Ctrl-C stops it.");
      const children = descendants(running.child.pid ?? 0);
      running.child.stdout.destroy();
      running.child.stderr.destroy();
      // A request makes it say something.
      await paste(tries(screen)[0]?.command ?? "");
      const { code } = await running.ended;
      expect(code).to.equal(0);
      expect(children.filter(alive)).to.deep.equal([]);
    },
  );

  it("ends at once while it is still starting", async () => {
    const running = start(program());
    setTimeout(() => running.child.kill("SIGINT"), 150);
    const { code, signal } = await running.ended;
    expect(code === 130 || signal === "SIGINT").to.equal(true);
  });
});
