/** Buckets behind CloudFront: the site of the components, and who S3 lets in. */
import { expect } from "chai";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { evaluate } from "../../local/program";
import type { LocalResource, Props } from "../../local/model/types";
import { distributionArn, edgeOver, endEdges, type EdgeChange } from "./edge-support";
import { call, endServing, projectDir, serving, type Call, type Serving } from "./serving";

const fixture = path.join(projectDir, "test/unit/components/fixtures/site");

describe("the site of the components, served", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "hopwise-site-"));
  let resources: readonly LocalResource[];
  let served: Serving;

  before(async () => {
    const file = readFileSync(path.join(projectDir, "Pulumi.prod.yaml"), "utf8");
    const settings = parse(file) as { config: Props };
    const config = {
      ...settings.config,
      "hopwise:service": { port: 18091, count: 1 },
      "hopwise:site": {
        folder: path.relative(projectDir, fixture),
        paths: ["/api/*"],
        fallback: "index.html",
      },
    };
    const main = path.join(projectDir, "index.ts");
    writeFileSync(
      path.join(folder, "Pulumi.yaml"),
      stringify({ name: "hopwise", runtime: "nodejs", main }),
    );
    writeFileSync(path.join(folder, "Pulumi.site.yaml"), stringify({ config }));
    ({ resources } = await evaluate({ projectDir: folder, stack: "site" }));
    served = await serving(resources);
  });
  after(async () => {
    await endServing();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (url: string, o: Partial<Call> = {}) =>
    call(served, { name: served.front.host, ...o, url: `${served.front.url}${url}` });
  const text = (name: string): string => readFileSync(path.join(fixture, name), "utf8");

  it("delivers files with their types and cache headers, the second time from the cache", async () => {
    for (const result of ["Miss", "Hit"]) {
      const got = await get("/assets/style.css");
      expect([got.status, got.body]).to.deep.equal([200, text("assets/style.css")]);
      expect(got.headers).to.include({
        "content-type": "text/css; charset=utf-8",
        "cache-control": "public, max-age=0, s-maxage=31536000, must-revalidate",
        server: "AmazonS3",
        "x-cache": `${result} from cloudfront`,
        "x-content-type-options": "nosniff",
      });
    }
  });

  it("has the index page for a folder, and the fallback for a path of the application", async () => {
    for (const url of ["/", "/orders/17"]) {
      expect((await get(url)).body).to.equal(text("index.html"));
    }
  });

  it("says that a file is not there", async () => {
    const got = await get("/assets/none.css");
    expect(got.status).to.equal(404);
    expect(got.body).to.match(/<Code>NoSuchKey<\/Code>.*<Key>assets\/none\.css<\/Key>/);
  });

  it("answers 304 to who has the file already, and parts of it", async () => {
    const { headers } = await get("/index.html");
    const etag = String(headers.etag);
    expect((await get("/index.html", { headers: { "if-none-match": etag } })).status).to.equal(304);
    const part = await get("/index.html", { headers: { range: "bytes=0-4" } });
    expect([part.status, part.body]).to.deep.equal([206, text("index.html").slice(0, 5)]);
  });

  it("sends the service's paths to the service, and refuses to write", async () => {
    expect((await get("/api/x")).headers.server).to.match(/nginx|hopwise/);
    expect((await get("/index.html", { method: "PUT", body: "x" })).status).to.equal(403);
  });
});

describe("a bucket behind CloudFront", () => {
  afterEach(endEdges);

  const name = "site-123";
  const bucketArn = `arn:aws:s3:::${name}`;
  const admitting = (arn: string, ...more: object[]): string => {
    const who = {
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": arn } },
    };
    const read = { ...who, Action: "s3:GetObject", Resource: `${bucketArn}/*` };
    return JSON.stringify({ Version: "2012-10-17", Statement: [read, ...more] });
  };
  const listing = {
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:ListBucket",
    Resource: bucketArn,
  };
  const anyone = (open: boolean): Props => ({ restrictPublicBuckets: !open });

  const bucket = (o: {
    policy?: string;
    access?: Props;
    signed?: boolean;
    given?: boolean;
    distribution?: Props;
    originPath?: string;
  }): EdgeChange => ({
    behaviour: { cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
    distribution: o.distribution,
    origins: {
      s3: {
        domainName: `${name}.s3.eu-west-1.amazonaws.com`,
        originPath: o.originPath ?? "",
        ...(o.signed !== false && { originAccessControlId: "oac" }),
      },
    },
    more: (stack) => {
      const oac = { signingBehavior: "always" };
      stack.add("aws:cloudfront/originAccessControl:OriginAccessControl", "oac", oac, {}, "oac");
      if (o.given === true) return;
      stack.add("aws:s3/bucket:Bucket", "site", {}, { bucket: name }, name);
      const object = {
        bucket: name,
        key: "a b.txt",
        content: "content",
        contentType: "text/plain",
      };
      stack.add("aws:s3/bucketObject:BucketObject", "a", { ...object, metadata: { Owner: "me" } });
      const index = { ...object, key: "docs/index.html", content: "docs" };
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "b", index);
      if (o.policy !== undefined) {
        const inputs = { bucket: name, policy: o.policy };
        stack.add("aws:s3/bucketPolicy:BucketPolicy", "site", inputs, {}, name);
      }
      if (o.access) {
        const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
        stack.add(type, "site", { bucket: name, ...o.access });
      }
    },
  });

  const everyone = JSON.stringify({
    Statement: {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `${bucketArn}/*`,
    },
  });
  const other = distributionArn.replace(/.$/, "0");
  // prettier-ignore
  const access: [string, Parameters<typeof bucket>[0], number][] = [
    ["a policy that admits the distribution", { policy: admitting(distributionArn) }, 200],
    ["a policy that admits another distribution", { policy: admitting(other) }, 403],
    ["no policy", {}, 403],
    ["no signature", { policy: admitting(distributionArn), signed: false }, 403],
    ["a policy that admits everyone, public access blocked", { policy: everyone, signed: false }, 403],
    ["a policy that admits everyone, public access allowed", { policy: everyone, signed: false, access: anyone(true) }, 200],
    ["a policy that denies what is not TLS 1.3, to a viewer over TLS", { policy: admitting(distributionArn, { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }) }, 403],
  ];
  for (const [title, settings, status] of access) {
    it(`${status} with ${title}`, async () => {
      const edge = await edgeOver({}, bucket(settings));
      const got = await edge.get("/a%20b.txt");
      expect(got.status).to.equal(status);
      if (status === 200) expect(got.text).to.equal("content");
      else expect(got.text).to.match(/<Code>AccessDenied<\/Code>/);
      expect(got.headers["x-cache"]).to.equal(
        `${status === 200 ? "Miss" : "Error"} from cloudfront`,
      );
    });
  }

  it("tells of metadata, length and digest", async () => {
    const edge = await edgeOver({}, bucket({ policy: admitting(distributionArn) }));
    for (const method of ["GET", "HEAD"]) {
      const { headers } = await edge.get("/a%20b.txt", { method });
      expect(headers).to.include({
        "content-type": "text/plain",
        "content-length": "7",
        // echo -n content | md5sum
        etag: '"9a0364b9e99bb480dd25e1f0284c8555"',
        "x-amz-meta-owner": "me",
        "accept-ranges": "bytes",
      });
    }
  });

  it("hides what is missing from who may not list it, and lists it for who may", async () => {
    const hidden = await edgeOver({}, bucket({ policy: admitting(distributionArn) }));
    expect((await hidden.get("/none")).status).to.equal(403);
    expect((await hidden.get("/")).status).to.equal(403);
    const listed = await edgeOver({}, bucket({ policy: admitting(distributionArn, listing) }));
    expect((await listed.get("/none")).status).to.equal(404);
    expect((await listed.get("/")).text).to.match(
      /<Key>a b.txt<\/Key>.*<Key>docs\/index.html<\/Key>/,
    );
  });

  it("has a default root object, below the origin's path", async () => {
    const edge = await edgeOver(
      {},
      bucket({
        policy: admitting(distributionArn, listing),
        originPath: "/docs",
        distribution: { defaultRootObject: "index.html" },
      }),
    );
    expect((await edge.get("/?x=1")).text).to.equal("docs");
    expect((await edge.get("/other/")).status).to.equal(404);
  });

  it("has objects of a folder, and nothing outside of it", async () => {
    const edge = await edgeOver({}, bucket({ given: true }));
    mkdirSync(path.join(edge.s3Dir, name), { recursive: true });
    writeFileSync(path.join(edge.s3Dir, name, "page.html"), "from the folder");
    writeFileSync(path.join(edge.s3Dir, "secret.txt"), "not for viewers");
    const got = await edge.get("/page.html");
    expect([got.text, got.headers["content-type"]]).to.deep.equal(["from the folder", "text/html"]);
    for (const way of ["/..%2Fsecret.txt", "/%2e%2e/secret.txt", "/a/..%2f..%2fsecret.txt"]) {
      expect((await edge.get(way)).status, way).to.equal(403);
    }
    expect(edge.notes.join()).to.match(/The bucket site-123 is given/);
  });
});
