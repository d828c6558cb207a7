/** The kit's served stack: what requests get, against what its answers say. */
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { expect } from "chai";
import { evaluateProgram, type FetchOptions, type ServedStack, type Stack } from "../../testing";
import { itWith } from "../parts";

const article = path.join(__dirname, "../../examples/article-464");
const site = "https://www.example.com/";

/** URLs and requests, whose statuses are compared with the answers. */
const requests: readonly (readonly [url: string, options?: FetchOptions])[] = [
  ["/"],
  ["/", { protocol: "HTTP/1.1" }],
  [`${site}a/b?c=d`, { method: "POST", body: "x=1" }],
  ["http://www.example.com/"],
  [site, { connectTo: "test-alb" }],
  [site, { connectTo: "test-alb", protocol: "HTTP/1.1" }],
  [site, { connectTo: "test-alb", from: "cloudfront" }],
  ["https://origin-www.example.com/"],
];

describe("a stack that a test serves", () => {
  let stack: Stack;
  let served: ServedStack;
  before(async () => {
    stack = await evaluateProgram({ projectDir: article });
    served = await stack.serve({ embeddedOrigin: true });
  });
  after(() => served.close());

  for (const [url, options = {}] of requests)
    it(`answers ${url} ${JSON.stringify(options)} as its answers say`, async () => {
      const { status } = stack.answer(url, options);
      expect(status).to.be.a("number");
      expect((await served.fetch(url, options)).status).to.equal(status);
    });

  it("says where a URL is served, for another client", () => {
    const { address, port, name, ca } = served.locate(site, { connectTo: "test-alb" });
    expect(address).to.match(/^127\.0\.2\./);
    expect(name).to.equal("www.example.com");
    expect(port).to.be.greaterThan(0);
    expect(fs.readFileSync(served.caFile, "utf8")).to.equal(ca);
  });

  it("names a port that is not served, and a name that is not the stack's", async () => {
    const refused = (url: string): Promise<string> =>
      served.fetch(url).then(
        () => "it is answered",
        (error: unknown) => (error as Error).message,
      );
    expect(await refused("https://origin-www.example.com:8443/")).to.include(
      "load balancer test-alb does not listen on port 8443 here",
    );
    expect(await refused("https://example.org/")).to.include("has the name example.org");
  });

  it("leaves nothing behind when it is closed", async () => {
    const other = await stack.serve({ embeddedOrigin: true });
    const { caFile } = other;
    expect(fs.existsSync(caFile)).to.equal(true);
    await other.close();
    expect(fs.existsSync(path.dirname(caFile))).to.equal(false);
    await other.close();
    expect(await other.fetch("/").catch((error: unknown) => String(error))).to.match(/no answer/);
  });

  it("takes a server that runs already in place of a container", async () => {
    const server = http.createServer((request, response) => {
      response.end(`${request.method} ${request.url}`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const other = await stack.serve({ upstream: { nginx: `127.0.0.1:${port}` } });
    try {
      // HTTP/2 is what the target group takes, and the server does not speak it.
      expect((await other.fetch(site, { connectTo: "test-alb" })).status).to.equal(502);
    } finally {
      await other.close();
      server.close();
    }
  });

  it("refuses containers that nothing replaces", async () => {
    const before = process.env.HOPWISE_NGINX;
    process.env.HOPWISE_NGINX = "none";
    try {
      const message = await stack.serve().then(
        () => "it is served",
        (error: unknown) => (error as Error).message,
      );
      expect(message).to.match(
        /no nginx .* container nginx\. .*run: \{ "nginx":.*embeddedOrigin: true/,
      );
    } finally {
      if (before === undefined) delete process.env.HOPWISE_NGINX;
      else process.env.HOPWISE_NGINX = before;
    }
  });

  itWith(["nginx"], "runs the program's nginx", async () => {
    const other = await stack.serve();
    try {
      const response = await other.fetch(site, { connectTo: "test-alb" });
      expect(await response.text()).to.equal("Hello over HTTP/2.0\n");
    } finally {
      await other.close();
    }
  });
});
