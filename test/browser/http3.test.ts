/** HTTP/3 from a real browser through a real QUIC server to the edge. */
import { expect } from "chai";
import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { findCaddy } from "../../local/serve/http3/find";
import type { Http3Choice } from "../../local/serve/types";
import { describeWith } from "../parts";
import { found } from "../tools";
import { eventually } from "../eventually";
import { call, host, requestsAt, type Serving } from "../local/serving";
import { stack } from "../local/stacks/resources";
import { endVisiting, visiting, type Visiting } from "./visitor";

/** Folders to remove at the end. */
const folders: string[] = [];
const spoken = "performance.getEntriesByType('navigation')[0].nextHopProtocol";

const theCaddy = async (): Promise<Http3Choice> => found(await findCaddy());

async function open({ browser, url }: Visiting, headers = {}): Promise<Page> {
  const page = await (await browser.newContext({ extraHTTPHeaders: headers })).newPage();
  await page.goto(url);
  return page;
}

const seenBy = async (page: Page): Promise<Record<string, unknown>> =>
  JSON.parse(await page.locator("#seen").innerText()) as Record<string, unknown>;

/** A Caddy that stores its configuration, which is otherwise hidden: the edge's port for it, and the secret. */
async function talkative(): Promise<{
  http3: Http3Choice;
  given: () => { edgePort: number; secret: string };
}> {
  const { path: caddy, version } = await theCaddy();
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-caddy-"));
  const program = path.join(folder, "caddy");
  writeFileSync(program, `#!/bin/sh\ncp "$3" "${folder}/given.json"\nexec "${caddy}" "$@"\n`, {
    mode: 0o755,
  });
  folders.push(folder);
  const given = (): { edgePort: number; secret: string } => {
    const text = readFileSync(path.join(folder, "given.json"), "utf8");
    const edgePort = Number(/"dial":"127\.0\.0\.1:(\d+)"/.exec(text)?.[1]);
    return { edgePort, secret: /"X-Hopwise-Http3-Viewer":\["(\S+) /.exec(text)?.[1] ?? "" };
  };
  return { http3: { path: program, version }, given };
}

/** Processes of the Caddy that serves this. */
async function caddies(served: Serving): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid=,args="]);
  return stdout
    .split("\n")
    .filter(
      (line) => line.includes(`caddy-${served.front.port}.json`) && line.includes(" run --config "),
    )
    .filter((line) => !line.includes("supervise.sh"))
    .map((line) => Number(line.trim().split(" ")[0]));
}

describeWith(["chromium", "nginx", "caddy"], "HTTP/3 to viewers", () => {
  const options = { version: "HTTP1", edge: "public", httpVersion: "http2and3" } as const;
  let here: Visiting;
  let givenToCaddy: () => { edgePort: number; secret: string };
  before(async () => {
    const { http3, given } = await talkative();
    givenToCaddy = given;
    here = await visiting({ ...options, port: 18511 }, { http3, overHttp3: true });
  });
  after(endVisiting);
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it("is what the browser speaks to the edge, and the page says so", async () => {
    const page = await open(here);
    expect(await page.evaluate(spoken)).to.equal("h3");
    expect(await page.locator(".path strong").allInnerTexts()).to.deep.equal([
      ...["HTTP/3", "HTTP/1.1", "HTTP/1.1"],
    ]);
    expect(await page.locator("#browser-says").innerText()).to.match(/^HTTP\/3\s+as “h3”$/);
  });

  it("reaches nginx as a request of CloudFront's, with the viewer's address", async () => {
    const seen = await seenBy(await open(here));
    expect(seen.via).to.match(/^3\.0 \S+\.cloudfront\.net \(CloudFront\)$/);
    expect(seen.forwardedFor).to.equal("198.51.100.7, 130.176.0.1");
    expect(seen).to.include({ client: "198.51.100.7", scheme: "https", host });
    expect((seen.hops as unknown[])[0]).to.include({ protocol: "HTTP/3", from: "viewer" });
    const request = requestsAt(here.served, "cloudfront").at(-1);
    expect(request).to.include({ protocol: "HTTP/3", client: "198.51.100.7", status: 200 });
  });

  it("carries what the viewer sent, and nothing that the server in between writes", async () => {
    const sent = {
      via: "1.1 proxy.example",
      "x-forwarded-for": "192.0.2.1",
      "x-forwarded-host": "other.example",
    };
    const seen = await seenBy(await open(here, sent));
    expect(seen.via).to.match(/^1\.1 proxy\.example, 3\.0 \S+ \(CloudFront\)$/);
    expect(seen.forwardedFor).to.equal("192.0.2.1, 198.51.100.7, 130.176.0.1");
    expect(JSON.stringify(seen)).to.not.match(/caddy|hopwise-http3/i);
  });

  it("answers as the edge does over TCP", async () => {
    const page = await open(here);
    const headers = await page.evaluate<Record<string, string>>(
      "fetch('/', { method: 'HEAD' }).then((r) => Object.fromEntries(r.headers))",
    );
    const tcp = await call(here.served, { url: here.served.front.url, method: "HEAD" });
    const alt = `h3=":${here.served.front.port}"; ma=86400`;
    expect(tcp.headers["alt-svc"]).to.equal(alt);
    expect(headers.via).to.match(/^1\.1 \S+\.cloudfront\.net \(CloudFront\)$/);
    for (const name of ["server", "x-cache", "alt-svc", "content-security-policy"]) {
      expect(headers[name], name).to.equal(tcp.headers[name]);
    }
  });

  it("passes bodies on both ways", async () => {
    const page = await open(here);
    const status = await page.evaluate<number>(
      "fetch('/.well-known/hopwise', { method: 'POST', body: 'x'.repeat(300000) }).then((r) => r.status)",
    );
    expect(status).to.equal(200);
  });

  it("believes nobody but its own server, whatever they claim", async () => {
    const { edgePort, secret } = givenToCaddy();
    const ask = (value?: string): Promise<number | string> =>
      new Promise((resolve) => {
        const headers = { host, ...(value !== undefined && { "x-hopwise-http3-viewer": value }) };
        http
          .get({ host: "127.0.0.1", port: edgePort, headers, agent: false }, (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
          })
          .on("error", () => {
            resolve("refused");
          });
      });
    const claim = "192.0.2.9 1234 TLS_AES_128_GCM_SHA256 false www.example.com";
    expect(await ask()).to.equal("refused");
    expect(await ask(`wrong ${claim}`)).to.equal("refused");
    expect(await ask(`${secret.slice(0, -1)} ${claim}`)).to.equal("refused");
    expect(await ask(`${secret} ${claim}`)).to.equal(200);
    // The header means nothing on the ports that viewers call.
    const url = here.served.front.url;
    await call(here.served, { url, headers: { "x-hopwise-http3-viewer": `${secret} ${claim}` } });
    const last = requestsAt(here.served, "cloudfront").at(-1);
    expect(last).to.include({ protocol: "HTTP/2", client: "198.51.100.7" });
  });

  it("goes on through an update, and ends when no distribution has it any longer", async () => {
    const page = await open(here);
    const { served } = here;
    const before = await caddies(served);
    const changed = stack({ ...options, listener: "HTTPS", port: 18511 });
    await served.update(changed.resources);
    expect(await page.evaluate("fetch('/').then((r) => r.status)")).to.equal(200);
    expect(await caddies(served))
      .to.deep.equal(before)
      .and.to.have.length(1);

    const type = "aws:cloudfront/distribution:Distribution";
    const { name } = changed.find(type);
    await served.update(changed.with(type, name, { httpVersion: "http2" }));
    expect(await caddies(served)).to.deep.equal([]);
    const { headers, status } = await call(served, { url: served.front.url });
    expect(status).to.equal(200);
    expect(headers).to.not.have.property("alt-svc");

    await served.update(changed.resources);
    expect(await caddies(served)).to.have.length(1);
    expect(await (await open(here)).evaluate(spoken)).to.equal("h3");
  });

  it("stops being offered, and says so, when its server dies", async () => {
    const { served } = here;
    for (const pid of await caddies(served)) process.kill(pid, "SIGKILL");
    const note = (): boolean =>
      served.events.some(
        (e) => e.kind === "note" && e.message.startsWith("HTTP/3 is not served any"),
      );
    await eventually("a note", note);
    const { headers, status } = await call(served, { url: served.front.url });
    expect(status).to.equal(200);
    expect(headers).to.not.have.property("alt-svc");
  });

  it("is served by two runs at once, and leaves nothing behind", async () => {
    const http3 = await theCaddy();
    const runs = [
      await visiting({ ...options, port: 18512 }, { http3, overHttp3: true }),
      await visiting({ ...options, port: 18513 }, { http3, overHttp3: true }),
    ];
    for (const run of runs) expect(await (await open(run)).evaluate(spoken)).to.equal("h3");
    for (const { served } of runs) {
      // Keys and the secret are on the disk for no longer than Caddy reads them.
      const files = readdirSync(path.join(served.stateDir, "http3"));
      expect(files.filter((file) => file.startsWith("caddy-"))).to.deep.equal([]);
      await served.close();
      expect(await caddies(served)).to.deep.equal([]);
    }
  });

  for (const [what, given, note] of [
    ["without Caddy", undefined, /^HTTP\/3 is not served here: no Caddy\. /],
    [
      "with a Caddy that does not start",
      { path: "/bin/false", version: "2.11.7" },
      /^HTTP\/3 is not served here: /,
    ],
  ] as const) {
    it(`is not offered ${what}; everything else is served, and a note says so`, async () => {
      const { served } = await visiting({ ...options, port: 18514 }, { http3: given });
      await eventually("a note", () => served.notes.some((n) => n.includes("HTTP/3")));
      expect(served.notes.filter((n) => n.includes("HTTP/3"))).to.have.length(1);
      expect(served.notes.find((n) => note.test(n))).to.be.a("string");
      const { headers, status } = await call(served, { url: served.front.url });
      expect(status).to.equal(200);
      expect(headers).to.not.have.property("alt-svc");
      await served.close();
    });
  }

  it("is not offered where its UDP port is taken", async () => {
    const first = await visiting({ ...options, port: 18515 });
    const { port } = first.served.front;
    await first.served.close();
    const taken = createSocket("udp4");
    await new Promise<void>((resolve) => taken.bind(port, "127.0.0.1", resolve));
    try {
      const http3 = await theCaddy();
      const { served } = await visiting({ ...options, port: 18515 }, { http3, port });
      await eventually("a note", () => served.notes.some((n) => n.includes("HTTP/3")));
      expect(served.notes.join("\n")).to.match(
        /HTTP\/3 is not served here: .*address already in use/,
      );
      expect((await call(served, { url: served.front.url })).status).to.equal(200);
    } finally {
      taken.close();
    }
  });

  it("has no part where the distribution has none", async () => {
    const http3 = await theCaddy();
    const { served } = await visiting({ ...options, httpVersion: "http2", port: 18516 }, { http3 });
    expect(served.notes.filter((n) => n.includes("HTTP/3"))).to.deep.equal([]);
    expect(await caddies(served)).to.deep.equal([]);
  });
});
