/** HTTP/2 from CloudFront to the load balancer: the article's program with `originHttpVersion`. */
import { expect } from "chai";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { evaluate } from "../../local/program";
import type { LocalResource, Props } from "../../local/model/types";
import { eventually } from "../eventually";
import { accessLog, call, endServing, requestsAt, serving, type Serving } from "./serving";
import { Stack, stack, type StackOptions } from "./stacks/resources";

const example = path.join(__dirname, "../../examples/article-464");

const asked = `originSslProtocols: ["TLSv1.2"],
        ...({ originHttpVersion: "http2" } as object),`;

/** The program with HTTP/2 asked for, and changed in one more place. */
function edited(from = "", to = ""): string {
  const text = readFileSync(path.join(example, "index.ts"), "utf8")
    .replace('originSslProtocols: ["TLSv1.2"],', asked)
    .replace(from, to);
  if (!text.includes(to)) throw new Error(`the program does not have ${from}`);
  return text;
}

describe("the article's program with originHttpVersion: http2", () => {
  let folder: string;
  let served: Serving;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-origin-http2-"));
    cpSync(example, folder, { recursive: true, filter: (file) => !file.includes("node_modules") });
    symlinkSync(path.join(__dirname, "../../node_modules"), path.join(folder, "node_modules"));
  });
  after(async () => {
    await endServing();
    rmSync(folder, { recursive: true });
  });

  const resourcesOf = async (program: string): Promise<readonly LocalResource[]> => {
    writeFileSync(path.join(folder, "index.ts"), program);
    return (await evaluate({ projectDir: folder, stack: "dev" })).resources;
  };

  // prettier-ignore
  const steps: [string, string, number, "HTTP/1.1" | "HTTP/2"][] = [
    ["is answered by the HTTP2 target group", edited(), 200, "HTTP/2"],
    ["gets 464 when an update drops the field", edited(asked, 'originSslProtocols: ["TLSv1.2"],'), 464, "HTTP/1.1"],
    ["is answered again when the field is back", edited(), 200, "HTTP/2"],
    ["gets 464 with enableHttp2: false", edited("enableHttp2: true", "enableHttp2: false"), 464, "HTTP/1.1"],
    ["gets 464 with originSslProtocols without TLSv1.2", edited('["TLSv1.2"]', '["TLSv1.1"]'), 464, "HTTP/1.1"],
    ["is answered again when both are as they were", edited(), 200, "HTTP/2"],
  ];
  for (const [title, program, status, protocol] of steps) {
    it(title, async () => {
      const resources = await resourcesOf(program);
      if ((served as Serving | undefined) === undefined) {
        served = await serving(resources, "embedded", { projectDir: folder });
      } else {
        await served.update(resources);
      }
      const before = requestsAt(served, "load-balancer").length;
      for (const viewer of ["HTTP/2", "HTTP/1.1"] as const) {
        const { url, host: name } = served.front;
        const reply = await call(served, { url, name, protocol: viewer });
        expect(reply.status, viewer).to.equal(status);
      }
      await eventually("both hops report", () => {
        const hops = ["load-balancer", "cloudfront"] as const;
        return hops.every((hop) => requestsAt(served, hop).length === before + 2);
      });
      const seen = requestsAt(served, "load-balancer").slice(before);
      expect(seen.map((event) => event.protocol)).to.deep.equal([protocol, protocol]);
      const sent = requestsAt(served, "cloudfront").slice(before);
      expect(sent.map((event) => event.sentTo?.protocol)).to.deep.equal([protocol, protocol]);
    });
  }
});

describe("HTTP/2 to the load balancer", () => {
  afterEach(endServing);

  function asking(o: Omit<StackOptions, "port" | "listener">, behaviour: Props = {}) {
    const base = stack({ ...o, listener: "HTTPS", port: 18094 });
    const type = "aws:cloudfront/distribution:Distribution";
    const { origins, defaultCacheBehavior } = base.find(type).inputs as {
      origins: [Props];
      defaultCacheBehavior: Props;
    };
    const config = o.edge === "vpc" ? "vpcOriginConfig" : "customOriginConfig";
    const result = new Stack();
    result.resources.push(...base.resources);
    return result.with(type, "cdn", {
      origins: [
        {
          ...origins[0],
          [config]: { ...(origins[0][config] as Props), originHttpVersion: "http2" },
        },
      ],
      defaultCacheBehavior: { ...defaultCacheBehavior, ...behaviour },
    });
  }

  for (const edge of ["public", "vpc"] as const) {
    for (const version of ["HTTP1", "HTTP2"] as const) {
      it(`carries every request over a ${edge} origin to a group of version ${version}`, async () => {
        const served = await serving(asking({ edge, version }));
        const replies = await Promise.all(
          Array.from({ length: 64 }, (_, i) =>
            call(served, {
              url: `${served.front.url}/?${i}`,
              protocol: i % 2 ? "HTTP/2" : "HTTP/1.1",
            }),
          ),
        );
        expect(new Set(replies.map(({ status }) => status))).to.deep.equal(new Set([200]));
        await served.close();
        const log = accessLog(served).filter((line) => line.includes("https://"));
        const h2 = log.filter((line) => line.startsWith("h2 "));
        expect(h2).to.have.lengthOf(64);
        // The client's port is the connection's.
        const ports = new Set(h2.map((line) => line.split(" ")[3]));
        expect(ports.size).to.equal(1);
      });
    }
  }
});
