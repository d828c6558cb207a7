import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vm from "node:vm";
import { expect } from "chai";
import { H1ViaCloudfront, type SiteArgs } from "../../../components";
import { planPath } from "../../../components/variants/pathPlan";
import { cacheControlOf, contentTypeOf, readSite } from "../../../components/site/siteFiles";
import { frontFunctionCode } from "../../../path/frontFunction";
import type { Props } from "../../../local/model/types";
import { placement, recorded, service } from "./record";

const folder = path.join(__dirname, "fixtures/site");
const domain = { name: "app.example.com", zoneName: "example.com" };
const site: SiteArgs = { folder, paths: ["/api/*"] };
const build = (args: Partial<SiteArgs> = {}) =>
  recorded(H1ViaCloudfront, { placement, service, domain, site: { ...site, ...args } });

const immutable = "public, max-age=31536000, immutable";
const asked = "public, max-age=0, s-maxage=31536000, must-revalidate";

describe("static site", () => {
  it("is absent without the argument", async () => {
    const made = await recorded(H1ViaCloudfront, { placement, service, domain });
    for (const type of [
      "Bucket",
      "BucketObjectv2",
      "OriginAccessControl",
      "Function",
      "CachePolicy",
    ]) {
      expect(made.all(type), type).to.deep.equal([]);
    }
    const distribution = made.one("Distribution").inputs;
    expect(distribution).not.to.have.any.keys("orderedCacheBehaviors", "defaultRootObject");
    expect(distribution.origins).to.have.lengthOf(1);
  });

  it("uploads every file but hidden ones, with type and cache header", async () => {
    const made = await build();
    const objects = made
      .all("BucketObjectv2")
      .map(({ inputs }) => [inputs.key, inputs.contentType, inputs.cacheControl])
      .sort();
    expect(objects).to.deep.equal([
      [".well-known/security.txt", "text/plain; charset=utf-8", asked],
      ["assets/app-3f9a1c2e.js", "text/javascript; charset=utf-8", immutable],
      ["assets/style.css", "text/css; charset=utf-8", asked],
      ["index.html", "text/html; charset=utf-8", asked],
    ]);
  });

  it("keeps the bucket private, encrypted, versioned, and TLS only", async () => {
    const made = await build();
    expect(made.one("BucketPublicAccessBlock").inputs).to.include({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(made.one("BucketOwnershipControls").inputs.rule).to.deep.equal({
      objectOwnership: "BucketOwnerEnforced",
    });
    expect(made.one("BucketVersioning").inputs.versioningConfiguration).to.deep.equal({
      status: "Enabled",
    });
    const policy = JSON.parse(made.one("BucketPolicy").inputs.policy as string) as {
      Statement: Props[];
    };
    const arn = String(made.one("Bucket").outputs.arn);
    const reader = {
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": made.one("Distribution").outputs.arn } },
    };
    expect(policy.Statement).to.deep.equal([
      { Sid: "Read", Effect: "Allow", ...reader, Action: "s3:GetObject", Resource: `${arn}/*` },
      {
        Sid: "TellMissingFiles",
        Effect: "Allow",
        ...reader,
        Action: "s3:ListBucket",
        Resource: arn,
      },
      {
        Sid: "OnlyTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("answers by default, and its paths go to the service", async () => {
    const { inputs } = (await build()).one("Distribution");
    expect((inputs.defaultCacheBehavior as Props).targetOriginId).to.equal("site");
    const behaviors = inputs.orderedCacheBehaviors as Props[];
    expect(behaviors.map((b) => [b.pathPattern, b.targetOriginId])).to.deep.equal([
      ["/api/*", "load-balancer"],
    ]);
    expect(inputs.defaultRootObject).to.equal("index.html");
  });

  it("or the reverse", async () => {
    const made = await build({ byDefault: "service", paths: ["/docs/*", "/assets/*"] });
    const { inputs } = made.one("Distribution");
    expect((inputs.defaultCacheBehavior as Props).targetOriginId).to.equal("load-balancer");
    const behaviors = inputs.orderedCacheBehaviors as Props[];
    expect(behaviors.map((b) => [b.pathPattern, b.targetOriginId])).to.deep.equal([
      ["/docs/*", "site"],
      ["/assets/*", "site"],
    ]);
    expect(inputs).not.to.have.property("defaultRootObject");
  });

  it("signs the requests to the bucket, adds security headers, and sends no secret there", async () => {
    const made = await build();
    const { inputs } = made.one("Distribution");
    const origin = (inputs.origins as Props[]).find((o) => o.originId === "site");
    expect(origin?.originAccessControlId).to.equal(made.one("OriginAccessControl").id);
    expect(origin).not.to.have.any.keys("customHeaders", "s3OriginConfig");
    expect((inputs.defaultCacheBehavior as Props).responseHeadersPolicyId).to.be.a("string");
  });

  it("starts with an empty cache exactly when the content changes", async () => {
    const copy = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-site-"));
    try {
      fs.cpSync(folder, copy, { recursive: true });
      const before = readSite(folder).digest;
      expect(readSite(copy).digest, "another place, the same content").to.equal(before);
      fs.appendFileSync(path.join(copy, "index.html"), "more");
      const changed = readSite(copy).digest;
      expect(changed).not.to.equal(before);
      fs.renameSync(path.join(copy, "index.html"), path.join(copy, "home.html"));
      expect(readSite(copy).digest).not.to.equal(changed);
    } finally {
      fs.rmSync(copy, { recursive: true });
    }
    const made = await build();
    expect(made.one("Function").inputs.code).to.include(readSite(folder).digest);
    const key = made.one("CachePolicy").inputs.parametersInCacheKeyAndForwardedToOrigin as Props;
    expect(key.headersConfig).to.deep.equal({
      headerBehavior: "whitelist",
      headers: { items: ["x-hopwise-release"] },
    });
  });

  describe("the function", () => {
    type Headers = Record<string, { value: string }>;
    /** Runs the code as CloudFront would, and returns what becomes of the request. */
    const run = (uri: string, fallback?: string, headers: Headers = {}) => {
      const code = frontFunctionCode({ site: { digest: "d1", fallback } });
      const event = JSON.stringify({ request: { uri, headers } });
      return vm.runInNewContext(`${code}\nhandler(${event})`) as { uri: string; headers: Headers };
    };
    const rows: [string, string | undefined, string][] = [
      ["/", undefined, "/index.html"],
      ["/docs/", undefined, "/docs/index.html"],
      ["/docs/page.html", undefined, "/docs/page.html"],
      ["/orders/17", undefined, "/orders/17"],
      ["/orders/17", "index.html", "/index.html"],
      ["/assets/app.js", "index.html", "/assets/app.js"],
      ["/", "index.html", "/index.html"],
      ["/orders/17", "app/shell.html", "/app/shell.html"],
    ];
    for (const [uri, fallback, becomes] of rows) {
      it(`${uri} with ${fallback ?? "no fallback"} becomes ${becomes}`, () => {
        const request = run(uri, fallback);
        expect(request.uri).to.equal(becomes);
        expect(request.headers["x-hopwise-release"]?.value).to.equal("d1");
      });
    }

    it("overwrites what a viewer sends, so that nobody chooses the cache key", () => {
      const { headers } = run("/", undefined, { "x-hopwise-release": { value: "evil" } });
      expect(headers["x-hopwise-release"]?.value).to.equal("d1");
    });
  });

  describe("cache headers", () => {
    for (const [key, expected] of [
      ["assets/index-BvX2_k9Q.css", immutable],
      ["main.3f9a1c2e.js.map", immutable],
      ["index.html", asked],
      ["some-component.js", asked],
      ["sw.js", asked],
      ["photo-20240101.jpg", asked],
    ] as const) {
      it(`${key}: ${expected}`, () => {
        expect(cacheControlOf(key)).to.equal(expected);
      });
    }
  });

  it("calls what it does not know a stream of bytes", () => {
    expect(contentTypeOf("LICENSE")).to.equal("application/octet-stream");
    expect(contentTypeOf("x.wasm")).to.equal("application/wasm");
  });

  const refused: [string, SiteArgs, string][] = [
    [
      "a folder that is not there",
      { folder: "nowhere", paths: ["/api/*"] },
      "there is no folder nowhere",
    ],
    ["no path at all", { folder, paths: [] }, "site.paths is empty"],
    ["a path without its slash", { folder, paths: ["api/*"] }, '"/api/*"'],
    ["a fallback that is no file", { ...site, fallback: "app.html" }, "there is no file app.html"],
  ];
  for (const [of, args, says] of refused) {
    it(`refuses ${of} before anything exists`, () => {
      expect(() => planPath("h1-via-cloudfront", "web", { domain, site: args })).to.throw(says);
    });
  }
});
