/** Origin access controls, functions and cache policies of distributions. */
import { maxFunctionBytes } from "../../../path/frontFunction";
import { LocalResource, Refusal } from "../types";
import { arn } from "../ids";
import { numberAt, textAt, textsAt, valuesAt } from "../props";
import { Candidate, others, ResourceModel, AccountView } from "../row";
import { type InputRule, oneOf } from "../rules";
import { token } from "../../../topology/tokens";

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";
const api = "https://docs.aws.amazon.com/cloudfront/latest/APIReference";
const cacheKeyPage = `${guide}/cache-key-understand-cache-policy.html`;

/** Refuses to delete a resource that a distribution names at one of these property paths. */
function usedAt(paths: readonly string[], code: string, key: "id" | "arn") {
  return (resource: LocalResource, account: AccountView): Refusal[] => {
    const own = key === "id" ? resource.id : textAt(resource.outputs, "arn");
    const users = account
      .all(token.distribution)
      .filter((d) => paths.some((path) => textsAt(d.outputs, path).includes(own ?? "")));
    return users.length === 0
      ? []
      : [{ code, message: `${own ?? ""} is used by ${users.map((d) => d.id).join(", ")}.` }];
  };
}

/** Refuses a name that another resource of the type has: names are unique in an account. */
function nameTaken(code: string, source: string) {
  return (candidate: Candidate, account: AccountView): Refusal[] => {
    const name = textAt(candidate.inputs, "name");
    return others(candidate, account).some((o) => textAt(o.outputs, "name") === name)
      ? [{ code, message: `The name ${name ?? ""} is taken.`, property: "name", source }]
      : [];
  };
}

const behaviors = ["defaultCacheBehavior", "orderedCacheBehaviors[]"];
const etag = (candidate: Candidate): string => `E${candidate.hex(12).toUpperCase()}`;

export const originAccessControl: ResourceModel = {
  type: token.originAccessControl,
  required: ["originAccessControlOriginType", "signingBehavior", "signingProtocol"],
  autoName: { property: "name", maxLength: 64 },
  rules: [
    oneOf("originAccessControlOriginType", ["s3", "mediastore", "mediapackagev2", "lambda"], {
      source: `${api}/API_OriginAccessControlConfig.html`,
    }),
    oneOf("signingBehavior", ["never", "always", "no-override", "always-amz-auth"], {
      source: `${api}/API_OriginAccessControlConfig.html`,
    }),
    oneOf("signingProtocol", ["sigv4", "sigv4a"], {
      source: `${api}/API_OriginAccessControlConfig.html`,
    }),
  ],
  refuse: nameTaken(
    "OriginAccessControlAlreadyExists",
    `${api}/API_CreateOriginAccessControl.html`,
  ),
  outputs: (candidate, account) => {
    const id = `E${candidate.hex(13).toUpperCase()}`;
    return {
      id,
      arn: arn("cloudfront", "", account.accountId, `origin-access-control/${id}`),
      etag: etag(candidate),
    };
  },
  inUse: usedAt(["origins[].originAccessControlId"], "OriginAccessControlInUse", "id"),
};

export const cloudfrontFunction: ResourceModel = {
  type: token.cloudfrontFunction,
  required: ["runtime", "code"],
  autoName: { property: "name", maxLength: 64 },
  rules: [
    oneOf("runtime", ["cloudfront-js-1.0", "cloudfront-js-2.0"], {
      source: `${api}/API_FunctionConfig.html`,
    }),
    (inputs) =>
      Buffer.byteLength(textAt(inputs, "code") ?? "") <= maxFunctionBytes
        ? []
        : [
            {
              code: "FunctionSizeLimitExceeded",
              message: `A function's code has at most ${maxFunctionBytes} bytes.`,
              property: "code",
              source: `${guide}/cloudfront-limits.html#limits-functions`,
            },
          ],
  ],
  refuse: nameTaken("FunctionAlreadyExists", `${api}/API_CreateFunction.html`),
  replaceOn: ["name"],
  outputs: (candidate, account) => {
    const name = textAt(candidate.inputs, "name") ?? "";
    return {
      id: name,
      arn: arn("cloudfront", "", account.accountId, `function/${name}`),
      etag: etag(candidate),
      liveStageEtag: etag(candidate),
      status: "DEPLOYED",
    };
  },
  inUse: usedAt(
    behaviors.map((behavior) => `${behavior}.functionAssociations[].functionArn`),
    "FunctionInUse",
    "arn",
  ),
};

const inKey = "parametersInCacheKeyAndForwardedToOrigin";

/** What a cache policy may hold only where something is cached, and what it holds then. */
const ofCache: readonly (readonly [property: string, parameter: string, off: string])[] = [
  ["headersConfig.headerBehavior", "HeaderBehavior", "none"],
  ["cookiesConfig.cookieBehavior", "CookieBehavior", "none"],
  ["queryStringsConfig.queryStringBehavior", "QueryStringBehavior", "none"],
  ["enableAcceptEncodingGzip", "EnableAcceptEncodingGzip", "false"],
  ["enableAcceptEncodingBrotli", "EnableAcceptEncodingBrotli", "false"],
];

/** A policy that caches nothing, and asks for what only a cache needs. */
const refuseUncached: InputRule = (inputs) =>
  numberAt(inputs, "maxTtl") === 0
    ? ofCache.flatMap(([at, parameter, off]) => {
        const property = `${inKey}.${at}`;
        const value = valuesAt(inputs, property)[0]?.value;
        if (value === undefined || String(value) === off) return [];
        const message = `The parameter ${parameter} is invalid for policy with caching disabled: maxTtl is 0.`;
        return [{ code: "InvalidArgument", message, property, source: cacheKeyPage }];
      })
    : [];

export const cachePolicy: ResourceModel = {
  type: token.cachePolicy,
  required: ["parametersInCacheKeyAndForwardedToOrigin"],
  // The provider sends these where the program leaves them out, whatever the others are.
  defaults: () => ({ minTtl: 0, defaultTtl: 86_400, maxTtl: 31_536_000 }),
  autoName: { property: "name", maxLength: 128 },
  rules: [
    refuseUncached,
    (inputs) => {
      const [min, usual, max] = ["minTtl", "defaultTtl", "maxTtl"].map((p) => numberAt(inputs, p));
      const ordered = (min ?? 0) <= (usual ?? min ?? 0) && (usual ?? 0) <= (max ?? Infinity);
      return ordered
        ? []
        : [
            {
              code: "InvalidArgument",
              message: "minTtl, defaultTtl and maxTtl must be in this order of size.",
              property: "defaultTtl",
              source: `${api}/API_CachePolicyConfig.html`,
            },
          ];
    },
  ],
  refuse: nameTaken("CachePolicyAlreadyExists", `${api}/API_CreateCachePolicy.html`),
  outputs: (candidate, account) => {
    const hex = candidate.hex(32);
    const id = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join("-");
    return {
      id,
      arn: arn("cloudfront", "", account.accountId, `cache-policy/${id}`),
      etag: etag(candidate),
    };
  },
  inUse: usedAt(
    behaviors.map((behavior) => `${behavior}.cachePolicyId`),
    "CachePolicyInUse",
    "id",
  ),
};
