/** CloudFront's rules of keeping, as tables. */
import { expect } from "chai";
import { Readable } from "node:stream";
import { EdgeCache } from "../../../local/serve/edge/cache/cached";
import { encodings } from "../../../local/serve/edge/cache/key";
import { errorLifetime, lifetime, mayServeStale } from "../../../local/serve/edge/cache/lifetime";
import { Store, maxEntryBytes } from "../../../local/serve/edge/cache/store";
import { precondition, rangeOf } from "../../../local/serve/edge/conditions";
import type { FetchResult, RoutedRequest } from "../../../local/serve/edge/fetch";
import type { Outcome } from "../../../local/serve/edge/outcome";
import type { Header } from "../../../local/serve/http/headers";
import { readCachePolicy } from "../../../topology/cachePolicies";
import { TopologyIssues, ResourceIndex } from "../../../topology/props";
import { all, either, except, none, only, selects } from "../../../topology/selections";
import type { CachePolicy } from "../../../topology/types";

const now = Date.parse("2026-01-01T00:00:00Z");
const policy = (change: Partial<CachePolicy> = {}): CachePolicy => ({
  minSeconds: 0,
  defaultSeconds: 86_400,
  maxSeconds: 31_536_000,
  key: { headers: none, cookies: none, queries: none },
  gzip: false,
  brotli: false,
  ...change,
});
const managed = (cachePolicyId: string): CachePolicy =>
  readCachePolicy({ cachePolicyId }, new ResourceIndex([]), "distribution d", new TopologyIssues());

describe("how long CloudFront keeps an answer", () => {
  const min = policy({ minSeconds: 60 });
  const etag: Header = ["etag", '"1"'];
  // prettier-ignore
  const cases: [string, Header[], CachePolicy, number | undefined][] = [
    ["nothing said: the default TTL", [], policy(), 86_400],
    ["nothing said, minimum over default", [], policy({ minSeconds: 90, defaultSeconds: 30 }), 90],
    ["max-age within the bounds", [["Cache-Control", "max-age=100"]], min, 100],
    ["max-age under the minimum", [["Cache-Control", "max-age=10"]], min, 60],
    ["max-age over the maximum", [["Cache-Control", "max-age=100"]], policy({ maxSeconds: 50 }), 50],
    ["s-maxage before max-age", [["Cache-Control", "max-age=10, s-maxage=20"]], policy(), 20],
    ["max-age before Expires", [["Expires", "Thu, 01 Jan 2026 00:01:00 GMT"], ["Cache-Control", "max-age=10"]], policy(), 10],
    ["Expires in a minute", [["Expires", "Thu, 01 Jan 2026 00:01:00 GMT"]], policy(), 60],
    ["Expires in the past, with an ETag", [["Expires", "Wed, 31 Dec 2025 00:00:00 GMT"], etag], policy(), 0],
    ["Expires in the past, nothing to ask after", [["Expires", "Wed, 31 Dec 2025 00:00:00 GMT"]], policy(), undefined],
    ["no-store", [["Cache-Control", "no-store"], etag], policy(), undefined],
    ["no-cache", [["Cache-Control", "no-cache"], etag], policy(), undefined],
    ["private under a minimum", [["Cache-Control", "private"]], min, 60],
    ["nothing kept at all", [["Cache-Control", "max-age=100"]], managed("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"), undefined],
    ["UseOriginCacheControlHeaders, nothing said", [], managed("83da9c7e-98b4-4e11-a168-04f0df8e2c65"), undefined],
    ["CachingOptimized, max-age=0", [["Cache-Control", "max-age=0"]], managed("658327ea-f89d-4fab-a63d-7e88639e58f6"), 1],
  ];
  for (const [title, headers, rules, seconds] of cases) {
    it(`${title}: ${seconds ?? "not at all"}`, () => {
      expect(lifetime(200, headers, rules, now)).to.equal(seconds);
    });
  }

  it("keeps no parts and no answers to conditions", () => {
    expect([206, 304].map((status) => lifetime(status, [], policy(), now))).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  // prettier-ignore
  const errors: [string, number, Header[], number | undefined | "page", number | undefined][] = [
    ["502", 502, [], undefined, 10],
    ["502 with a TTL of its own", 502, [], 300, 300],
    ["502 with a TTL of 0", 502, [], 0, undefined],
    ["404 that says longer", 404, [["Cache-Control", "max-age=60"]], undefined, 60],
    ["404 that says no-store", 404, [["Cache-Control", "no-store"]], undefined, 10],
    ["403", 403, [], undefined, undefined],
    ["403 that says how long", 403, [["Cache-Control", "max-age=60"]], undefined, 60],
    ["403 with a custom page", 403, [], "page", 10],
    ["464", 464, [], undefined, undefined],
    ["416 with a TTL of its own", 416, [], 300, undefined],
  ];
  for (const [title, status, headers, ttl, seconds] of errors) {
    it(`${title}: ${seconds ?? "not at all"}`, () => {
      const page =
        ttl === undefined ? undefined : ttl === "page" ? { path: "/e" } : { minSeconds: ttl };
      expect(errorLifetime(status, headers, policy(), page, now)).to.equal(seconds);
    });
  }

  it("keeps errors of what is not cached only for a TTL that is declared", () => {
    const off = policy({ maxSeconds: 0 });
    expect(errorLifetime(503, [], off, undefined, now)).to.equal(undefined);
    expect(errorLifetime(503, [], off, { minSeconds: 5 }, now)).to.equal(5);
  });

  // prettier-ignore
  const stale: [string, number, boolean][] = [
    ["max-age=1", 9999, true],
    ["must-revalidate", 1, false],
    ["proxy-revalidate", 1, false],
    ["stale-if-error=60", 60, true],
    ["stale-if-error=60", 61, false],
    ["stale-if-error=0", 1, false],
  ];
  for (const [header, seconds, may] of stale) {
    it(`${header}, expired ${seconds} s ago: ${may ? "stands" : "does not stand"} in for an error`, () => {
      expect(mayServeStale([["cache-control", header]], seconds)).to.equal(may);
    });
  }
});

describe("the cache over time", () => {
  const request = {
    head: { method: "GET", path: "/", headers: [] },
    distribution: { id: "E1", errorPages: new Map() },
    behaviour: {
      cache: policy({ defaultSeconds: 60 }),
      cachedMethods: ["GET", "HEAD"],
      forwards: { headers: none, cookies: none, queries: none, cloudfrontHeaders: none },
    },
    viewer: { address: "198.51.100.7", port: 1, scheme: "https", protocol: "HTTP/2", host: "w" },
    requestId: "id",
    hasBody: false,
  } as unknown as RoutedRequest;
  const answer = (status: number, text: string, headers: Header[] = []): FetchResult => ({
    response: { status, headers, body: Readable.from([Buffer.from(text)]), trailers: () => [] },
  });
  const ask = async (cache: EdgeCache, fetched: FetchResult): Promise<[string, string]> => {
    const got = (await cache.respond(request, () => Promise.resolve(fetched))) as Outcome;
    const chunks = Buffer.isBuffer(got.body) ? [got.body] : await got.body.toArray();
    return [got.result, Buffer.concat(chunks as Buffer[]).toString()];
  };

  it("asks again when an answer's time is over, and not before", async () => {
    let time = now;
    const cache = new EdgeCache(() => time);
    expect(await ask(cache, answer(200, "one"))).to.deep.equal(["Miss", "one"]);
    time += 59_999;
    expect(await ask(cache, answer(200, "two"))).to.deep.equal(["Hit", "one"]);
    time += 1;
    expect(await ask(cache, answer(200, "two"))).to.deep.equal(["Miss", "two"]);
  });

  it("asks again 10 s after an error, and 10 s after something stood in for one", async () => {
    let time = now;
    const cache = new EdgeCache(() => time);
    expect(await ask(cache, answer(503, "down"))).to.deep.equal(["Error", "down"]);
    time += 9_999;
    expect(await ask(cache, answer(200, "up"))).to.deep.equal(["Error", "down"]);
    time += 1;
    expect(await ask(cache, answer(200, "up"))).to.deep.equal(["Miss", "up"]);
    time += 60_000;
    expect(await ask(cache, answer(503, "down"))).to.deep.equal(["Hit", "up"]);
    time += 9_999;
    expect(await ask(cache, answer(200, "new"))).to.deep.equal(["Hit", "up"]);
    time += 1;
    expect(await ask(cache, answer(200, "new"))).to.deep.equal(["Miss", "new"]);
  });

  it("uses no older response for something that the origin says does not exist", async () => {
    let time = now;
    const cache = new EdgeCache(() => time);
    await ask(cache, answer(200, "one"));
    time += 60_000;
    expect(await ask(cache, answer(404, "gone"))).to.deep.equal(["Error", "gone"]);
  });

  it("does not keep an answer that breaks off, nor make others wait for it", async () => {
    const cache = new EdgeCache(() => now);
    const body = new Readable({ read: () => undefined });
    const broken: FetchResult = {
      response: { status: 200, headers: [], body, trailers: () => [] },
    };
    const got = (await cache.respond(request, () => Promise.resolve(broken))) as Outcome;
    (got.body as Readable).on("error", () => undefined).resume();
    const second = ask(cache, answer(200, "whole"));
    body.destroy(new Error("gone"));
    expect(await second).to.deep.equal(["Miss", "whole"]);
  });

  it("gives up what was asked for longest when there is no room", () => {
    const store = new Store();
    const entry = {
      status: 200,
      headers: [],
      storedAt: now,
      freshUntil: now,
      body: Buffer.alloc(maxEntryBytes),
    };
    for (const key of ["a", "b", "c"]) store.set(key, entry);
    store.get("a");
    store.set("d", entry);
    const kept = ["a", "b", "c", "d"].filter((key) => store.get(key) !== undefined);
    expect(kept).to.deep.equal(["a", "c", "d"]);
  });
});

describe("encodings that CloudFront tells apart", () => {
  const both = policy({ gzip: true, brotli: true });
  // prettier-ignore
  const cases: [string, CachePolicy, string[]][] = [
    ["gzip, deflate, br", both, ["br", "gzip"]],
    ["gzip;q=0.5, br;q=0", both, ["gzip"]],
    ["*", both, ["br", "gzip"]],
    ["gzip, br", policy({ gzip: true }), ["gzip"]],
    ["identity", both, []],
    ["gzip", policy(), []],
  ];
  for (const [header, rules, expected] of cases) {
    it(`${header}: ${expected.join(", ") || "none"}`, () => {
      expect(encodings([["Accept-Encoding", header]], rules)).to.deep.equal(expected);
    });
  }
});

describe("conditions and ranges", () => {
  const answer: Header[] = [
    ["ETag", '"1"'],
    ["Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"],
  ];
  // prettier-ignore
  const conditions: [string, string, ReturnType<typeof precondition>][] = [
    ["If-None-Match", '"1"', "not-modified"],
    ["If-None-Match", '"0", W/"1"', "not-modified"],
    ["If-None-Match", "*", "not-modified"],
    ["If-None-Match", '"0"', "met"],
    ["If-Match", '"1"', "met"],
    ["If-Match", 'W/"1"', "failed"],
    ["If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT", "not-modified"],
    ["If-Modified-Since", "Wed, 31 Dec 2025 23:59:59 GMT", "met"],
    ["If-Modified-Since", "no date", "met"],
    ["If-Unmodified-Since", "Wed, 31 Dec 2025 23:59:59 GMT", "failed"],
  ];
  for (const [name, text, expected] of conditions) {
    it(`${name}: ${text} is ${expected}`, () => {
      expect(precondition([[name, text]], answer)).to.equal(expected);
    });
  }

  it("takes If-None-Match before If-Modified-Since", () => {
    const both: Header[] = [
      ["if-none-match", '"0"'],
      ["if-modified-since", "Thu, 01 Jan 2026 00:00:00 GMT"],
    ];
    expect(precondition(both, answer)).to.equal("met");
  });

  // prettier-ignore
  const ranges: [string, ReturnType<typeof rangeOf>][] = [
    ["bytes=0-9", { start: 0, end: 9 }],
    ["bytes=5-", { start: 5, end: 99 }],
    ["bytes=-10", { start: 90, end: 99 }],
    ["bytes=-1000", { start: 0, end: 99 }],
    ["bytes=90-1000", { start: 90, end: 99 }],
    ["bytes=100-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=9-5", undefined],
    ["bytes=0-1,3-4", undefined],
    ["items=0-1", undefined],
    ["bytes=-", undefined],
  ];
  for (const [range, expected] of ranges) {
    it(`${range} of 100 bytes`, () => {
      expect(rangeOf([["range", range]], answer, 100)).to.deep.equal(expected);
    });
  }
});

describe("selections of names", () => {
  const names = ["a", "b", "c"];
  const some = {
    all,
    none,
    "only a": only("a"),
    "only a, b": only("a", "b"),
    "except a": except("a"),
    "except b, c": except("b", "c"),
  };
  for (const [left, x] of Object.entries(some)) {
    for (const [right, y] of Object.entries(some)) {
      it(`${left} or ${right}`, () => {
        for (const name of names) {
          expect(selects(either(x, y), name)).to.equal(selects(x, name) || selects(y, name));
        }
      });
    }
  }
});
