/** What is decided about a viewer's request before a service or the site gets it. */
import { cidrContains } from "./networks";

/** The page that everybody gets during maintenance. */
export interface MaintenancePage {
  readonly body: string;
  readonly contentType: "text/plain" | "text/html";
  /** Value of Retry-After in seconds. Absent: the header is not sent. */
  readonly retryAfter?: number;
  /** Address ranges whose requests are answered as usual. */
  readonly allowedCidrs?: readonly string[];
}

/** One name that viewers should use, and the names from which they are redirected to it. */
interface CanonicalHost {
  readonly name: string;
  readonly others: readonly string[];
}

/** In the order in which they are asked. All absent: every request passes. */
export interface FrontSpec {
  /** The only address ranges whose requests pass; all others get 403. */
  readonly allowedCidrs?: readonly string[];
  readonly maintenance?: MaintenancePage;
  readonly canonical?: CanonicalHost;
  /** True where a request without the password gets 401. */
  readonly password?: boolean;
  /** Paths that are redirected, with the path or URL that they lead to. */
  readonly redirects?: Readonly<Record<string, string>>;
}

/** A country of a geographic restriction: two capital letters of ISO 3166-1. */
export const countryCode = /^[A-Z]{2}$/;

/** A path that is redirected: one without wildcards. */
export const exactPath = /^\/[\w\-.$/~"'@:+]{0,127}$/;

/** Where it leads: a path, or an https:// address, without `?` and `#`. */
export const redirectTarget = /^(?:\/|https:\/\/[^/?#]+)[^?#]{0,127}$/;

/** The countries whose viewers are admitted: just these, or all but these. ISO 3166-1 alpha-2 codes. */
export interface CountryRestriction {
  readonly kind: "only" | "except";
  readonly countries: readonly string[];
}

/** What the decisions need of a request. */
export interface FrontRequest {
  /** Absent where the caller's address is not one on the internet. */
  readonly address?: string;
  /** Absent: the name that viewers should use. */
  readonly host?: string;
  /** Absent: a path that is not redirected. */
  readonly path?: string;
  readonly method: string;
  /** True when the request has the password. */
  readonly password?: boolean;
}

/** The answer to a request that does not pass. */
export interface FrontAnswer {
  readonly status: number;
  readonly why: string;
}

/** What a request gets; undefined where it passes. */
export function frontAnswer(front: FrontSpec, request: FrontRequest): FrontAnswer | undefined {
  const { allowedCidrs, maintenance, canonical, redirects = {} } = front;
  const { address, host, path, method } = request;
  if (allowedCidrs !== undefined && !within(allowedCidrs, address))
    return { status: 403, why: `${address ?? "the caller"} is not in the allow list` };
  if (maintenance !== undefined && !within(maintenance.allowedCidrs ?? [], address))
    return { status: 503, why: "the maintenance page is on" };
  if (canonical !== undefined && host !== undefined && canonical.others.includes(host))
    return {
      status: redirectStatus(method),
      why: `${host} is redirected to ${canonical.name}`,
    };
  if (front.password === true && request.password !== true)
    return { status: 401, why: "the request does not have the password" };
  if (path !== undefined && Object.hasOwn(redirects, path))
    return { status: redirectStatus(method), why: `${path} is redirected to ${redirects[path]}` };
  return undefined;
}

/** 308 keeps the method and the body, where 301 would turn a POST into a GET. */
const redirectStatus = (method: string): 301 | 308 =>
  method === "GET" || method === "HEAD" ? 301 : 308;

const within = (cidrs: readonly string[], address: string | undefined): boolean =>
  address !== undefined && cidrs.some((cidr) => cidrContains(cidr, address));

/**
 * True where a viewer in a country is turned away. CloudFront serves viewers whose country it does
 * not know: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html
 */
export function countryRefused(
  { kind, countries }: CountryRestriction,
  country: string | undefined,
): boolean {
  return country !== undefined && countries.includes(country) === (kind === "except");
}
