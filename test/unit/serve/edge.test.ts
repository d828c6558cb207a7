import { expect } from "chai";
import { refusal } from "../../../local/serve/edge/decisions";
import { behaviourFor, distributionFor } from "../../../topology/matching";
import type { Behaviour, Distribution } from "../../../topology/types";

const noCache = {
  minSeconds: 0,
  defaultSeconds: 0,
  maxSeconds: 0,
  gzip: false,
  brotli: false,
  key: { headers: { kind: "none" }, cookies: { kind: "none" }, queries: { kind: "none" } },
} as const;

const behaviour = (change: Partial<Behaviour> = {}): Behaviour => ({
  pathPattern: "*",
  originId: "alb",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD"],
  cachedMethods: ["GET", "HEAD"],
  grpc: false,
  compress: false,
  functions: {},
  forwards: {
    headers: { kind: "all" },
    cookies: { kind: "all" },
    queries: { kind: "all" },
    cloudfrontHeaders: { kind: "none" },
  },
  cache: noCache,
  responseHeaders: { set: [], remove: [] },
  ...change,
});

describe("CloudFront's own decisions", () => {
  const get = { method: "GET", path: "/", headers: [], secure: true, hasBody: false };
  // prettier-ignore
  const cases: [string, Partial<typeof get>, Partial<Behaviour>, number | undefined][] = [
    ["a GET over HTTPS", {}, {}, undefined],
    ["a GET over HTTP, redirected", { secure: false }, {}, 301],
    ["a POST over HTTP, redirected with its method", { secure: false, method: "POST" }, { allowedMethods: ["POST"] }, 307],
    ["a GET over HTTP, HTTPS only", { secure: false }, { viewerProtocolPolicy: "https-only" }, 403],
    ["a GET over HTTP, all allowed", { secure: false }, { viewerProtocolPolicy: "allow-all" }, undefined],
    ["a method that is not allowed", { method: "POST" }, {}, 403],
    ["a GET with a body", { hasBody: true }, {}, 403],
    ["a POST with a body", { hasBody: true, method: "POST" }, { allowedMethods: ["POST"] }, undefined],
    ["a URL of 8,192 bytes", { path: `/${"x".repeat(8191)}` }, {}, undefined],
    ["a longer URL", { path: `/${"x".repeat(8192)}` }, {}, 414],
    ["headers over 32,768 bytes", { headers: [["a", "x".repeat(32_768)]] as never }, {}, 494],
  ];
  for (const [title, request, change, status] of cases) {
    it(`${title}: ${status ?? "asks the origin"}`, () => {
      expect(refusal({ ...get, ...request }, behaviour(change))?.status).to.equal(status);
    });
  }

  const distribution = (
    domainName: string,
    aliases: string[],
    patterns: string[] = [],
  ): Distribution =>
    ({
      domainName,
      aliases,
      behaviours: [...patterns.map((pathPattern) => behaviour({ pathPattern })), behaviour()],
    }) as never;

  // prettier-ignore
  const paths: [string[], string, string][] = [
    [["/api/*"], "/api/x", "/api/*"],
    [["api/*"], "/api/x", "api/*"],
    [["/api/*"], "/API/x", "*"],
    [["*.png", "/img/*"], "/img/a.png", "*.png"],
    [["/img/?.png"], "/img/ab.png", "*"],
    [["/api/*"], "/x?/api/", "*"],
  ];
  for (const [patterns, path, expected] of paths) {
    it(`${path} meets ${expected} of ${patterns.join(", ")}`, () => {
      expect(behaviourFor(distribution("d1", [], patterns), path).pathPattern).to.equal(expected);
    });
  }

  it("finds the distribution by alias, own name, wildcard; an exact alias first", () => {
    const wild = distribution("d1.cloudfront.net", ["*.example.com"]);
    const exact = distribution("d2.cloudfront.net", ["www.example.com"]);
    const find = (host: string) => distributionFor([wild, exact], host)?.domainName;
    expect(find("www.example.com")).to.equal("d2.cloudfront.net");
    expect(find("api.example.com")).to.equal("d1.cloudfront.net");
    expect(find("d1.cloudfront.net")).to.equal("d1.cloudfront.net");
    expect(find("example.com")).to.equal(undefined);
  });
});
