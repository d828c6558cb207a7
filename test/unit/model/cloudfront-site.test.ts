/** What a static site needs at CloudFront and in its bucket: refusals, changes, what is in use. */
import { expect } from "chai";
import * as t from "../../../local/model/tokens";
import { UNKNOWN, type Props } from "../../../local/types";
import { make, scene, type Scene } from "./scene";
import { codesOf, refusalsOf, withValues } from "./support";

const valid: Readonly<Record<string, (s: Scene) => Props>> = {
  [t.ORIGIN_ACCESS_CONTROL]: () => ({
    ...{ name: "site", originAccessControlOriginType: "s3" },
    ...{ signingBehavior: "always", signingProtocol: "sigv4" },
  }),
  [t.CLOUDFRONT_FUNCTION]: () => ({
    ...{ name: "rewrite", runtime: "cloudfront-js-2.0" },
    code: "function handler(event) { return event.request; }",
  }),
  [t.CACHE_POLICY]: () => ({
    ...{ name: "site", minTtl: 1, defaultTtl: 60, maxTtl: 3600 },
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
    },
  }),
  [t.BUCKET_OBJECT]: (s) => ({
    ...{ bucket: s.ids.bucket, key: "index.html", content: "<h1>Hello</h1>" },
    ...{ contentType: "text/html", serverSideEncryption: "AES256" },
  }),
};
const types = Object.keys(valid);
const inputsOf = (s: Scene, type: string): Props => valid[type]?.(s) ?? {};
const short = (type: string): string => type.split(":").pop() ?? "";

/** An object's key of so many bytes. */
const key = (length: number): string => "k".repeat(length);
/** A function's code of so many bytes; the last letter has two of them. */
const code = (length: number): string => `${"/".repeat(length - 2)}é`;

const refused: [type: string, path: string, value: unknown, code: string, says?: RegExp][] = [
  [t.ORIGIN_ACCESS_CONTROL, "signingBehavior", undefined, "MissingRequiredProperty"],
  [t.ORIGIN_ACCESS_CONTROL, "signingProtocol", undefined, "MissingRequiredProperty"],
  [t.ORIGIN_ACCESS_CONTROL, "originAccessControlOriginType", undefined, "MissingRequiredProperty"],
  [t.ORIGIN_ACCESS_CONTROL, "originAccessControlOriginType", "S3", "ValidationError"],
  [t.ORIGIN_ACCESS_CONTROL, "signingBehavior", "sometimes", "ValidationError", /no-override/],
  [t.ORIGIN_ACCESS_CONTROL, "signingProtocol", "sigv2", "ValidationError", /sigv4/],
  [t.CLOUDFRONT_FUNCTION, "code", undefined, "MissingRequiredProperty"],
  [t.CLOUDFRONT_FUNCTION, "runtime", undefined, "MissingRequiredProperty"],
  [t.CLOUDFRONT_FUNCTION, "runtime", "nodejs20.x", "ValidationError", /cloudfront-js-2\.0/],
  [t.CLOUDFRONT_FUNCTION, "code", code(10_241), "FunctionSizeLimitExceeded", /10240 bytes/],
  [
    t.CACHE_POLICY,
    "parametersInCacheKeyAndForwardedToOrigin",
    undefined,
    "MissingRequiredProperty",
  ],
  [t.CACHE_POLICY, "minTtl", 61, "InvalidArgument", /order of size/],
  [t.CACHE_POLICY, "maxTtl", 59, "InvalidArgument", /order of size/],
  // A day, which is what the provider sends, is longer than the longest time.
  [t.CACHE_POLICY, "defaultTtl", undefined, "InvalidArgument"],
  [t.BUCKET_OBJECT, "bucket", undefined, "MissingRequiredProperty"],
  [t.BUCKET_OBJECT, "key", undefined, "MissingRequiredProperty"],
  [t.BUCKET_OBJECT, "bucket", "No", "NoSuchBucket", /does not exist: No/],
  [t.BUCKET_OBJECT, "key", key(1025), "KeyTooLongError"],
  [t.BUCKET_OBJECT, "serverSideEncryption", "aws:s3", "ValidationError", /aws:kms/],
];

/** As far as one may go. */
const accepted: [type: string, path: string, value: unknown][] = [
  [t.ORIGIN_ACCESS_CONTROL, "signingBehavior", "no-override"],
  [t.CLOUDFRONT_FUNCTION, "code", code(10_240)],
  [t.CACHE_POLICY, "minTtl", 60],
  [t.CACHE_POLICY, "maxTtl", 60],
  [t.CACHE_POLICY, "maxTtl", undefined],
  [t.BUCKET_OBJECT, "key", key(1024)],
  [t.BUCKET_OBJECT, "serverSideEncryption", "aws:kms:dsse"],
];

describe("a static site's resources are refused", () => {
  for (const [type, path, value, expected, says] of refused) {
    it(`${short(type)}: ${path} ${String(value).slice(0, 20)}`, () => {
      const s = scene();
      const inputs = inputsOf(s, type);
      const wrong = withValues(inputs, { [path]: value });
      const refusals = refusalsOf(() => make(s.account, type, "subject", wrong));
      expect(refusals.map((r) => r.code)).to.deep.equal([expected]);
      expect(refusals[0]?.property).to.equal(
        path === "minTtl" || path === "maxTtl" ? "defaultTtl" : path,
      );
      if (says) expect(refusals[0]?.message).to.match(says);
      if (expected !== "MissingRequiredProperty") {
        expect(refusals[0]?.source).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
      }
      expect(codesOf(() => make(s.account, type, "subject", inputs))).to.deep.equal([]);
    });
  }

  for (const [type, path, value] of accepted) {
    it(`but not ${short(type)}: ${path} ${String(value).slice(0, 20)}`, () => {
      const s = scene();
      const inputs = withValues(inputsOf(s, type), { [path]: value });
      expect(codesOf(() => make(s.account, type, "subject", inputs))).to.deep.equal([]);
    });
  }

  const taken: [type: string, code: string][] = [
    [t.ORIGIN_ACCESS_CONTROL, "OriginAccessControlAlreadyExists"],
    [t.CLOUDFRONT_FUNCTION, "FunctionAlreadyExists"],
    [t.CACHE_POLICY, "CachePolicyAlreadyExists"],
  ];
  for (const [type, expected] of taken) {
    it(`${short(type)}: a name that is taken, until its owner is gone`, () => {
      const s = scene();
      const inputs = inputsOf(s, type);
      const first = make(s.account, type, "first", inputs);
      const second = () => make(s.account, type, "second", inputs);
      expect(codesOf(second)).to.deep.equal([expected]);
      // Its own name is not in its way.
      const change = withValues(inputs, { comment: "c" });
      expect(codesOf(() => s.account.update(type, first.id, change))).to.deep.equal([]);
      s.account.delete(type, first.id);
      expect(codesOf(second)).to.deep.equal([]);
    });

    it(`${short(type)}: not without a name, however often`, () => {
      const s = scene();
      const inputs = withValues(inputsOf(s, type), { name: undefined });
      const names = ["a", "a", "b"].map((n) => make(s.account, type, n, inputs).outputs.name);
      expect(new Set(names).size).to.equal(3);
      for (const name of names) expect(name).to.match(/^[ab]-[0-9a-f]{7}$/);
    });
  }

  it("not for what is not known yet", () => {
    const s = scene();
    for (const type of types) {
      for (const path of Object.keys(inputsOf(s, type))) {
        const inputs = withValues(inputsOf(s, type), { [path]: UNKNOWN });
        expect(s.account.check(type, inputs), `${type} ${path}`).to.deep.equal([]);
      }
    }
  });
});

const changes: [type: string, path: string, value: unknown, replaces: boolean][] = [
  [t.ORIGIN_ACCESS_CONTROL, "signingBehavior", "never", false],
  [t.ORIGIN_ACCESS_CONTROL, "name", "other", false],
  [t.CLOUDFRONT_FUNCTION, "name", "other", true],
  [t.CLOUDFRONT_FUNCTION, "code", "function handler() {}", false],
  [t.CLOUDFRONT_FUNCTION, "runtime", "cloudfront-js-1.0", false],
  [t.CACHE_POLICY, "maxTtl", 7200, false],
  [t.CACHE_POLICY, "name", "other", false],
  [t.BUCKET_OBJECT, "bucket", "other-bucket", true],
  [t.BUCKET_OBJECT, "key", "other.html", true],
  [t.BUCKET_OBJECT, "content", "<h1>Bye</h1>", false],
  [t.BUCKET_OBJECT, "cacheControl", "no-cache", false],
];

describe("changes of a static site's resources", () => {
  for (const [type, path, value, replaces] of changes) {
    it(`${short(type)}.${path} ${replaces ? "replaces" : "is made in place"}`, () => {
      const s = scene();
      const inputs = inputsOf(s, type);
      const changed = withValues(inputs, { [path]: value });
      expect(s.account.diff(type, "id", inputs, changed)).to.deep.equal({
        changed: [path],
        replaces: replaces ? [path] : [],
      });
      const { id } = make(s.account, type, "subject", inputs);
      const codes = codesOf(() => s.account.update(type, id, changed));
      expect(codes).to.deep.equal(replaces ? ["ValidationError"] : []);
      if (!replaces) expect(s.account.read(type, id)?.outputs).to.deep.include({ [path]: value });
    });
  }

  it("none where a cache policy writes out what the provider assumes", () => {
    const s = scene();
    const inputs = withValues(inputsOf(s, t.CACHE_POLICY), { maxTtl: undefined });
    const written = { ...inputs, maxTtl: 31_536_000 };
    expect(s.account.diff(t.CACHE_POLICY, "id", inputs, written).changed).to.deep.equal([]);
  });

  it("an object has another ETag with another content, and only then", () => {
    const s = scene();
    const inputs = inputsOf(s, t.BUCKET_OBJECT);
    const { id, outputs } = make(s.account, t.BUCKET_OBJECT, "index", inputs);
    const update = (change: Props) =>
      s.account.update(t.BUCKET_OBJECT, id, { ...inputs, ...change }).etag;
    expect(outputs.etag).to.match(/^[0-9a-f]{32}$/);
    expect(update({ cacheControl: "no-cache" })).to.equal(outputs.etag);
    expect(update({ content: "<h1>Bye</h1>" })).to.not.equal(outputs.etag);
    expect(update({})).to.equal(outputs.etag);
  });

  it("ids and ARNs are as AWS writes them", () => {
    const s = scene();
    const made = Object.fromEntries(
      types.map((type) => [type, make(s.account, type, "subject", inputsOf(s, type))]),
    );
    const account = "arn:aws:cloudfront::123456789012";
    expect(made[t.ORIGIN_ACCESS_CONTROL]?.id).to.match(/^E[0-9A-F]{13}$/);
    expect(made[t.ORIGIN_ACCESS_CONTROL]?.outputs.arn).to.equal(
      `${account}:origin-access-control/${made[t.ORIGIN_ACCESS_CONTROL]?.id ?? ""}`,
    );
    expect(made[t.CLOUDFRONT_FUNCTION]).to.deep.include({ id: "rewrite" });
    expect(made[t.CLOUDFRONT_FUNCTION]?.outputs.arn).to.equal(`${account}:function/rewrite`);
    expect(made[t.CACHE_POLICY]?.id).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const bucket = s.ids.bucket ?? "";
    expect(made[t.BUCKET_OBJECT]?.id).to.equal(`${bucket}/index.html`);
    expect(made[t.BUCKET_OBJECT]?.outputs.arn).to.equal(`arn:aws:s3:::${bucket}/index.html`);
  });
});

/** Where a distribution names each of them. */
const places: [type: string, path: string, by: "id" | "arn", code: string][] = [
  [t.ORIGIN_ACCESS_CONTROL, "origins[0].originAccessControlId", "id", "OriginAccessControlInUse"],
  [t.CACHE_POLICY, "defaultCacheBehavior.cachePolicyId", "id", "CachePolicyInUse"],
  [t.CACHE_POLICY, "orderedCacheBehaviors[0].cachePolicyId", "id", "CachePolicyInUse"],
  [
    t.CLOUDFRONT_FUNCTION,
    "defaultCacheBehavior.functionAssociations[0].functionArn",
    "arn",
    "FunctionInUse",
  ],
  [
    t.CLOUDFRONT_FUNCTION,
    "orderedCacheBehaviors[0].functionAssociations[0].functionArn",
    "arn",
    "FunctionInUse",
  ],
];

/** A distribution as the scene's, with a second behaviour, that names something at a path. */
function naming(s: Scene, path: string, value: unknown): Props {
  const inputs = s.valid(t.DISTRIBUTION);
  const second = { ...(inputs.defaultCacheBehavior as Props), pathPattern: "/site/*" };
  const associated = { eventType: "viewer-request" };
  const lists = {
    "defaultCacheBehavior.functionAssociations": [{ ...associated }],
    "orderedCacheBehaviors[0].functionAssociations": [{ ...associated }],
  };
  const list = Object.entries(lists).filter(([at]) => path.startsWith(at));
  const base = withValues(inputs, { orderedCacheBehaviors: [second] });
  return withValues(base, { ...Object.fromEntries(list), [path]: value });
}

describe("what a distribution uses cannot be deleted", () => {
  for (const [type, path, by, expected] of places) {
    it(`${short(type)} at ${path}: ${expected}`, () => {
      const s = scene();
      const used = make(s.account, type, "used", inputsOf(s, type));
      const spare = make(
        s.account,
        type,
        "spare",
        withValues(inputsOf(s, type), { name: "spare" }),
      );
      const value = by === "id" ? used.id : used.outputs.arn;
      const front = make(s.account, t.DISTRIBUTION, "front", naming(s, path, value));
      const remove = (id: string) => () => {
        s.account.delete(type, id);
      };
      expect(codesOf(remove(spare.id))).to.deep.equal([]);
      const [refusal] = refusalsOf(remove(used.id));
      expect(refusal?.code).to.equal(expected);
      expect(refusal?.message).to.include(front.id);
      s.account.delete(t.DISTRIBUTION, front.id);
      expect(codesOf(remove(used.id))).to.deep.equal([]);
    });
  }

  it("nor a bucket with an object in it, unless the provider may empty it", () => {
    const s = scene();
    const bucket = make(s.account, t.BUCKET, "site", { bucket: "site-of-mine" });
    const { id } = make(s.account, t.BUCKET_OBJECT, "index", {
      ...inputsOf(s, t.BUCKET_OBJECT),
      bucket: bucket.id,
    });
    const remove = () => {
      s.account.delete(t.BUCKET, bucket.id);
    };
    expect(codesOf(remove)).to.deep.equal(["BucketNotEmpty"]);
    s.account.delete(t.BUCKET_OBJECT, id);
    expect(codesOf(remove)).to.deep.equal([]);
    const emptied = make(s.account, t.BUCKET, "emptied", { bucket: "another", forceDestroy: true });
    make(s.account, t.BUCKET_OBJECT, "left", {
      ...inputsOf(s, t.BUCKET_OBJECT),
      bucket: emptied.id,
    });
    const removeEmptied = () => {
      s.account.delete(t.BUCKET, emptied.id);
    };
    expect(codesOf(removeEmptied)).to.deep.equal([]);
  });
});
