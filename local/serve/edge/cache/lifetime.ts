/**
 * How long CloudFront caches a response. Pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
 */
import { type Header, value } from "../../http/headers";
import type { CachePolicy, ErrorPage } from "../../../../topology/types";

/** Seconds for which an error is cached by default. */
export const errorSeconds = 10;
/** Statuses cached by default, and those cached if the origin (or the distribution) asks for it. */
const cachedErrors: readonly number[] = [404, 414, 500, 501, 502, 503, 504];
const cachedErrorsOnRequest: readonly number[] = [400, 403, 405, 412, 415];
/** Statuses of complete responses that are valid for the path. */
const cachedStatuses: readonly number[] = [200, 203, 204, 300, 301, 302, 307, 308];

type Lifetimes = Pick<CachePolicy, "minSeconds" | "defaultSeconds" | "maxSeconds">;

/** The directives of Cache-Control, lower case; those without a value have an empty one. */
function cacheControl(headers: readonly Header[]): ReadonlyMap<string, string> {
  const parts = (value(headers, "cache-control") ?? "").split(",");
  return new Map(
    parts.flatMap((part): [string, string][] => {
      const [name = "", text = ""] = part.split("=");
      return name.trim() === ""
        ? []
        : [[name.trim().toLowerCase(), text.trim().replace(/^"|"$/g, "")]];
    }),
  );
}

/**
 * Seconds for which a response is fresh; undefined if it is not cached at all. With 0 seconds it is
 * cached and revalidated on each use.
 */
export function lifetime(
  status: number,
  headers: readonly Header[],
  policy: Lifetimes,
  now: number,
): number | undefined {
  if (policy.maxSeconds === 0 || !cachedStatuses.includes(status)) return undefined;
  const directives = cacheControl(headers);
  const forbidden = ["no-cache", "no-store", "private"].some((d) => directives.has(d));
  if (forbidden) return policy.minSeconds > 0 ? policy.minSeconds : undefined;
  const wanted = originLifetime(headers, directives, now) ?? policy.defaultSeconds;
  const seconds = Math.min(Math.max(wanted, policy.minSeconds), policy.maxSeconds);
  const validator = value(headers, "etag") ?? value(headers, "last-modified");
  return seconds > 0 || validator !== undefined ? seconds : undefined;
}

/**
 * Seconds for which an error is cached; undefined if it is not. Whether AWS caches errors of
 * behaviours that cache nothing is not documented: here they are only cached if the distribution
 * sets a time.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
export function errorLifetime(
  status: number,
  headers: readonly Header[],
  policy: Lifetimes,
  page: ErrorPage | undefined,
  now: number,
): number | undefined {
  const fromOrigin = originLifetime(headers, cacheControl(headers), now);
  const requested = fromOrigin !== undefined || page !== undefined;
  if (!cachedErrors.includes(status) && !(requested && cachedErrorsOnRequest.includes(status)))
    return undefined;
  if (policy.maxSeconds === 0 && page?.minSeconds === undefined) return undefined;
  const seconds = Math.max(page?.minSeconds ?? errorSeconds, fromOrigin ?? 0);
  return seconds > 0 ? seconds : undefined;
}

/**
 * True when an expired response may be used because the origin fails.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#stale-content
 */
export function mayServeStale(headers: readonly Header[], expiredSeconds: number): boolean {
  const directives = cacheControl(headers);
  const limit = directives.get("stale-if-error");
  if (limit !== undefined) return expiredSeconds <= Number(limit);
  return !directives.has("must-revalidate") && !directives.has("proxy-revalidate");
}

/** What the origin says: s-maxage before max-age before Expires. */
function originLifetime(
  headers: readonly Header[],
  directives: ReadonlyMap<string, string>,
  now: number,
): number | undefined {
  for (const name of ["s-maxage", "max-age"]) {
    const seconds = Number.parseInt(directives.get(name) ?? "", 10);
    if (seconds >= 0) return seconds;
  }
  const expires = value(headers, "expires");
  if (expires === undefined) return undefined;
  const at = Date.parse(expires);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.round((at - now) / 1000));
}
