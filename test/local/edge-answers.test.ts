/** What CloudFront does about errors, and what functions and policies make of answers. */
import { expect } from "chai";
import type http from "node:http";
import type { Props } from "../../local/model/types";
import { TestOrigin, cachePolicy, edgeOver, endEdges, type EdgeChange } from "./edge-support";

const disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const uncached: Props = { cachePolicyId: disabled };

/** An origin that answers with a status, or with what is given for a path. */
function answering(status: number, pages: Readonly<Record<string, string>> = {}): TestOrigin {
  return new TestOrigin((request, response) => {
    const page = pages[request.url ?? ""];
    response.writeHead(page === undefined ? status : 200, { "content-type": "text/plain" });
    response.end(page ?? `status ${status}`);
  });
}

describe("CloudFront and errors of origins", () => {
  afterEach(endEdges);

  it("keeps an error for a while, where it caches", async () => {
    const origin = answering(503);
    const edge = await edgeOver({ web: origin });
    for (const age of [undefined, "0"]) {
      const got = await edge.get("/");
      expect([got.status, got.text]).to.deep.equal([503, "status 503"]);
      expect(got.headers["x-cache"]).to.equal("Error from cloudfront");
      if (age !== undefined) expect(Number(got.headers.age)).to.be.within(0, 120);
    }
    expect(origin.asked).to.have.lengthOf(1);
  });

  // prettier-ignore
  const kept: [number, http.OutgoingHttpHeaders, Props, number][] = [
    [404, {}, {}, 1],
    [403, {}, {}, 2],
    [403, { "cache-control": "max-age=60" }, {}, 1],
    [403, {}, { customErrorResponses: [{ errorCode: 403, errorCachingMinTtl: 60 }] }, 1],
    [503, {}, { customErrorResponses: [{ errorCode: 503, errorCachingMinTtl: 0 }] }, 2],
    [418, {}, {}, 2],
  ];
  for (const [status, headers, distribution, asked] of kept) {
    it(`asks ${asked === 1 ? "once" : "twice"} for two answers with ${status} ${JSON.stringify([headers, distribution])}`, async () => {
      const origin = new TestOrigin((_request, response) => {
        response.writeHead(status, headers).end();
      });
      const edge = await edgeOver({ web: origin }, { distribution });
      await edge.get("/");
      await edge.get("/");
      expect(origin.asked).to.have.lengthOf(asked);
    });
  }

  it("answers with an expired response instead of an error, unless the origin forbids it", async () => {
    let fine = true;
    const origin = new TestOrigin((request, response) => {
      const more = request.url === "/strict" ? ", must-revalidate" : "";
      const headers = { etag: '"1"', "cache-control": `max-age=0${more}` };
      response.writeHead(fine ? 200 : 500, headers).end(fine ? "fine" : "broken");
    });
    const change: EdgeChange = {
      behaviour: { cachePolicyId: "policy-own" },
      more: (stack) => cachePolicy(stack, "own", { minTtl: 0, defaultTtl: 0, maxTtl: 60 }),
    };
    const edge = await edgeOver({ web: origin }, change);
    await edge.get("/");
    await edge.get("/strict");
    fine = false;
    expect((await edge.get("/")).text).to.equal("fine");
    const strict = await edge.get("/strict");
    expect([strict.status, strict.text]).to.deep.equal([500, "broken"]);
  });

  it("shows a custom page with its own status, and fetches it by its own behaviour", async () => {
    const web = answering(404);
    const pages = answering(404, { "/errors/missing.html": "we miss it" });
    const edge = await edgeOver(
      { web, pages },
      {
        behaviour: uncached,
        distribution: {
          customErrorResponses: [
            { errorCode: 404, responsePagePath: "/errors/missing.html", responseCode: 200 },
          ],
          orderedCacheBehaviors: [
            {
              pathPattern: "/errors/*",
              targetOriginId: "pages",
              allowedMethods: ["GET"],
              cachedMethods: ["GET"],
              ...uncached,
            },
          ],
        },
      },
    );
    const got = await edge.get("/thing?x=1", { headers: { "x-secret": "1" } });
    expect([got.status, got.text]).to.deep.equal([200, "we miss it"]);
    expect(got.headers["x-cache"]).to.equal("Error from cloudfront");
    expect(pages.asked[0]).to.include({ method: "GET", url: "/errors/missing.html" });
    expect((await edge.get("/thing", { method: "HEAD" })).text).to.equal("");
  });

  it("says what became of the custom page where that is missing", async () => {
    const web = answering(404);
    const customErrorResponses = [
      { errorCode: 502, responsePagePath: "/none.html", responseCode: 200 },
    ];
    const edge = await edgeOver(
      { down: "down", web },
      {
        behaviour: uncached,
        distribution: {
          customErrorResponses,
          orderedCacheBehaviors: [
            {
              pathPattern: "/none.html",
              targetOriginId: "web",
              allowedMethods: ["GET"],
              cachedMethods: ["GET"],
              ...uncached,
            },
          ],
        },
      },
    );
    expect((await edge.get("/")).status).to.equal(404);
  });

  const group = (statusCodes: number[]): EdgeChange => ({
    behaviour: { ...uncached, targetOriginId: "both" },
    distribution: {
      originGroups: [
        {
          originId: "both",
          failoverCriteria: { statusCodes },
          members: [{ originId: "first" }, { originId: "second" }],
        },
      ],
    },
  });
  // prettier-ignore
  const failovers: [string, TestOrigin | "down", number[], string, number][] = [
    ["a status of the group's", answering(404), [404], "GET", 200],
    ["another status", answering(404), [500], "GET", 404],
    ["no connection, with 503 in the group", "down", [503], "GET", 200],
    ["no connection, with 500 in the group", "down", [500], "GET", 502],
    ["a status of the group's, to a POST", answering(500), [500], "POST", 500],
    ["a status of the group's, to OPTIONS", answering(500), [500], "OPTIONS", 200],
  ];
  for (const [title, first, codes, method, status] of failovers) {
    it(`${status === 200 ? "asks" : "does not ask"} the second origin after ${title}`, async () => {
      const second = answering(200);
      const edge = await edgeOver({ first, second }, group(codes));
      expect((await edge.get("/", { method })).status).to.equal(status);
      expect(second.asked).to.have.lengthOf(status === 200 ? 1 : 0);
    });
  }

  it("tries a GET again that is not answered in time, a POST not", async () => {
    const origin = new TestOrigin(() => undefined);
    const edge = await edgeOver(
      { web: origin },
      {
        behaviour: uncached,
        origins: {
          web: {
            connectionAttempts: 2,
            customOriginConfig: {
              originProtocolPolicy: "http-only",
              httpPort: 80,
              httpsPort: 443,
              originReadTimeout: 1,
            },
          },
        },
      },
    );
    const [get, post] = await Promise.all([
      edge.get("/"),
      edge.get("/", { method: "POST", body: "x" }),
    ]);
    expect([get.status, post.status]).to.deep.equal([504, 504]);
    expect(origin.asked.map((a) => a.method).sort()).to.deep.equal(["GET", "GET", "POST"]);
  });
});

describe("CloudFront Functions", () => {
  afterEach(endEdges);

  const withFunction = (
    code: string,
    eventType = "viewer-request",
    more: Props = {},
  ): EdgeChange => ({
    behaviour: { ...uncached, functionAssociations: [{ eventType, functionArn: "fn" }], ...more },
    more: (stack) => {
      const inputs = { name: "web", runtime: "cloudfront-js-2.0", code };
      stack.add("aws:cloudfront/function:Function", "web", inputs, { arn: "fn" }, "web");
    },
  });

  it("change the path, the query, headers and cookies that the origin sees", async () => {
    const origin = answering(200);
    const code = `async function handler(event) {
      const { request, viewer, context } = event;
      request.uri += "index.html";
      request.querystring.page = { value: "2" };
      delete request.querystring.drop;
      request.headers["x-viewer"] = { value: viewer.ip };
      request.headers["x-seen"] = { value: [context.eventType, request.method, request.headers.host.value].join(" ") };
      request.cookies.theme.value = "light";
      return request;
    }`;
    const all = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
    const edge = await edgeOver(
      { web: origin },
      withFunction(code, "viewer-request", { originRequestPolicyId: all }),
    );
    await edge.get("/docs/?drop=1&a=1&a=2", { headers: { cookie: "theme=dark" } });
    const [{ url, headers }] = origin.asked as [(typeof origin.asked)[0]];
    expect(url).to.equal("/docs/index.html?a=1&a=2&page=2");
    expect(headers).to.include({
      "x-viewer": "198.51.100.7",
      "x-seen": "viewer-request GET www.example.com",
      cookie: "theme=light",
    });
  });

  it("answer by themselves", async () => {
    const origin = answering(200);
    const code = `import crypto from "crypto";
      function handler() {
        const digest = crypto.createHash("sha256").update("x").digest("hex").slice(0, 8);
        return { statusCode: 302, statusDescription: "Found", headers: { location: { value: "/" + digest } }, cookies: { a: { value: "1", attributes: "Path=/" } } };
      }`;
    const edge = await edgeOver({ web: origin }, withFunction(code));
    const got = await edge.get("/");
    expect([got.status, got.headers.location]).to.deep.equal([302, "/2d711642"]);
    expect(got.headers["set-cookie"]).to.deep.equal(["a=1; Path=/"]);
    expect(got.headers["x-cache"]).to.equal("FunctionGeneratedResponse from cloudfront");
    expect(origin.asked).to.deep.equal([]);
  });

  // prettier-ignore
  const failing: [string, string, number, RegExp][] = [
    ["throw", `function handler() { throw new Error("no luck"); }`, 503, /web failed: no luck/],
    ["never end", "function handler() { for (;;); }", 503, /timed out/],
    ["have no handler", "const x = 1;", 503, /handler is not defined/],
    ["are no JavaScript", "function {", 503, /web failed/],
    ["evaluate text", `function handler() { return eval("1"); }`, 503, /web failed/],
    ["return nothing", "function handler() {}", 502, /returned an invalid value/],
    ["return headers in capitals", `function handler(e) { e.request.headers["X-A"] = { value: "1" }; return e.request; }`, 502, /must be lower case/],
    ["return a header that is not allowed", `function handler(e) { e.request.headers["x-edge-a"] = { value: "1" }; return e.request; }`, 502, /not allowed/],
  ];
  for (const [title, code, status, why] of failing) {
    it(`that ${title} make CloudFront answer ${status}`, async () => {
      const origin = answering(200);
      const edge = await edgeOver({ web: origin }, withFunction(code));
      const got = await edge.get("/");
      const named = status === 503 ? "FunctionExecutionError" : "FunctionValidationError";
      expect([got.status, got.headers["x-cache"]]).to.deep.equal([
        status,
        `${named} from cloudfront`,
      ]);
      const [event] = edge.events.filter((e) => e.kind === "request");
      expect(event?.why).to.match(why);
      expect(origin.asked).to.deep.equal([]);
    });
  }

  it("change an answer's headers, but not those of an error", async () => {
    const code = `function handler({ request, response }) {
      response.headers["x-path"] = { value: request.uri };
      delete response.headers["content-type"];
      response.statusCode = 203;
      return response;
    }`;
    const origin = answering(404, { "/a": "page" });
    const edge = await edgeOver({ web: origin }, withFunction(code, "viewer-response"));
    const got = await edge.get("/a");
    expect([got.status, got.text, got.headers["x-path"]]).to.deep.equal([203, "page", "/a"]);
    expect(got.headers).not.to.have.property("content-type");
    expect((await edge.get("/b")).headers).not.to.have.property("x-path");
  });

  it("write to a log, and see nothing of this process", async () => {
    const code = `function handler(e) {
      console.log("types", typeof process, typeof fetch, typeof setTimeout);
      return e.request;
    }`;
    const edge = await edgeOver({ web: answering(200) }, withFunction(code));
    await edge.get("/");
    expect(edge.events.find((e) => e.kind === "log")).to.deep.include({
      line: "types undefined undefined undefined",
    });
  });

  it("with a key value store are passed over, and a note says so", async () => {
    const code = `import cf from "cloudfront"; const kvs = cf.kvs(); function handler() { return { statusCode: 204 }; }`;
    const edge = await edgeOver({ web: answering(200) }, withFunction(code));
    expect((await edge.get("/")).status).to.equal(200);
    expect(edge.notes.join("\n")).to.match(/CloudFront Function web uses a key value store/);
  });
});

describe("response headers policies", () => {
  afterEach(endEdges);

  const own = (inputs: Props): EdgeChange => ({
    behaviour: { ...uncached, responseHeadersPolicyId: "rhp" },
    more: (stack) => {
      stack.add(
        "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
        "own",
        inputs,
        {},
        "rhp",
      );
    },
  });

  it("set, keep and remove headers as each says", async () => {
    const origin = new TestOrigin((_request, response) => {
      response.writeHead(200, {
        "x-frame-options": "DENY",
        "x-a": "origin",
        "x-b": "origin",
        "x-powered-by": "test",
      });
      response.end();
    });
    const edge = await edgeOver(
      { web: origin },
      own({
        customHeadersConfig: {
          items: [
            { header: "X-A", value: "policy", override: true },
            { header: "X-B", value: "policy", override: false },
          ],
        },
        removeHeadersConfig: { items: [{ header: "X-Powered-By" }] },
        securityHeadersConfig: {
          frameOptions: { frameOption: "SAMEORIGIN", override: false },
          strictTransportSecurity: {
            accessControlMaxAgeSec: 60,
            includeSubdomains: true,
            preload: true,
            override: true,
          },
          contentTypeOptions: { override: true },
          xssProtection: { protection: true, modeBlock: true, override: true },
        },
      }),
    );
    const { headers } = await edge.get("/");
    expect(headers).to.include({
      "x-a": "policy",
      "x-b": "origin",
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "x-xss-protection": "1; mode=block",
      "strict-transport-security": "max-age=60; includeSubDomains; preload",
    });
    expect(headers).not.to.have.property("x-powered-by");
  });

  it("answer pages of the origins they list, and preflight requests in full", async () => {
    const cors = (list: string[]) => ({ items: list });
    const edge = await edgeOver(
      { web: answering(200) },
      own({
        corsConfig: {
          accessControlAllowCredentials: true,
          accessControlAllowOrigins: cors(["https://*.example.org"]),
          accessControlAllowMethods: cors(["GET", "PUT"]),
          accessControlAllowHeaders: cors(["x-token"]),
          accessControlExposeHeaders: cors(["etag"]),
          accessControlMaxAgeSec: 600,
          originOverride: true,
        },
      }),
    );
    const from = (origin: string, more = {}, method = "GET") =>
      edge.get("/", { method, headers: { origin, ...more } });
    const listed = await from("https://a.example.org");
    expect(listed.headers).to.include({
      "access-control-allow-origin": "https://a.example.org",
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "etag",
      vary: "Origin",
    });
    expect(listed.headers).not.to.have.property("access-control-allow-methods");
    const other = await from("https://example.net");
    expect(other.headers).not.to.have.property("access-control-allow-origin");
    const preflight = await from(
      "https://a.example.org",
      { "access-control-request-method": "PUT" },
      "OPTIONS",
    );
    expect(preflight.headers).to.include({
      "access-control-allow-methods": "GET, PUT",
      "access-control-allow-headers": "x-token",
      "access-control-max-age": "600",
    });
  });

  it("of AWS's own are known, and one that is not is a note", async () => {
    const edge = await edgeOver(
      { web: answering(200) },
      {
        behaviour: { ...uncached, responseHeadersPolicyId: "e61eb60c-9c35-4d20-a928-2b84e02af89c" },
      },
    );
    expect(edge.notes.join()).not.to.match(/policy/);
    const { headers } = await edge.get("/", { headers: { origin: "https://example.net" } });
    expect(headers).to.include({
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
    });
    await edge.declare({ behaviour: { ...uncached, responseHeadersPolicyId: "unknown" } });
    expect(edge.notes.join()).to.match(/policy unknown of distribution cdn is neither/);
  });
});
