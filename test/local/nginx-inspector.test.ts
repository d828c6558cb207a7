/** What nginx and the embedded server report about a request: the JSON's shape, the page, and what neither may show. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import path from "node:path";
import { itWith } from "../parts";
import {
  forBoth,
  get,
  getHttp2,
  loadBalancer,
  reflected,
  start,
  stopAll,
  stranger,
  type Kind,
} from "./nginx-support";

const wellKnown = "/.well-known/hopwise";
const throughCloudFront = {
  host: "www.example.com",
  via: "1.1 proxy.example, 2.0 0123456789abcdef.cloudfront.net (CloudFront)",
  "x-amz-cf-id": "edge-id==",
  "x-forwarded-for": "203.0.113.7, 130.176.0.9",
  "x-forwarded-proto": "https",
  "x-forwarded-port": "443",
  "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
  "x-hopwise-origin-secret": "hunter2hunter2",
  authorization: "Bearer hunter2hunter2",
  cookie: "session=hunter2hunter2",
};
const passedOn = {
  "x-amzn-tls-version": "TLSv1.3",
  "x-amzn-tls-cipher-suite": "TLS_AES_128_GCM_SHA256",
  "cloudfront-viewer-http-version": "3.0",
  "cloudfront-viewer-tls": "TLSv1.3:TLS_AES_256_GCM_SHA384:fullHandshake",
  "cloudfront-viewer-address": "203.0.113.7:51234",
  "cloudfront-forwarded-proto": "https",
};
const evil = `<img src=x onerror="alert(1)">\\ ü \t</script><script>alert(2)</script>`;
const hostile = Object.fromEntries(
  [...Object.keys(throughCloudFront), ...Object.keys(passedOn), "user-agent"]
    .filter((name) => !["authorization", "cookie", "x-hopwise-origin-secret"].includes(name))
    .map((name) => [name, name === "host" ? "a<img>" : Buffer.from(evil).toString("latin1")]),
);

forBoth("the inspector's JSON", (kind) => {
  const ask = async (
    environment: Record<string, string>,
    headers: OutgoingHttpHeaders,
    from = loadBalancer,
  ) => {
    const { url } = await start(kind, environment);
    return reflected(await get(url + wellKnown, { from, headers }));
  };

  it("tells the three hops through CloudFront, each with what it is known from", async () => {
    const variant = { HOPWISE_VARIANT: "h1-via-cloudfront", HOPWISE_TASK: "web-1" };
    const seen = await ask({ HOPWISE_TRUSTED_HOPS: "2", ...variant }, throughCloudFront);
    expect(seen).to.include({ version: 1, variant: "h1-via-cloudfront", path: "cloudfront" });
    expect(seen.hops).to.deep.equal([
      {
        from: "viewer",
        to: "cloudfront",
        protocol: "HTTP/2",
        protocolFrom: "Via",
        scheme: "https",
        tls: null,
        cipher: null,
        address: "203.0.113.7",
      },
      {
        from: "cloudfront",
        to: "load-balancer",
        protocol: "HTTP/1.1",
        protocolFrom: "rule",
        scheme: "https",
        tls: null,
        cipher: null,
        address: "130.176.0.9",
      },
      {
        from: "load-balancer",
        to: "nginx",
        protocol: "HTTP/1.1",
        protocolFrom: "nginx",
        scheme: "http",
        tls: null,
        cipher: null,
        address: loadBalancer,
      },
    ]);
    expect(seen).to.include({ cfId: "edge-id==", forwardedPort: "443", peerTrusted: true });
    expect(seen.server).to.include({ task: "web-1", app: null, address: "127.0.3.1" });
  });

  it("has the fields that docs/inspector.md names, and no other", async () => {
    const seen = await ask({ HOPWISE_TRUSTED_HOPS: "2" }, throughCloudFront);
    const docs = readFileSync(path.join(__dirname, "..", "..", "docs", "inspector.md"), "utf8");
    const fields = [...docs.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    const ofHops = Object.keys((seen.hops as object[])[0] ?? {});
    expect(fields).to.have.members([...Object.keys(seen), ...ofHops]);
    const server = /\| `server` +\| (.*) \|/.exec(docs)?.[1] ?? "";
    const ofServer = [...server.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(ofServer).to.have.members(Object.keys(seen.server as object));
  });

  it("tells TLS, and the viewer's HTTP/3, where headers do", async () => {
    const seen = await ask({ HOPWISE_TRUSTED_HOPS: "2" }, { ...throughCloudFront, ...passedOn });
    const [first, second] = seen.hops as Record<string, unknown>[];
    expect(first).to.include({
      protocol: "HTTP/3",
      protocolFrom: "CloudFront-Viewer-Http-Version",
    });
    expect(first).to.include({ tls: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384" });
    expect(second).to.include({ tls: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256" });
  });

  it("does not know what CloudFront spoke where the origin asks for HTTP/2", async () => {
    const settings = { HOPWISE_TRUSTED_HOPS: "2", HOPWISE_ORIGIN_HTTP2: "on" };
    const hops = (await ask(settings, throughCloudFront)).hops as unknown[];
    expect(hops[1]).to.include({ to: "load-balancer", protocol: null, protocolFrom: null });
  });

  it("knows HTTP/2 on every hop behind CloudFront from HTTP/2 to nginx", async () => {
    const { url } = await start(kind, {
      HOPWISE_VARIANT: "h2-via-cloudfront",
      HOPWISE_TRUSTED_HOPS: "2",
      HOPWISE_HTTP2: "on",
      HOPWISE_ORIGIN_HTTP2: "on",
      HOPWISE_TRUSTED_CIDRS: "127.0.0.0/8",
    });
    const seen = reflected(await getHttp2(url + wellKnown, throughCloudFront));
    expect(seen).to.include({ variant: "h2-via-cloudfront", path: "cloudfront" });
    const hops = seen.hops as { to: string; protocol: string; protocolFrom: string }[];
    expect(hops.map((hop) => [hop.to, hop.protocol, hop.protocolFrom])).to.deep.equal([
      ["cloudfront", "HTTP/2", "Via"],
      ["load-balancer", "HTTP/2", "rule"],
      ["nginx", "HTTP/2", "nginx"],
    ]);
  });

  it("knows HTTP/2 to the load balancer from HTTP/2 to nginx, and nothing from HTTP/1.1", async () => {
    const { url } = await start(kind, {
      HOPWISE_VARIANT: "h2-direct",
      HOPWISE_HTTP2: "on",
      HOPWISE_TRUSTED_CIDRS: "127.0.0.0/8",
    });
    const forwarded = { "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https" };
    const two = reflected(await getHttp2(url + wellKnown, forwarded));
    expect(two).to.include({ variant: "h2-direct", path: "load-balancer", protocol: "HTTP/2.0" });
    expect((two.hops as unknown[])[0]).to.include({ protocol: "HTTP/2", protocolFrom: "rule" });
    const one = reflected(await get(url + wellKnown, { headers: forwarded }));
    expect((one.hops as unknown[])[0]).to.include({ protocol: null, protocolFrom: null });
    expect((one.hops as unknown[])[1]).to.include({ protocol: "HTTP/1.1", protocolFrom: "nginx" });
  });

  it("believes nothing that a stranger says", async () => {
    const headers = { ...throughCloudFront, ...passedOn };
    const seen = await ask({ HOPWISE_TRUSTED_HOPS: "2" }, headers, stranger);
    expect(seen).to.include({ path: "direct", peerTrusted: false, client: stranger });
    expect(seen.hops).to.have.length(1);
    expect((seen.hops as unknown[])[0]).to.include({ protocol: "HTTP/1.1", address: stranger });
  });

  it("trusts no sign of CloudFront without CloudFront in front", async () => {
    const seen = await ask({ HOPWISE_TRUSTED_HOPS: "1" }, throughCloudFront);
    expect(seen.path).to.equal("load-balancer");
  });

  it("does not take an entry of Via for CloudFront's that is not the last", async () => {
    const via = "2.0 a.cloudfront.net (CloudFront), 1.1 b.example";
    const seen = await ask({ HOPWISE_TRUSTED_HOPS: "2" }, { ...throughCloudFront, via });
    expect(seen.path).to.equal("load-balancer");
  });

  it("tells of TLS to nginx", async () => {
    const { url } = await start(kind, { HOPWISE_TLS: "on", HOPWISE_TRUSTED_CIDRS: "" });
    const seen = reflected(await get(url + wellKnown));
    expect(seen).to.include({ tls: true, tlsVersion: "TLSv1.3", variant: null });
    expect((seen.hops as unknown[])[0]).to.include({ tls: "TLSv1.3", cipher: seen.tlsCipher });
    expect(seen.tlsCipher).to.match(/^TLS_/);
  });

  it("has a hop to the app where there is one", async () => {
    const seen = await ask({ HOPWISE_APP: "127.0.0.1:3000" }, {});
    expect((seen.hops as { to: string }[]).at(-1)).to.include({ from: "nginx", to: "app" });
    expect(seen.server).to.include({ app: "127.0.0.1:3000" });
  });

  it("stays JSON whatever headers hold, and says what it does not show", async () => {
    const seen = await ask({ HOPWISE_TRUSTED_HOPS: "2" }, hostile);
    for (const name of ["forwardedFor", "via", "cfId", "traceId", "userAgent", "viewerTls"]) {
      expect(seen[name], name).to.equal("unprintable");
    }
    expect(seen.hops).to.have.length(2);
  });
});

const volatile =
  /(?:port|、ポート)\s+\d+|\b\d+(?:, request|、その)\s+\d+|connection&quot;:\d+,|:\d{5}\b|port&quot;:\d+|[0-9a-f]{32}|\d{4}-\d\d-\d\dT[\d:]+/g;

async function page(kind: Kind, environment: Record<string, string>, headers: OutgoingHttpHeaders) {
  const { url } = await start(kind, environment);
  const { body } = await get(url, { from: loadBalancer, headers });
  return body;
}

describe("the inspector's page", () => {
  afterEach(stopAll);

  for (const [what, environment, headers] of [
    ["through CloudFront", { HOPWISE_TRUSTED_HOPS: "2" }, { ...throughCloudFront, ...passedOn }],
    ["around CloudFront", { HOPWISE_TRUSTED_HOPS: "2" }, { "x-forwarded-for": "10.0.0.1" }],
    ["through the load balancer", { HOPWISE_HTTP2: "on" }, { "x-forwarded-for": "203.0.113.7" }],
    [
      "in Japanese",
      { HOPWISE_TRUSTED_HOPS: "2" },
      { ...throughCloudFront, "accept-language": "ja" },
    ],
    ["with hostile headers", { HOPWISE_TRUSTED_HOPS: "2" }, hostile],
  ] as const) {
    itWith("nginx", `is the embedded server's to the letter, ${what}`, async () => {
      const pages = await Promise.all(
        (["nginx", "embedded"] as const).map(async (kind) =>
          (await page(kind, environment, headers)).replace(volatile, "N"),
        ),
      );
      expect(pages[0]).to.match(/<\/html>\n$/);
      expect(pages[1]).to.equal(pages[0]);
    });
  }
});

forBoth("the inspector's page", (kind) => {
  it("shows no secret, in no form", async () => {
    const { url } = await start(kind, { HOPWISE_TRUSTED_HOPS: "2" });
    for (const asked of ["/", wellKnown]) {
      const { body } = await get(url + asked, { from: loadBalancer, headers: throughCloudFront });
      expect(body)
        .to.contain("203.0.113.7")
        .and.not.match(/hunter2|bearer|session=/i);
    }
  });

  it("shows markup in headers as text", async () => {
    const body = await page(kind, { HOPWISE_TRUSTED_HOPS: "2" }, hostile);
    expect(body).to.contain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(body).to.not.match(/<img|<script>|<\/script><script/);
  });

  it("is in the language that its address asks for, whatever the browser prefers", async () => {
    const { url } = await start(kind);
    for (const [query, accepted, language, encrypted] of [
      ["?lang=ja", "en", "ja", "暗号化なし"],
      ["?lang=en", "ja", "en", "not encrypted"],
      ["?x=1&lang=ja", "en", "ja", "暗号化なし"],
      ["?lang=fr", "ja", "ja", "暗号化なし"],
      ["?lang=", "de", "en", "not encrypted"],
      ["?language=ja", "en", "en", "not encrypted"],
    ] as const) {
      const headers = { "accept-language": accepted };
      const { body } = await get(`${url}/${query}`, { headers });
      expect(body, query).to.contain(`<html lang="${language}">`).and.to.contain(encrypted);
    }
  });

  it("is never kept by a cache", async () => {
    const { url } = await start(kind);
    for (const language of ["en", "ja"]) {
      const { headers, body } = await get(url, { headers: { "accept-language": language } });
      expect(body).to.contain(`<html lang="${language}">`);
      expect(headers["cache-control"]).to.equal("no-store");
      expect(headers).to.not.have.any.keys("etag", "last-modified");
    }
  });
});
