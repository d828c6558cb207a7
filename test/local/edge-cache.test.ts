/** What CloudFront keeps, by what it tells it apart, and when it asks again. */
import { expect } from "chai";
import type http from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { TestOrigin, cachePolicy, edgeOver, endEdges, type EdgeChange } from "./edge-support";

const optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/** An origin that counts its answers. */
function counting(headers: http.OutgoingHttpHeaders = {}): TestOrigin {
  const origin = new TestOrigin((_request, response) => {
    response.writeHead(200, { "content-type": "text/plain", ...headers });
    response.end(`answer ${origin.asked.length}`);
  });
  return origin;
}

/** A cache policy whose lifetimes and key are given. */
const withPolicy = (inputs: object): EdgeChange => ({
  behaviour: { cachePolicyId: "policy-own" },
  more: (stack) => {
    cachePolicy(stack, "own", { minTtl: 0, defaultTtl: 60, maxTtl: 3600, ...inputs });
  },
});
const key = (parameters: object): object => ({
  parametersInCacheKeyAndForwardedToOrigin: parameters,
});

describe("CloudFront's cache", () => {
  afterEach(endEdges);

  it("answers again without the origin, and says how old the answer is", async () => {
    const origin = counting();
    const edge = await edgeOver({ web: origin });
    const [first, second] = [await edge.get("/a"), await edge.get("/a")];
    expect([first.text, first.headers["x-cache"]]).to.deep.equal([
      "answer 1",
      "Miss from cloudfront",
    ]);
    expect(first.headers).not.to.have.property("age");
    expect([second.text, second.headers["x-cache"]]).to.deep.equal([
      "answer 1",
      "Hit from cloudfront",
    ]);
    expect(Number(second.headers.age)).to.be.within(0, 120);
    expect(first.headers["x-amz-cf-id"]).not.to.equal(second.headers["x-amz-cf-id"]);
  });

  it("keeps nothing with CachingDisabled", async () => {
    const origin = counting({ "cache-control": "max-age=60" });
    const edge = await edgeOver({ web: origin }, { behaviour: { cachePolicyId: disabled } });
    expect([(await edge.get("/")).text, (await edge.get("/")).text]).to.deep.equal([
      "answer 1",
      "answer 2",
    ]);
  });

  // prettier-ignore
  const lifetimes: [string, string, object, boolean][] = [
    ["no header, by the default TTL", "", {}, true],
    ["no header and a default TTL of 0", "", { defaultTtl: 0 }, false],
    ["max-age", "max-age=60", { defaultTtl: 0 }, true],
    ["s-maxage before max-age", "max-age=60, s-maxage=0", {}, false],
    ["no-store", "no-store", {}, false],
    ["private", "private, max-age=60", {}, false],
    ["no-store under a minimum TTL", "no-store", { minTtl: 60 }, true],
    ["max-age=0 under a minimum TTL", "max-age=0", { minTtl: 60 }, true],
  ];
  for (const [title, header, policy, kept] of lifetimes) {
    it(`${kept ? "keeps" : "does not keep"} what comes with ${title}`, async () => {
      const origin = counting(header === "" ? {} : { "cache-control": header });
      const edge = await edgeOver({ web: origin }, withPolicy(policy));
      await edge.get("/");
      expect((await edge.get("/")).headers["x-cache"]).to.equal(
        `${kept ? "Hit" : "Miss"} from cloudfront`,
      );
    });
  }

  // prettier-ignore
  const keys: [string, object, [string, http.OutgoingHttpHeaders], [string, http.OutgoingHttpHeaders], boolean][] = [
    ["another path", {}, ["/a", {}], ["/b", {}], false],
    ["a query that is not in the key", {}, ["/?x=1", {}], ["/?x=2", {}], true],
    ["a query that is", { queryStringsConfig: { queryStringBehavior: "whitelist", queryStrings: { items: ["x"] } } }, ["/?x=1", {}], ["/?x=2", {}], false],
    ["another query than the one that is", { queryStringsConfig: { queryStringBehavior: "whitelist", queryStrings: { items: ["x"] } } }, ["/?x=1&y=1", {}], ["/?x=1&y=2", {}], true],
    ["all queries but one", { queryStringsConfig: { queryStringBehavior: "allExcept", queryStrings: { items: ["utm"] } } }, ["/?x=1&utm=1", {}], ["/?x=1&utm=2", {}], true],
    ["a header that is not in the key", {}, ["/", { "x-tenant": "a" }], ["/", { "x-tenant": "b" }], true],
    ["a header that is", { headersConfig: { headerBehavior: "whitelist", headers: { items: ["X-Tenant"] } } }, ["/", { "x-tenant": "a" }], ["/", { "x-tenant": "b" }], false],
    ["a cookie that is", { cookiesConfig: { cookieBehavior: "whitelist", cookies: { items: ["theme"] } } }, ["/", { cookie: "theme=dark" }], ["/", { cookie: "theme=light" }], false],
    ["another cookie than the one that is", { cookiesConfig: { cookieBehavior: "whitelist", cookies: { items: ["theme"] } } }, ["/", { cookie: "theme=dark; id=1" }], ["/", { cookie: "id=2; theme=dark" }], true],
  ];
  for (const [title, parameters, first, second, same] of keys) {
    it(`${same ? "is one answer for" : "tells apart"} ${title}`, async () => {
      const edge = await edgeOver({ web: counting() }, withPolicy(key(parameters)));
      await edge.get(first[0], { headers: first[1] });
      const again = await edge.get(second[0], { headers: second[1] });
      expect(again.headers["x-cache"]).to.equal(`${same ? "Hit" : "Miss"} from cloudfront`);
    });
  }

  it("sends the origin all that is in the key, and what the origin request policy adds", async () => {
    const origin = counting();
    const edge = await edgeOver(
      { web: origin },
      {
        behaviour: { cachePolicyId: "policy-own", originRequestPolicyId: "more" },
        more: (stack) => {
          cachePolicy(stack, "own", {
            minTtl: 0,
            defaultTtl: 60,
            maxTtl: 60,
            ...key({
              cookiesConfig: { cookieBehavior: "whitelist", cookies: { items: ["theme"] } },
            }),
          });
          const type = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy";
          const queryStringsConfig = {
            queryStringBehavior: "whitelist",
            queryStrings: { items: ["Page"] },
          };
          const headersConfig = {
            headerBehavior: "whitelist",
            headers: { items: ["Accept-Language"] },
          };
          stack.add(type, "more", { queryStringsConfig, headersConfig }, {}, "more");
        },
      },
    );
    const headers = { cookie: "theme=dark; id=1", "accept-language": "ja", "x-other": "1" };
    await edge.get("/list?Page=2&page=3&x=1", { headers });
    const [{ url, headers: sent }] = origin.asked as [(typeof origin.asked)[0]];
    expect(url).to.equal("/list?Page=2");
    expect(sent).to.include({ cookie: "theme=dark", "accept-language": "ja" });
    expect(sent).not.to.have.property("x-other");
  });

  it("passes POST on each time, and a HEAD is served from the GET", async () => {
    const origin = counting();
    const edge = await edgeOver({ web: origin });
    await edge.get("/", { method: "POST", body: "x" });
    await edge.get("/", { method: "POST", body: "x" });
    expect(origin.asked).to.have.lengthOf(2);
    await edge.get("/");
    const head = await edge.get("/", { method: "HEAD" });
    expect([head.headers["x-cache"], head.text]).to.deep.equal(["Hit from cloudfront", ""]);
    expect(head.headers["content-length"]).to.equal("8");
    expect(origin.asked).to.have.lengthOf(3);
  });

  it("asks whether what is expired is still good, and says so", async () => {
    let version = '"1"';
    const origin = new TestOrigin((request, response) => {
      const headers = { etag: version, "cache-control": "max-age=0" };
      const same = request.headers["if-none-match"] === version;
      response.writeHead(same ? 304 : 200, headers).end(same ? undefined : `version ${version}`);
    });
    const edge = await edgeOver({ web: origin }, withPolicy({}));
    await edge.get("/");
    const again = await edge.get("/");
    expect([again.status, again.text]).to.deep.equal([200, 'version "1"']);
    expect(again.headers["x-cache"]).to.equal("RefreshHit from cloudfront");
    expect(origin.asked[1]?.headers["if-none-match"]).to.equal('"1"');
    version = '"2"';
    const changed = await edge.get("/");
    expect([changed.text, changed.headers["x-cache"]]).to.deep.equal([
      'version "2"',
      "Miss from cloudfront",
    ]);
  });

  it("answers conditions and ranges out of what it keeps", async () => {
    const edge = await edgeOver({ web: counting({ etag: '"1"' }) });
    await edge.get("/");
    const get = (headers: http.OutgoingHttpHeaders) => edge.get("/", { headers });
    const unchanged = await get({ "if-none-match": 'W/"1"' });
    expect([unchanged.status, unchanged.text]).to.deep.equal([304, ""]);
    expect((await get({ "if-none-match": '"0"' })).status).to.equal(200);
    const part = await get({ range: "bytes=0-5" });
    expect([part.status, part.text]).to.deep.equal([206, "answer"]);
    expect(part.headers["content-range"]).to.equal("bytes 0-5/8");
    expect((await get({ range: "bytes=-1" })).text).to.equal("1");
    expect((await get({ range: "bytes=9-" })).status).to.equal(416);
    expect((await get({ range: "bytes=0-1", "if-range": '"0"' })).status).to.equal(200);
  });

  it("asks once for what many viewers want at the same time", async () => {
    const origin = counting();
    const { answer } = origin;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    origin.answer = (request, response) => {
      void (request.url === "/" ? held : Promise.resolve()).then(() => {
        answer(request, response);
      });
    };
    const edge = await edgeOver({ web: origin });
    const viewers = Array.from({ length: 8 }, () => edge.get("/"));
    // Later requests are served from the cache: the count is the same.
    await edge.get("/other");
    release();
    const results = (await Promise.all(viewers)).map((got) => got.text);
    expect(new Set(results).size).to.equal(1);
    expect(origin.asked.filter((a) => a.url === "/")).to.have.lengthOf(1);
  });

  it("forgets what came from an origin that is declared otherwise", async () => {
    const origin = counting();
    const edge = await edgeOver({ web: origin });
    await edge.get("/");
    await edge.declare({});
    expect((await edge.get("/")).text).to.equal("answer 1");
    await edge.declare({ origins: { web: { originPath: "/next" } } });
    expect((await edge.get("/")).text).to.equal("answer 2");
    expect(origin.asked[1]?.url).to.equal("/next/");
  });

  it("gives no cookies out where none go in", async () => {
    const origin = counting({ "set-cookie": "id=1" });
    const edge = await edgeOver({ web: origin });
    expect((await edge.get("/")).headers).not.to.have.property("set-cookie");
    const all = "216adef6-5c7f-47e4-b989-5492eafa07d3";
    await edge.declare({ behaviour: { cachePolicyId: disabled, originRequestPolicyId: all } });
    expect((await edge.get("/")).headers["set-cookie"]).to.deep.equal(["id=1"]);
  });

  it("keeps by the older settings of a behaviour as well", async () => {
    const edge = await edgeOver(
      { web: counting() },
      {
        behaviour: {
          cachePolicyId: undefined,
          forwardedValues: {
            queryString: true,
            queryStringCacheKeys: ["x"],
            cookies: { forward: "none" },
          },
        },
      },
    );
    await edge.get("/?x=1&y=1");
    expect((await edge.get("/?x=1&y=2")).headers["x-cache"]).to.equal("Hit from cloudfront");
    expect((await edge.get("/?x=2")).headers["x-cache"]).to.equal("Miss from cloudfront");
  });
});

describe("CloudFront's compression", () => {
  afterEach(endEdges);
  const text = "hopwise ".repeat(500);
  const serving = (headers: http.OutgoingHttpHeaders = {}, body = text) =>
    new TestOrigin((_request, response) => {
      response.writeHead(200, {
        "content-type": "text/html",
        "content-length": body.length,
        etag: '"1"',
        ...headers,
      });
      response.end(body);
    });
  const compress = { behaviour: { cachePolicyId: optimized, compress: true } };
  const accept = (value: string) => ({ headers: { "accept-encoding": value } });

  it("compresses by what the viewer takes, Brotli first, and keeps each", async () => {
    const origin = serving();
    const edge = await edgeOver({ web: origin }, compress);
    for (const result of ["Miss", "Hit"]) {
      const brotli = await edge.get("/", accept("gzip, deflate, br"));
      expect(brotli.headers).to.include({
        "content-encoding": "br",
        etag: 'W/"1"',
        vary: "Accept-Encoding",
      });
      expect(brotli.headers["x-cache"]).to.equal(`${result} from cloudfront`);
      expect(brotliDecompressSync(brotli.body).toString()).to.equal(text);
      const gzip = await edge.get("/", accept("gzip"));
      expect(gunzipSync(gzip.body).toString()).to.equal(text);
      const plain = await edge.get("/", accept("identity"));
      expect(plain.headers).not.to.have.property("content-encoding");
      expect(plain.text).to.equal(text);
    }
    expect(origin.asked.map((a) => a.headers["accept-encoding"])).to.deep.equal([
      "br,gzip",
      "gzip",
      undefined,
    ]);
  });

  // prettier-ignore
  const left: [string, http.OutgoingHttpHeaders, string, object][] = [
    ["an image", { "content-type": "image/png" }, text, {}],
    ["what is under 1,000 bytes", { "content-length": 999 }, "x".repeat(999), {}],
    ["what has no length", { "content-length": undefined }, text, {}],
    ["what is compressed already", { "content-encoding": "deflate" }, text, {}],
    ["what the behaviour does not compress", {}, text, { compress: false }],
    ["what is not cached", {}, text, { cachePolicyId: disabled }],
  ];
  for (const [title, headers, body, behaviour] of left) {
    it(`leaves ${title} as it is`, async () => {
      const written = Object.fromEntries(
        Object.entries(headers).filter(([, v]) => v !== undefined),
      );
      const origin = serving(written, body);
      if ("content-length" in headers && headers["content-length"] === undefined) {
        origin.answer = (_request, response) => {
          response.writeHead(200, { "content-type": "text/html" }).write(body);
          response.end();
        };
      }
      const edge = await edgeOver(
        { web: origin },
        { behaviour: { ...compress.behaviour, ...behaviour } },
      );
      const got = await edge.get("/", accept("br, gzip"));
      expect(got.headers["content-encoding"]).to.equal(written["content-encoding"]);
      expect(got.text).to.equal(body);
    });
  }
});
