/**
 * What CloudFront does to a request's headers on the way to a custom origin, and to the response's.
 * Pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
import { type Header, endToEnd, joinCookies, value, without } from "../http/headers";
import { selects } from "../../../topology/selections";
import type {
  Behaviour,
  ClientCertificateCheck,
  Forwarding,
  Origin,
} from "../../../topology/types";
import { selectedParts } from "./cache/key";
import type { CacheResult } from "./outcome";
import type { Viewer } from "./viewer";
import { certificateHeaders, saysCertificate } from "./viewerCertificate";

export type { Viewer };

/** Headers about the body and conditions of a request, which are forwarded with any policy. */
const alwaysForwarded = /^(content-.*|if-.*|range)$/;
/** Headers that CloudFront removes with any policy. */
const neverForwarded = /^(x-forwarded-proto|x-real-ip|expect|x-edge-.*|proxy-.*|host)$/;

/** The Host that the origin sees. */
export function originHost(forwards: Forwarding, origin: Origin, viewer: Viewer): string {
  return selects(forwards.headers, "host") ? viewer.host : origin.domainName;
}

/**
 * The headers that the origin sees, without Host.
 *
 * @param requestId this request's X-Amz-Cf-Id
 * @param asked what viewers are asked for in the TLS handshake; undefined: nothing
 */
export function originHeaders(
  received: readonly Header[],
  behaviour: Pick<Behaviour, "forwards">,
  origin: Pick<Origin, "customHeaders">,
  viewer: Viewer,
  requestId: string,
  asked?: ClientCertificateCheck,
): Header[] {
  const { forwards } = behaviour;
  // CloudFront's own headers, whatever the viewer claims: for each name, the last value counts.
  const added = new Map<string, Header>();
  const set = (name: string, text: string): void => {
    const lower = name.toLowerCase();
    added.delete(lower);
    added.set(lower, [name, text]);
  };
  const joined = joinCookies(endToEnd(received));
  if (!selects(forwards.headers, "user-agent")) set("User-Agent", "Amazon CloudFront");
  // Always appended to the viewer's value, with any policy.
  const before = value(joined, "x-forwarded-for");
  set("X-Forwarded-For", before ? `${before}, ${viewer.address}` : viewer.address);
  const via = value(joined, "via");
  const own = viaHeader(viewer.protocol, requestId);
  set("Via", via ? `${via}, ${own}` : own);
  set("X-Amz-Cf-Id", requestId);
  for (const [name, text] of cloudfrontHeaders(viewer, asked)) {
    const lower = name.toLowerCase();
    const named = forwards.headers.kind === "only" && forwards.headers.names.includes(lower);
    if (selects(forwards.cloudfrontHeaders, lower) || named) set(name, text);
  }
  // "CloudFront overrides the header that the viewer sent" with a custom header of the same name.
  for (const [name, text] of origin.customHeaders) set(name, text);
  const passed = joined.filter(([name]) => {
    const lower = name.toLowerCase();
    if (added.has(lower) || neverForwarded.test(lower)) return false;
    if (asked && saysCertificate(lower)) return false;
    if (lower === "cookie") return forwards.cookies.kind !== "none";
    return alwaysForwarded.test(lower) || selects(forwards.headers, lower);
  });
  return [...cookies(passed, forwards), ...added.values()];
}

function cookies(headers: Header[], forwards: Forwarding): Header[] {
  const sent = value(headers, "cookie");
  if (sent === undefined || forwards.cookies.kind === "all") return headers;
  const kept = selectedParts(sent, ";", forwards.cookies);
  const rest = without(headers, "cookie");
  return kept.length > 0 ? [...rest, ["cookie", kept.join("; ")]] : rest;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html */
export function cloudfrontHeaders(viewer: Viewer, asked?: ClientCertificateCheck): Header[] {
  return [
    ["CloudFront-Forwarded-Proto", viewer.scheme],
    ["CloudFront-Viewer-Address", `${viewer.address}:${viewer.port}`],
    ["CloudFront-Viewer-Http-Version", versionOf(viewer.protocol)],
    ...(viewer.country === undefined
      ? []
      : [["CloudFront-Viewer-Country", viewer.country] as const]),
    ...(asked ? certificateHeaders(asked.mode, viewer.certificate) : []),
  ];
}

/** `1.1`, `2.0`: the version as CloudFront writes it. */
function versionOf(protocol: Viewer["protocol"]): string {
  const version = protocol.slice(5);
  return version.includes(".") ? version : `${version}.0`;
}

/** The path with the query string that the origin sees. */
export function originPath(
  path: string,
  behaviour: Pick<Behaviour, "forwards">,
  origin: Pick<Origin, "path">,
): string {
  const at = path.indexOf("?");
  const query = at < 0 ? "" : path.slice(at + 1);
  const kept = selectedParts(query, "&", behaviour.forwards.queries).join("&");
  return origin.path + (at < 0 ? path : path.slice(0, at)) + (kept === "" ? "" : `?${kept}`);
}

/** The entry that CloudFront writes to Via, also in every response. */
function viaHeader(protocol: Viewer["protocol"], requestId: string): string {
  return `${versionOf(protocol)} ${requestId.slice(0, 32)}.cloudfront.net (CloudFront)`;
}

/**
 * The headers of an origin's response, as they are cached and forwarded. If no cookie reaches the
 * origin, none is returned either.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Cookies.html
 */
export function forwardedHeaders(
  received: readonly Header[],
  { forwards }: Pick<Behaviour, "forwards">,
): Header[] {
  const headers = endToEnd(received);
  return forwards.cookies.kind === "none" ? without(headers, "set-cookie") : headers;
}

/** A fictional location: no edge location has this airport code. */
export const pop = "LOC1-P1";

/** The headers that CloudFront adds to every response. */
export function edgeHeaders(
  cache: CacheResult,
  { requestId, altSvc }: { readonly requestId: string; readonly altSvc?: string },
): Header[] {
  return [
    ...(altSvc === undefined ? [] : [["Alt-Svc", altSvc] as const]),
    ["X-Cache", `${cache} from cloudfront`],
    ["Via", viaHeader("HTTP/1.1", requestId)],
    ["X-Amz-Cf-Pop", pop],
    ["X-Amz-Cf-Id", requestId],
  ];
}
