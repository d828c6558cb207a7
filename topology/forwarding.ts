/**
 * Which parts of a viewer's request reach the origin: managed origin request policies by id,
 * policies of the program, and the older forwardedValues.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
import { type Props } from "./resource";
import {
  type TopologyIssues,
  type ResourceIndex,
  block,
  boolean,
  merged,
  text,
  texts,
} from "./props";
import { all, either, except, none, only } from "./selections";
import type { CachePolicy, Forwarding, Selection, Selections } from "./types";
import { token } from "./tokens";

const nothing: Forwarding = {
  headers: none,
  cookies: none,
  queries: none,
  cloudfrontHeaders: none,
};
const everything: Forwarding = {
  headers: all,
  cookies: all,
  queries: all,
  cloudfrontHeaders: none,
};

/** Headers of CloudFront's own that this policy of 2022 names, as far as they are sent here. */
const headersOf2022 = only(
  ...["cloudfront-forwarded-proto", "cloudfront-viewer-address"],
  ...["cloudfront-viewer-http-version", "cloudfront-viewer-country"],
);

const corsHeaders = ["origin", "access-control-request-headers", "access-control-request-method"];

const managedPolicies: Readonly<Record<string, Forwarding>> = {
  /** AllViewer */
  "216adef6-5c7f-47e4-b989-5492eafa07d3": everything,
  /** AllViewerExceptHostHeader */
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": { ...everything, headers: except("host") },
  /** AllViewerAndCloudFrontHeaders-2022-06 */
  "33f36d7e-f396-46d9-90e0-52428a34d9dc": { ...everything, cloudfrontHeaders: headersOf2022 },
  /** CORS-CustomOrigin */
  "59781a5b-3903-41f3-afcb-af62929ccde1": { ...nothing, headers: only("origin") },
  /** CORS-S3Origin */
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": { ...nothing, headers: only(...corsHeaders) },
  /** HostHeaderOnly */
  "bf0718e1-ba1e-49d1-88b1-f726733018ae": { ...nothing, headers: only("host") },
  /** UserAgentRefererHeaders */
  "acba4595-bd28-49b8-b9fe-13317c0390fa": { ...nothing, headers: only("user-agent", "referer") },
};

/** What a behaviour forwards. Without a policy: none of the viewer's headers, cookies or query. */
export function readForwarding(
  behaviour: Props,
  inventory: ResourceIndex,
  findings: TopologyIssues,
): Forwarding {
  const id = text(behaviour, "originRequestPolicyId");
  if (id !== undefined && id !== "") {
    const managed = managedPolicies[id];
    if (managed) return managed;
    const own = inventory.find(token.requestPolicy, id);
    if (own) return ownPolicy(merged(own));
    findings.note(
      `Origin request policy ${id} is neither a managed policy known here nor one of the program's: it is treated as AllViewer.`,
    );
    return everything;
  }
  const legacy = block(behaviour, "forwardedValues");
  return legacy ? forwardedValues(legacy) : nothing;
}

function forwardedValues(values: Props): Forwarding {
  const cookies = block(values, "cookies") ?? {};
  const forward = text(cookies, "forward");
  const headers = texts(values, "headers").map((h) => h.toLowerCase());
  return {
    // Legacy settings forward every header except the ones that CloudFront removes or rewrites
    // unless they are listed: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
    headers: headers.includes("*")
      ? all
      : except(...rewrittenUnlessListed.filter((h) => !headers.includes(h))),
    cookies:
      forward === "all"
        ? all
        : forward === "whitelist"
          ? only(...texts(cookies, "whitelistedNames"))
          : none,
    queries: boolean(values, "queryString") === true ? all : none,
    cloudfrontHeaders: none,
  };
}

const rewrittenUnlessListed = [
  "accept",
  "accept-charset",
  "accept-language",
  "authorization",
  "host",
  "referer",
  "user-agent",
];

function ownPolicy(policy: Props): Forwarding {
  const config = block(policy, "headersConfig") ?? {};
  const named = text(config, "headerBehavior") === "allViewerAndWhitelistCloudFront";
  return {
    ...readSelections(policy),
    cloudfrontHeaders: named ? only(...headerNames(config)) : none,
  };
}

/** The headers, cookies and query strings that a policy of the program names. */
export function readSelections(policy: Props): Selections {
  const headers = block(policy, "headersConfig") ?? {};
  const cookies = block(policy, "cookiesConfig") ?? {};
  const queries = block(policy, "queryStringsConfig") ?? {};
  const items = (config: Props, key: string): string[] => texts(block(config, key) ?? {}, "items");
  return {
    headers: selection(text(headers, "headerBehavior"), headerNames(headers)),
    // Names of cookies and query strings are case-sensitive.
    cookies: selection(text(cookies, "cookieBehavior"), items(cookies, "cookies")),
    queries: selection(text(queries, "queryStringBehavior"), items(queries, "queryStrings")),
  };
}

const headerNames = (headersConfig: Props): string[] =>
  texts(block(headersConfig, "headers") ?? {}, "items").map((name) => name.toLowerCase());

function selection(behaviour: string | undefined, names: string[]): Selection {
  if (behaviour === "whitelist") return { kind: "only", names };
  if (behaviour === "allExcept") return { kind: "except", names };
  return behaviour?.startsWith("all") ? all : none;
}

/**
 * What reaches the origin: what the origin request policy selects, and everything in the cache key.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-how-origin-request-policies-and-cache-policies-work-together.html
 */
export function withCacheKey(forwards: Forwarding, cache: CachePolicy): Forwarding {
  const { key } = cache;
  // Normalised, it is part of the key: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html
  const encoding = cache.gzip || cache.brotli ? only("accept-encoding") : none;
  return {
    headers: either(either(forwards.headers, key.headers), encoding),
    cookies: either(forwards.cookies, key.cookies),
    queries: either(forwards.queries, key.queries),
    cloudfrontHeaders: either(
      forwards.cloudfrontHeaders,
      key.headers.kind === "only" ? key.headers : none,
    ),
  };
}
