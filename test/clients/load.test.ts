/** h2load, nghttp2's own load generator: thousands of requests over both protocols, every one answered. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { stack } from "../local/stacks/resources";
import { endServing, host, reflectPath, serving } from "../local/serving";
import { findH2load, found } from "../tools";
import { run } from "./run";

const port = 18192;
const requests = 2000;

const runs = [
  { edge: "public", version: "HTTP1", protocol: "h2" },
  { edge: "public", version: "HTTP1", protocol: "http/1.1" },
  { edge: "vpc", version: "HTTP1", protocol: "h2" },
  { edge: "none", version: "HTTP2", protocol: "h2" },
] as const;

describeWith(["h2load", "nginx"], "h2load", () => {
  afterEach(endServing);

  for (const { edge, version, protocol } of runs) {
    it(`${requests} requests over ${protocol}, edge ${edge}, ${version} target group: all answered`, async () => {
      const options = { edge, version, listener: "HTTPS", port, count: 2 } as const;
      const { front } = await serving(stack(options).resources, "nginx");
      const printed = await run(found(findH2load()), [
        ...["-n", String(requests), "-c", "8", "-m", protocol === "h2" ? "4" : "1"],
        ...["--npn-list", protocol, "--connect-to", `127.0.0.1:${front.port}`],
        `https://${host}:${front.port}${reflectPath}`,
      ]);
      expect(printed).to.match(new RegExp(`Application protocol: ${protocol}`));
      expect(printed).to.include(`status codes: ${requests} 2xx, 0 3xx, 0 4xx, 0 5xx`);
      expect(printed).to.include(
        `${requests} total, ${requests} started, ${requests} done, ${requests} succeeded, 0 failed, 0 errored, 0 timeout`,
      );
    });
  }
});
