/**
 * What a request gets first: the prediction, and the CloudFront Function itself, run as the local
 * edge runs it. Both must say the same of every row.
 */
import { expect } from "chai";
import { createHash } from "node:crypto";
import { callable } from "../../../local/serve/edge/functions/run";
import { countryRefused, frontAnswer, type FrontRequest } from "../../../path/front";
import {
  frontFunctionCode,
  type FrontFunction,
  readFrontFunction,
} from "../../../path/frontFunction";

const own = "d111111abcdef8.cloudfront.net";
const salt = "abc";
const basic = Buffer.from("staging:correct horse").toString("base64");
const hash = createHash("sha256")
  .update(salt + basic)
  .digest("hex");

const ranges = ["203.0.113.0/24", "198.51.100.7/32", "2001:db8::/33"];
const allow: FrontFunction = { allowedCidrs: ranges };
const page = { body: "Soon", contentType: "text/plain", retryAfter: 60 } as const;
const password: FrontFunction = { password: { salt, hash } };
const canonical: FrontFunction = {
  canonical: { name: "app.example.com", others: ["www.example.com"] },
};
const redirects: FrontFunction = {
  redirects: { "/old": "/new", "/docs": "https://docs.example.com/" },
};
const all: FrontFunction = { ...allow, ...password, ...canonical, ...redirects };

interface Row {
  readonly title: string;
  readonly front: FrontFunction;
  readonly request?: Partial<FrontRequest>;
  readonly status?: number;
  readonly location?: string;
}

const rows: Row[] = [
  { title: "nothing is decided", front: {} },
  { title: "an address in a range", front: allow, request: { address: "203.0.113.255" } },
  { title: "one after it", front: allow, request: { address: "203.0.114.0" }, status: 403 },
  { title: "one address", front: allow, request: { address: "198.51.100.7" } },
  { title: "the next one", front: allow, request: { address: "198.51.100.8" }, status: 403 },
  { title: "IPv6, short", front: allow, request: { address: "2001:db8::1" } },
  {
    title: "IPv6, in full",
    front: allow,
    request: { address: "2001:0db8:7fff:0000:0000:0000:0000:0001" },
  },
  { title: "IPv6 outside", front: allow, request: { address: "2001:db8:8000::" }, status: 403 },
  {
    title: "a range of one version says nothing of the other",
    front: { allowedCidrs: ["0.0.0.0/1"] },
    request: { address: "::1" },
    status: 403,
  },
  { title: "maintenance", front: { maintenance: page }, status: 503 },
  {
    title: "maintenance, and who may pass",
    front: { maintenance: { ...page, allowedCidrs: ranges } },
    request: { address: "203.0.113.9" },
  },
  {
    title: "maintenance, and who may not",
    front: { maintenance: { ...page, allowedCidrs: ranges } },
    request: { address: "192.0.2.1" },
    status: 503,
  },
  {
    title: "another name",
    front: canonical,
    request: { host: "www.example.com", path: "/a" },
    status: 301,
    location: "https://app.example.com/a?q=1&q=2&x",
  },
  {
    title: "another name, with a body",
    front: canonical,
    request: { host: "www.example.com", path: "/a", method: "POST" },
    status: 308,
    location: "https://app.example.com/a?q=1&q=2&x",
  },
  { title: "the one name", front: canonical, request: { host: "app.example.com" } },
  { title: "a service's name", front: canonical, request: { host: "api.example.com" } },
  { title: "without the password", front: password, status: 401 },
  { title: "with it", front: password, request: { password: true } },
  {
    title: "an old path",
    front: redirects,
    request: { path: "/old" },
    status: 301,
    location: "/new?q=1&q=2&x",
  },
  {
    title: "a path that moved elsewhere",
    front: redirects,
    request: { path: "/docs" },
    status: 301,
    location: "https://docs.example.com/?q=1&q=2&x",
  },
  { title: "a path below an old one", front: redirects, request: { path: "/old/1" } },
  { title: "a property of every object", front: redirects, request: { path: "/constructor" } },
  {
    title: "all: the allow list first",
    front: { ...all, maintenance: page },
    request: { host: "www.example.com", address: "192.0.2.1" },
    status: 403,
  },
  {
    title: "all: then maintenance",
    front: { ...all, maintenance: page },
    request: { host: "www.example.com" },
    status: 503,
  },
  {
    title: "all: then the name",
    front: all,
    request: { host: "www.example.com", path: "/old" },
    status: 301,
    location: "https://app.example.com/old?q=1&q=2&x",
  },
  { title: "all: then the password", front: all, request: { path: "/old" }, status: 401 },
  {
    title: "all: then the path",
    front: all,
    request: { path: "/old", password: true },
    status: 301,
    location: "/new?q=1&q=2&x",
  },
  { title: "all: and then the service", front: all, request: { password: true } },
];

const asked = (request: Partial<FrontRequest> = {}) => ({
  address: "203.0.113.1",
  host: "app.example.com",
  path: "/",
  method: "GET",
  ...request,
});

/** What the function makes of a request. */
function run(front: FrontFunction, request: Partial<FrontRequest> = {}, authorization?: string) {
  const { address, host, path, method, password: has } = asked(request);
  const sent = authorization ?? (has === true ? `Basic ${basic}` : undefined);
  const code = frontFunctionCode(front);
  const made = callable({ name: "front", arn: "", code }, () => undefined).call({
    version: "1.0",
    context: {
      distributionDomainName: own,
      distributionId: "E1",
      eventType: "viewer-request",
      requestId: "r",
    },
    viewer: { ip: address },
    request: {
      method,
      uri: path,
      querystring: {
        q: { value: "2", multiValue: [{ value: "1" }, { value: "2" }] },
        x: { value: "" },
      },
      headers: {
        host: { value: host },
        ...(sent !== undefined && { authorization: { value: sent } }),
      },
      cookies: {},
    },
  });
  return made as {
    statusCode?: number;
    headers: Record<string, { value: string } | undefined>;
    body?: string;
    uri?: string;
  };
}

describe("what comes before a service", () => {
  for (const { title, front, request, status, location } of rows)
    it(`${title}: ${status ?? "passes"}`, () => {
      const predicted = frontAnswer(
        { ...front, password: front.password !== undefined },
        asked(request),
      );
      const got = run(front, request);
      expect(predicted?.status, "predicted").to.equal(status);
      expect(got.statusCode, "by the function").to.equal(status);
      if (location !== undefined) expect(got.headers.location?.value).to.equal(location);
      if (status === undefined) expect(got.uri).to.equal(asked(request).path);
    });

  it("shows the page, and when to try again", () => {
    const got = run({ maintenance: page });
    expect(got.body).to.equal("Soon");
    expect(got.headers["retry-after"]?.value).to.equal("60");
    expect(got.headers["cache-control"]?.value).to.equal("no-store");
  });

  it("asks browsers for the password, and passes it on to nobody", () => {
    expect(run(password).headers["www-authenticate"]?.value).to.match(/^Basic realm=/);
    expect(run(password, {}, `Bearer ${basic}x`).statusCode).to.equal(401);
    expect(run(password, {}, `basic  ${basic}`).statusCode).to.equal(undefined);
    expect(run(password, { password: true }).headers).not.to.have.property("authorization");
  });

  it("redirects from CloudFront's own name too", () => {
    expect(run(canonical, { host: own }).statusCode).to.equal(301);
    expect(run(redirects, { host: own }).statusCode).to.equal(undefined);
  });

  it("holds no password in its code", () => {
    expect(frontFunctionCode(password)).not.to.include(basic).and.not.to.include("correct horse");
  });
});

describe("the code of the function", () => {
  const site = { digest: "d1", fallback: "index.html" };
  const sorted = [...ranges].sort();

  for (const [title, front] of Object.entries({
    "for nothing": {},
    "for the site": { site },
    "for everything": {
      ...all,
      allowedCidrs: sorted,
      site,
      maintenance: { ...page, allowedCidrs: sorted },
    },
  }))
    it(`${title} says what it does`, () => {
      expect(readFrontFunction(frontFunctionCode(front))).to.deep.equal(front);
    });

  for (const [title, changed] of Object.entries({
    "a changed statement": (code: string) => code.replace("return request;", "return undefined;"),
    "changed bits of a range": (code: string) => code.replace(/4:1/, "4:0"),
    "data that is no JSON": (code: string) => code.replace("{", "{{"),
    "more after it": (code: string) => `${code}\nhandler = null;`,
    "another function": () => "function handler(event) { return event.request; }",
  }))
    it(`is not believed with ${title}`, () => {
      expect(readFrontFunction(changed(frontFunctionCode(all)))).to.equal(undefined);
    });
});

describe("a geographic restriction", () => {
  for (const [kind, country, refused] of [
    ["only", "DE", false],
    ["only", "FR", true],
    ["only", undefined, false],
    ["except", "DE", true],
    ["except", "FR", false],
    ["except", undefined, false],
  ] as const)
    it(`${kind} DE ${refused ? "refuses" : "serves"} ${country ?? "an unknown country"}`, () => {
      expect(countryRefused({ kind, countries: ["DE"] }, country)).to.equal(refused);
    });
});
