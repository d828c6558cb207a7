/** The committed stacks, from their files to an answer: evaluated, served, called. */
import { expect } from "chai";
import { itWith } from "../parts";
import { resourcesWith } from "./evaluated";
import { forBoth } from "./nginx-support";
import {
  call,
  cloudfrontAddress,
  curl,
  endServing,
  loadBalancerUrl,
  seen,
  serving,
  type Serving,
} from "./serving";

/** What each stack shows to a viewer's HTTP/2 and HTTP/1.1, and what nginx sees. */
const stacks = [
  { stack: "dev", http2: 200, http1: 200, nginx: "HTTP/1.1", host: /\.cloudfront\.net$/, port: 80 },
  { stack: "prod", http2: 200, http1: 200, nginx: "HTTP/1.1", host: /\./, port: 443 },
  { stack: "h2", http2: 200, http1: 464, nginx: "HTTP/2.0", host: /\./ },
] as const;

forBoth("the committed stacks", (kind) => {
  for (const expected of stacks) {
    describe(expected.stack, () => {
      let served: Serving;
      before(async () => {
        const resources = await resourcesWith(expected.stack);
        served = await serving(resources, kind);
      });
      after(endServing);

      itWith("curl", "answers a viewer over HTTP/2 and HTTP/1.1", async () => {
        const { url, host: name } = served.front;
        expect(name).to.match(expected.host);
        expect(await curl(served, "--http2", url)).to.deep.equal({
          code: 0,
          seen: `2 ${expected.http2}`,
        });
        expect(await curl(served, "--http1.1", url)).to.deep.equal({
          code: 0,
          seen: `1.1 ${expected.http1}`,
        });
      });

      it(`reaches nginx in ${expected.nginx}, with the viewer's address`, async () => {
        const found = await seen(served, { name: served.front.host });
        expect(found).to.include({
          protocol: expected.nginx,
          client: "198.51.100.7",
          scheme: "https",
        });
      });

      if ("port" in expected) {
        it("closes the load balancer to everyone but its own distribution", async () => {
          const url = loadBalancerUrl(served, expected.port);
          const name = served.loadBalancers[0]?.host ?? "";
          expect((await call(served, { url, name })).status).to.equal(undefined);
          expect((await call(served, { url, name, from: cloudfrontAddress })).status).to.equal(403);
        });
      }
    });
  }
});
