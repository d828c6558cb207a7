/**
 * The CloudFront Function that decides about a viewer's request before its origin does: from plain
 * values to JavaScript, and back. Pure.
 */
import type { FrontSpec, MaintenancePage } from "./front";
import { addressBits, parseCidr } from "./networks";

/** What the function does: the decisions, and then what the static site needs. */
export interface FrontFunction extends Omit<FrontSpec, "password"> {
  /** SHA-256 of the salt and `user:password` in base64, in hexadecimal. */
  readonly password?: { readonly salt: string; readonly hash: string };
  /** Index pages, fallback page and the release in the cache key. */
  readonly site?: SiteRewrite;
}

/** What becomes of a path of the static site. */
export interface SiteRewrite {
  readonly digest: string;
  /** Page for every path without a dot in its last part. */
  readonly fallback?: string;
}

/** Header that carries the site's digest into the cache key. */
export const releaseHeader = "x-hopwise-release";

/**
 * AWS's limit of a function's code, in bytes.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
 */
export const maxFunctionBytes = 10_240;

/**
 * The function's code, for the runtime cloudfront-js-2.0. All that differs between two stacks is the
 * data in its first line, so that {@link readFrontFunction} can say what a function does.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export function frontFunctionCode(front: FrontFunction): string {
  const { allowedCidrs, maintenance, ...rest } = front;
  const data = {
    ...rest,
    ...(allowedCidrs && { allowed: prefixes(allowedCidrs) }),
    ...(maintenance && { maintenance: pageData(maintenance) }),
  };
  return `${opening}${JSON.stringify(data)};\n${body}`;
}

/**
 * What a function does, from its code; undefined if it is not exactly one of
 * {@link frontFunctionCode}.
 */
export function readFrontFunction(code: string): FrontFunction | undefined {
  if (!code.startsWith(opening) || !code.endsWith(`;\n${body}`)) return undefined;
  const json = code.slice(opening.length, -(body.length + 2));
  try {
    const { allowed, maintenance, ...rest } = JSON.parse(json) as FunctionData;
    const front: FrontFunction = {
      ...rest,
      ...(allowed && { allowedCidrs: Object.keys(allowed) }),
      ...(maintenance && { maintenance: pageOf(maintenance) }),
    };
    return frontFunctionCode(front) === code ? front : undefined;
  } catch {
    return undefined;
  }
}

/** Ranges with the bits that their addresses share. */
type Prefixes = Readonly<Record<string, string>>;

type PageData = Omit<MaintenancePage, "allowedCidrs"> & { readonly allowed: Prefixes };

type FunctionData = Omit<FrontFunction, "allowedCidrs" | "maintenance"> & {
  readonly allowed?: Prefixes;
  readonly maintenance?: PageData;
};

function pageData({ allowedCidrs = [], ...page }: MaintenancePage): PageData {
  return { ...page, allowed: prefixes(allowedCidrs) };
}

function pageOf({ allowed, ...page }: PageData): MaintenancePage {
  return { ...page, allowedCidrs: Object.keys(allowed) };
}

/** Sorted, so that the order in which ranges are written changes nothing. */
function prefixes(cidrs: readonly string[]): Prefixes {
  return Object.fromEntries([...cidrs].sort().map((cidr) => [cidr, prefixBits(cidr)]));
}

function prefixBits(cidr: string): string {
  const range = parseCidr(cidr);
  if (range === undefined) throw new Error(`${cidr} is no address range.`);
  const bits = range.address
    .toByteArray()
    .map((octet) => octet.toString(2).padStart(8, "0"))
    .join("");
  return `${bits.length === addressBits[4] ? "4" : "6"}:${bits.slice(0, range.prefix)}`;
}

const opening = "var front = ";

/** In the order of `frontAnswer` in path/front.ts. */
const body = `function bitsOf(ip) {
  if (!ip.includes(":"))
    return "4:" + ip.split(".").map((octet) => Number(octet).toString(2).padStart(8, "0")).join("");
  var sides = ip.split("::").map((side) => (side === "" ? [] : side.split(":")));
  var tail = sides[1] || [];
  var zeros = sides.length === 1 ? [] : Array(8 - sides[0].length - tail.length).fill("0");
  var groups = sides[0].concat(zeros, tail);
  return "6:" + groups.map((group) => parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}

function within(ranges, ip) {
  var bits = bitsOf(ip);
  return Object.keys(ranges).some((range) => bits.startsWith(ranges[range]));
}

function answer(status, text, headers, body) {
  headers["cache-control"] = { value: "no-store" };
  var response = { statusCode: status, statusDescription: text, headers: headers };
  if (body !== undefined) response.body = body;
  return response;
}

function plain(status, text, headers) {
  headers["content-type"] = { value: "text/plain" };
  return answer(status, text, headers, text);
}

function redirect(request, location) {
  var keeps = request.method === "GET" || request.method === "HEAD";
  var status = keeps ? 301 : 308;
  return answer(status, keeps ? "Moved Permanently" : "Permanent Redirect", {
    location: { value: location + queryOf(request.querystring) },
  });
}

function queryOf(values) {
  var pairs = [];
  Object.keys(values).forEach((name) => {
    (values[name].multiValue || [values[name]]).forEach((one) => {
      pairs.push(one.value === "" ? name : name + "=" + one.value);
    });
  });
  return pairs.length === 0 ? "" : "?" + pairs.join("&");
}

function decide(event) {
  var request = event.request;
  if (front.allowed && !within(front.allowed, event.viewer.ip)) return plain(403, "Forbidden", {});
  var page = front.maintenance;
  if (page && !within(page.allowed, event.viewer.ip)) {
    var headers = { "content-type": { value: page.contentType } };
    if (page.retryAfter) headers["retry-after"] = { value: String(page.retryAfter) };
    return answer(503, "Service Unavailable", headers, page.body);
  }
  var host = request.headers.host ? request.headers.host.value : "";
  var main = front.canonical;
  if (main && (main.others.includes(host) || host === event.context.distributionDomainName))
    return redirect(request, "https://" + main.name + request.uri);
  if (front.password) {
    var sent = request.headers.authorization ? request.headers.authorization.value : "";
    var text = front.password.salt + sent.replace(/^basic +/i, "");
    if (require("crypto").createHash("sha256").update(text).digest("hex") !== front.password.hash)
      return plain(401, "Unauthorized", { "www-authenticate": { value: 'Basic realm="Password"' } });
    delete request.headers.authorization;
  }
  if (front.redirects && Object.keys(front.redirects).includes(request.uri))
    return redirect(request, front.redirects[request.uri]);
  return undefined;
}

function handler(event) {
  var response = decide(event);
  if (response) return response;
  var request = event.request;
  if (front.site) {
    var last = request.uri.split("/").pop();
    if (last === "") request.uri += "index.html";
    else if (front.site.fallback && !last.includes("."))
      request.uri = "/" + front.site.fallback;
    request.headers["${releaseHeader}"] = { value: front.site.digest };
  }
  return request;
}
`;
