import net from "node:net";
import { expect } from "chai";
import { forBoth } from "./nginx-support";
import { eventually } from "../eventually";
import { accessLog, call, endServing, serving, type Serving } from "./serving";
import { stack } from "./stacks/resources";

const bytes = 300_000;

forBoth("an app container behind nginx", (kind) => {
  for (const edge of ["none", "public"] as const) {
    describe(edge === "none" ? "called directly" : "through CloudFront", () => {
      let served: Serving;
      let other: net.Server;
      before(async () => {
        const version = edge === "none" ? "HTTP2" : "HTTP1";
        const options = {
          edge,
          version,
          listener: "HTTPS",
          port: 18086,
          app: true,
          count: 2,
        } as const;
        // Another stack's app has its port on the first address.
        other = net.createServer();
        await new Promise((resolve) => {
          other.once("listening", resolve).once("error", resolve).listen(3000, "127.0.4.1");
        });
        served = await serving(stack(options).resources, kind);
      });
      after(async () => {
        await endServing();
        if (other.listening) await new Promise((resolve) => other.close(resolve));
      });

      it("is a placeholder, and a note says so", () => {
        expect(served.notes.join("\n")).to.match(/image of the container app is not run here/);
      });

      it("gets the method, the query and all of a body", async () => {
        const url = `${served.front.url}/upload?a=1`;
        const reply = await call(served, { url, method: "POST", body: "x".repeat(bytes) });
        expect(reply.status).to.equal(200);
        expect(JSON.parse(reply.body)).to.include({
          standsFor: "app",
          method: "POST",
          url: "/upload?a=1",
          bodyBytes: bytes,
        });
      });

      it("the access log counts the body and names the target", async () => {
        const find = (): string | undefined => accessLog(served).find((l) => l.includes('"POST '));
        await eventually("the request is logged", () => find() !== undefined);
        const fields = find()?.split(" ") ?? [];
        expect(Number(fields[10])).to.be.above(bytes);
        expect(fields[4]).to.match(/^127\.0\.3\.\d+:18086$/);
      });
    });
  }
});
