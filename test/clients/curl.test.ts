/** curl in each of its protocols, through every variant with real nginx: what the path's rules say. */
import { expect } from "chai";
import { describeWith } from "../parts";
import { answer } from "../../path/answer";
import type { PathRequest } from "../../path/types";
import { readTopology } from "../../topology";
import { pathOf } from "../../topology/pathOf";
import { cloudfrontList, stack } from "../local/stacks/resources";
import { variantStacks } from "../local/stacks/variants";
import { curl, endServing, host, reflectPath, serving } from "../local/serving";

const port = 18191;
const common = { kind: "http", method: "GET", entry: "front", tls: true } as const;

/** curl's option, and what a client says with it. */
const clients: readonly [option: string, version: string, request: PathRequest][] = [
  ["--http1.1", "1.1", { ...common, protocol: "HTTP/1.1" }],
  ["--http2", "2", { ...common, protocol: "HTTP/2" }],
  ["--http2-prior-knowledge", "2", { ...common, protocol: "HTTP/2" }],
];

describeWith(["curl", "nginx"], "curl", () => {
  for (const [name, options] of Object.entries(variantStacks)) {
    it(`through ${name}: --http1.1, --http2, --http2-prior-knowledge, and --http2 without TLS`, async () => {
      const { resources } = stack({ ...options, port });
      const path = pathOf(readTopology(resources), new Map([[cloudfrontList, 4]]));
      if (!path) throw new Error("the stack has no path");
      const served = await serving(resources, "nginx");
      try {
        const to = (scheme: string, local: number): string[] => [
          ...["--connect-to", `${host}:${local}:127.0.0.1:${local}`],
          `${scheme}://${host}:${local}${reflectPath}`,
        ];
        for (const [option, version, request] of clients) {
          const { seen } = await curl(served, option, ...to("https", served.front.port));
          const said = answer(path.spec, request).status;
          expect(seen, option).to.equal(`${version} ${said ?? "none"}`);
        }
        // Without TLS curl asks for h2c in an Upgrade header, which nobody here takes up.
        if (options.edge === "none") return;
        const { seen } = await curl(served, "--http2", ...to("http", served.front.plainPort ?? 0));
        expect(seen).to.equal("1.1 301");
      } finally {
        await endServing();
      }
    });
  }
});
