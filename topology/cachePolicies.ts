/**
 * How long CloudFront caches responses, and under which key: managed policies by id, policies of
 * the program, and the older settings of a behaviour.
 */
import { managedCachePolicies } from "../path/cloudfront";
import { readSelections } from "./forwarding";
import {
  type TopologyIssues,
  type ResourceIndex,
  block,
  boolean,
  merged,
  number,
  text,
  texts,
} from "./props";
import { type Props } from "./resource";
import { all, none, only } from "./selections";
import type { CachePolicy, Selections } from "./types";
import { token } from "./tokens";

const day = 86_400;
const year = 31_536_000;
const pathOnly: Selections = { headers: none, cookies: none, queries: none };
const disabled: CachePolicy = {
  minSeconds: 0,
  defaultSeconds: 0,
  maxSeconds: 0,
  key: pathOnly,
  gzip: false,
  brotli: false,
};
const optimized: CachePolicy = {
  minSeconds: 1,
  defaultSeconds: day,
  maxSeconds: year,
  key: pathOnly,
  gzip: true,
  brotli: true,
};
const byOrigin: CachePolicy = {
  ...optimized,
  minSeconds: 0,
  defaultSeconds: 0,
  key: {
    headers: only("host", "origin", "x-http-method-override", "x-http-method", "x-method-override"),
    cookies: all,
    queries: none,
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const managed: Readonly<Record<string, CachePolicy>> = {
  [managedCachePolicies.CachingDisabled]: disabled,
  [managedCachePolicies.CachingOptimized]: optimized,
  [managedCachePolicies.UseOriginCacheControlHeaders]: byOrigin,
  [managedCachePolicies["UseOriginCacheControlHeaders-QueryStrings"]]: {
    ...byOrigin,
    key: { ...byOrigin.key, queries: all },
  },
  /** CachingOptimizedForUncompressedObjects */
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": { ...optimized, gzip: false, brotli: false },
  /** Amplify */
  "2e54312d-136d-493c-8eb9-b001f22f67d2": {
    ...optimized,
    minSeconds: 2,
    defaultSeconds: 2,
    maxSeconds: 600,
    key: {
      headers: only("authorization", "cloudfront-viewer-country", "host"),
      cookies: all,
      queries: all,
    },
  },
  /** Elemental-MediaPackage */
  "08627262-05a9-4f76-9ded-b50ca2e3a84f": {
    ...optimized,
    minSeconds: 0,
    brotli: false,
    key: {
      headers: only("origin"),
      cookies: none,
      queries: only("aws.manifestfilter", "start", "end", "m"),
    },
  },
};

/** The caching of a behaviour. An unknown policy caches nothing, which a note says. */
export function readCachePolicy(
  behaviour: Props,
  inventory: ResourceIndex,
  where: string,
  findings: TopologyIssues,
): CachePolicy {
  const id = text(behaviour, "cachePolicyId") ?? "";
  if (id === "") return legacy(behaviour);
  const own = inventory.find(token.cachePolicy, id);
  const policy = managed[id] ?? (own && ownPolicy(merged(own)));
  if (policy) return policy;
  findings.note(
    `The cache policy ${id} of ${where} is neither a managed policy known here nor one of the program's: nothing is cached for it.`,
  );
  return disabled;
}

function ownPolicy(policy: Props): CachePolicy {
  const parameters = block(policy, "parametersInCacheKeyAndForwardedToOrigin") ?? {};
  return {
    ...ttls(policy),
    key: readSelections(parameters),
    gzip: boolean(parameters, "enableAcceptEncodingGzip") ?? false,
    brotli: boolean(parameters, "enableAcceptEncodingBrotli") ?? false,
  };
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html */
function ttls(props: Props): Pick<CachePolicy, "minSeconds" | "defaultSeconds" | "maxSeconds"> {
  const minSeconds = number(props, "minTtl") ?? 0;
  const defaultSeconds = Math.max(number(props, "defaultTtl") ?? day, minSeconds);
  const maxSeconds = number(props, "maxTtl") ?? year;
  return { minSeconds, defaultSeconds, maxSeconds: Math.max(maxSeconds, defaultSeconds) };
}

/** `forwardedValues`; with all headers in the key, nothing is cached. */
function legacy(behaviour: Props): CachePolicy {
  const values = block(behaviour, "forwardedValues");
  if (!values) return disabled;
  const cookies = block(values, "cookies") ?? {};
  const forward = text(cookies, "forward");
  const headers = texts(values, "headers").map((h) => h.toLowerCase());
  const keys = texts(values, "queryStringCacheKeys");
  if (headers.includes("*")) return disabled;
  return {
    ...ttls(behaviour),
    key: {
      headers: only(...headers),
      cookies:
        forward === "all"
          ? all
          : forward === "whitelist"
            ? only(...texts(cookies, "whitelistedNames"))
            : none,
      queries:
        boolean(values, "queryString") !== true ? none : keys.length > 0 ? only(...keys) : all,
    },
    // "CloudFront doesn't support Brotli with legacy cache settings."
    gzip: true,
    brotli: false,
  };
}
