/**
 * The cache key. Pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 */
import { type Header, value, withHeader, without } from "../../http/headers";
import { selects } from "../../../../topology/selections";
import type { CachePolicy, Selection } from "../../../../topology/types";

/** A request after the viewer-request function, which caching and origins use. */
export interface CacheRequest {
  readonly method: string;
  /** Path with the query string. */
  readonly path: string;
  readonly headers: readonly Header[];
}

/** Encodings that CloudFront compresses with. */
export type Encoding = "br" | "gzip";

/**
 * Encodings of a request that count, the preferred first: those that the viewer accepts and that
 * the cache policy includes in the key.
 */
export function encodings(headers: readonly Header[], policy: CachePolicy): Encoding[] {
  const accepted = (value(headers, "accept-encoding") ?? "")
    .split(",")
    .map((part) => part.trim().toLowerCase().split(";"))
    .filter(([, ...parameters]) => !parameters.some((p) => /^\s*q=0(\.0*)?\s*$/.test(p)))
    .map(([name = ""]) => name.trim());
  const takes = (encoding: Encoding): boolean =>
    accepted.includes(encoding) || accepted.includes("*");
  return [
    ...(policy.brotli && takes("br") ? ["br" as const] : []),
    ...(policy.gzip && takes("gzip") ? ["gzip" as const] : []),
  ];
}

/**
 * The request with Accept-Encoding as CloudFront normalises it; unchanged if the cache policy
 * ignores encodings.
 */
export function normalised(request: CacheRequest, policy: CachePolicy): CacheRequest {
  if (!policy.gzip && !policy.brotli) return request;
  const counted = encodings(request.headers, policy);
  const headers = without(request.headers, "accept-encoding");
  return {
    ...request,
    headers:
      counted.length > 0 ? withHeader(headers, "Accept-Encoding", counted.join(",")) : headers,
  };
}

/** The cache key of a request to a distribution, as one text. */
export function cacheKey(
  distributionId: string,
  request: CacheRequest,
  policy: CachePolicy,
  viewerHeaders: readonly Header[] = [],
): string {
  const { key } = policy;
  const at = request.path.indexOf("?");
  const names = new Set(
    [...request.headers, ...viewerHeaders]
      .map(([name]) => name.toLowerCase())
      .filter((name) => name !== "cookie" && selects(key.headers, name)),
  );
  const header = (name: string): string =>
    value(viewerHeaders, name) ?? value(request.headers, name) ?? "";
  return JSON.stringify([
    distributionId,
    request.method,
    at < 0 ? request.path : request.path.slice(0, at),
    selectedParts(at < 0 ? "" : request.path.slice(at + 1), "&", key.queries),
    [...names].sort().map((name) => [name, header(name)]),
    selectedParts(value(request.headers, "cookie") ?? "", ";", key.cookies),
    policy.gzip || policy.brotli ? encodings(request.headers, policy) : [],
  ]);
}

/** The parts `name=value` of a query string or Cookie header whose names are selected. */
export function selectedParts(text: string, separator: "&" | ";", selection: Selection): string[] {
  return text
    .split(separator)
    .map((part) => (separator === ";" ? part.trim() : part))
    .filter((part) => part !== "" && selects(selection, part.split("=")[0] ?? ""));
}
