/** What a static site needs at CloudFront and in its bucket: refusals, changes, what is in use. */
import { expect } from "chai";
import { token } from "../../../topology/tokens";
import { UNKNOWN, type Props } from "../../../local/model/types";
import { make, scene, type Scene } from "./scene";
import { codesOf, refusalsOf, withValues } from "./support";
import { checkInputs, diffInputs } from "../../../local/model/inputs";

const valid: Readonly<Record<string, (s: Scene) => Props>> = {
  [token.originAccessControl]: () => ({
    name: "site",
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  }),
  [token.cloudfrontFunction]: () => ({
    name: "rewrite",
    runtime: "cloudfront-js-2.0",
    code: "function handler(event) { return event.request; }",
  }),
  [token.cachePolicy]: () => ({
    name: "site",
    minTtl: 1,
    defaultTtl: 60,
    maxTtl: 3600,
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
    },
  }),
  [token.bucketObject]: (s) => ({
    bucket: s.ids.bucket,
    key: "index.html",
    content: "<h1>Hello</h1>",
    contentType: "text/html",
    serverSideEncryption: "AES256",
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
  [token.originAccessControl, "signingBehavior", undefined, "MissingRequiredProperty"],
  [token.originAccessControl, "signingProtocol", undefined, "MissingRequiredProperty"],
  [
    token.originAccessControl,
    "originAccessControlOriginType",
    undefined,
    "MissingRequiredProperty",
  ],
  [token.originAccessControl, "originAccessControlOriginType", "S3", "ValidationError"],
  [token.originAccessControl, "signingBehavior", "sometimes", "ValidationError", /no-override/],
  [token.originAccessControl, "signingProtocol", "sigv2", "ValidationError", /sigv4/],
  [token.cloudfrontFunction, "code", undefined, "MissingRequiredProperty"],
  [token.cloudfrontFunction, "runtime", undefined, "MissingRequiredProperty"],
  [token.cloudfrontFunction, "runtime", "nodejs20.x", "ValidationError", /cloudfront-js-2\.0/],
  [token.cloudfrontFunction, "code", code(10_241), "FunctionSizeLimitExceeded", /10240 bytes/],
  [
    token.cachePolicy,
    "parametersInCacheKeyAndForwardedToOrigin",
    undefined,
    "MissingRequiredProperty",
  ],
  [token.cachePolicy, "minTtl", 61, "InvalidArgument", /order of size/],
  [token.cachePolicy, "maxTtl", 59, "InvalidArgument", /order of size/],
  // A day, which is what the provider sends, is longer than the longest time.
  [token.cachePolicy, "defaultTtl", undefined, "InvalidArgument"],
  [token.bucketObject, "bucket", undefined, "MissingRequiredProperty"],
  [token.bucketObject, "key", undefined, "MissingRequiredProperty"],
  [token.bucketObject, "bucket", "No", "NoSuchBucket", /does not exist: No/],
  [token.bucketObject, "key", key(1025), "KeyTooLongError"],
  [token.bucketObject, "serverSideEncryption", "aws:s3", "ValidationError", /aws:kms/],
];

/** As far as one may go. */
const accepted: [type: string, path: string, value: unknown][] = [
  [token.originAccessControl, "signingBehavior", "no-override"],
  [token.cloudfrontFunction, "code", code(10_240)],
  [token.cachePolicy, "minTtl", 60],
  [token.cachePolicy, "maxTtl", 60],
  [token.cachePolicy, "maxTtl", undefined],
  [token.bucketObject, "key", key(1024)],
  [token.bucketObject, "serverSideEncryption", "aws:kms:dsse"],
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
    [token.originAccessControl, "OriginAccessControlAlreadyExists"],
    [token.cloudfrontFunction, "FunctionAlreadyExists"],
    [token.cachePolicy, "CachePolicyAlreadyExists"],
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
        expect(checkInputs(type, inputs), `${type} ${path}`).to.deep.equal([]);
      }
    }
  });
});

const changes: [type: string, path: string, value: unknown, replaces: boolean][] = [
  [token.originAccessControl, "signingBehavior", "never", false],
  [token.originAccessControl, "name", "other", false],
  [token.cloudfrontFunction, "name", "other", true],
  [token.cloudfrontFunction, "code", "function handler() {}", false],
  [token.cloudfrontFunction, "runtime", "cloudfront-js-1.0", false],
  [token.cachePolicy, "maxTtl", 7200, false],
  [token.cachePolicy, "name", "other", false],
  [token.bucketObject, "bucket", "other-bucket", true],
  [token.bucketObject, "key", "other.html", true],
  [token.bucketObject, "content", "<h1>Bye</h1>", false],
  [token.bucketObject, "cacheControl", "no-cache", false],
];

describe("changes of a static site's resources", () => {
  for (const [type, path, value, replaces] of changes) {
    it(`${short(type)}.${path} ${replaces ? "replaces" : "is made in place"}`, () => {
      const s = scene();
      const inputs = inputsOf(s, type);
      const changed = withValues(inputs, { [path]: value });
      expect(diffInputs(type, inputs, changed)).to.deep.equal({
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
    const inputs = withValues(inputsOf(s, token.cachePolicy), { maxTtl: undefined });
    const written = { ...inputs, maxTtl: 31_536_000 };
    expect(diffInputs(token.cachePolicy, inputs, written).changed).to.deep.equal([]);
  });

  it("an object has another ETag with another content, and only then", () => {
    const s = scene();
    const inputs = inputsOf(s, token.bucketObject);
    const { id, outputs } = make(s.account, token.bucketObject, "index", inputs);
    const update = (change: Props) =>
      s.account.update(token.bucketObject, id, { ...inputs, ...change }).etag;
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
    expect(made[token.originAccessControl]?.id).to.match(/^E[0-9A-F]{13}$/);
    expect(made[token.originAccessControl]?.outputs.arn).to.equal(
      `${account}:origin-access-control/${made[token.originAccessControl]?.id ?? ""}`,
    );
    expect(made[token.cloudfrontFunction]).to.deep.include({ id: "rewrite" });
    expect(made[token.cloudfrontFunction]?.outputs.arn).to.equal(`${account}:function/rewrite`);
    expect(made[token.cachePolicy]?.id).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const bucket = s.ids.bucket ?? "";
    expect(made[token.bucketObject]?.id).to.equal(`${bucket}/index.html`);
    expect(made[token.bucketObject]?.outputs.arn).to.equal(`arn:aws:s3:::${bucket}/index.html`);
  });
});

/** Where a distribution names each of them. */
const places: [type: string, path: string, by: "id" | "arn", code: string][] = [
  [token.originAccessControl, "origins[0].originAccessControlId", "id", "OriginAccessControlInUse"],
  [token.cachePolicy, "defaultCacheBehavior.cachePolicyId", "id", "CachePolicyInUse"],
  [token.cachePolicy, "orderedCacheBehaviors[0].cachePolicyId", "id", "CachePolicyInUse"],
  [
    token.cloudfrontFunction,
    "defaultCacheBehavior.functionAssociations[0].functionArn",
    "arn",
    "FunctionInUse",
  ],
  [
    token.cloudfrontFunction,
    "orderedCacheBehaviors[0].functionAssociations[0].functionArn",
    "arn",
    "FunctionInUse",
  ],
];

/** A distribution as the scene's, with a second behaviour, that names something at a path. */
function naming(s: Scene, path: string, value: unknown): Props {
  const inputs = s.valid(token.distribution);
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
      const front = make(s.account, token.distribution, "front", naming(s, path, value));
      const remove = (id: string) => () => {
        s.account.delete(type, id);
      };
      expect(codesOf(remove(spare.id))).to.deep.equal([]);
      const [refusal] = refusalsOf(remove(used.id));
      expect(refusal?.code).to.equal(expected);
      expect(refusal?.message).to.include(front.id);
      s.account.delete(token.distribution, front.id);
      expect(codesOf(remove(used.id))).to.deep.equal([]);
    });
  }

  it("nor a bucket with an object in it, unless the provider may empty it", () => {
    const s = scene();
    const bucket = make(s.account, token.bucket, "site", { bucket: "site-of-mine" });
    const { id } = make(s.account, token.bucketObject, "index", {
      ...inputsOf(s, token.bucketObject),
      bucket: bucket.id,
    });
    const remove = () => {
      s.account.delete(token.bucket, bucket.id);
    };
    expect(codesOf(remove)).to.deep.equal(["BucketNotEmpty"]);
    s.account.delete(token.bucketObject, id);
    expect(codesOf(remove)).to.deep.equal([]);
    const emptied = make(s.account, token.bucket, "emptied", {
      bucket: "another",
      forceDestroy: true,
    });
    make(s.account, token.bucketObject, "left", {
      ...inputsOf(s, token.bucketObject),
      bucket: emptied.id,
    });
    const removeEmptied = () => {
      s.account.delete(token.bucket, emptied.id);
    };
    expect(codesOf(removeEmptied)).to.deep.equal([]);
  });
});
