import { expect } from "chai";
import { Gate } from "../../local/serve/tasks/gate";
import { forBoth } from "./nginx-support";
import { eventually } from "../eventually";
import { accessLog, call, endServing, serving, type Serving } from "./serving";
import { stack } from "./stacks/resources";

const bytes = 300_000;

forBoth("an app container behind nginx", (kind) => {
  for (const edge of ["none", "public"] as const) {
    describe(edge === "none" ? "called directly" : "through CloudFront", () => {
      let served: Serving;
      let other: Gate;
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
        // Another stack's task has the first address, also while its app does not listen yet.
        other = await Gate.open([], [3000], () => true);
        served = await serving(stack(options).resources, kind);
      });
      after(async () => {
        await endServing();
        await other.close();
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
