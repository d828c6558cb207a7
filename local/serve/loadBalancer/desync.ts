/**
 * How safe a request is to forward, as a load balancer classifies HTTP/1 requests: servers that
 * read one differently can be tricked into treating a part of it as a second request. Pure.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#classification-reasons
 * AWS's own library does the classification: https://github.com/aws/http-desync-guardian
 */
import type { Header } from "../http/headers";
import type { DesyncMode } from "../../../topology/types";

/** From harmless to dangerous. */
const tiers = ["Compliant", "Acceptable", "Ambiguous", "Severe"] as const;
export type Tier = (typeof tiers)[number];

/** Classification reasons of access logs. */
export type DesyncReason =
  | "AmbiguousUri"
  | "BadContentLength"
  | "BadHeader"
  | "BadMethod"
  | "BadTransferEncoding"
  | "BadUri"
  | "BadVersion"
  | "BothTeClPresent"
  | "DuplicateContentLength"
  | "EmptyHeader"
  | "GetHeadZeroContentLength"
  | "MultipleContentLength"
  | "MultipleTransferEncodingChunked"
  | "NonCompliantHeader"
  | "NonCompliantVersion"
  | "SpaceInUri"
  | "SuspiciousHeader"
  | "UndefinedContentLengthSemantics"
  | "UndefinedTransferEncodingSemantics";

/** A request's head as written; header names and values may contain anything. */
export interface RequestHead {
  readonly method: string;
  readonly uri: string;
  /** `HTTP/1.1`; empty if missing. */
  readonly version: string;
  readonly headers: readonly Header[];
}

/** A request's classification, with the first of the most severe reasons. */
export interface Classification {
  readonly tier: Tier;
  readonly reason?: DesyncReason;
}

const compliant: Classification = { tier: "Compliant" };
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Characters that must not be in a header's value or a URI: they would end a line or a string. */
const lineBreaking = /[\0\r\n]/;

/** Classifies a request. */
export function classify(head: RequestHead): Classification {
  return [headersOf(head), framingOf(head), methodOf(head), versionOf(head), uriOf(head)].reduce(
    worse,
  );
}

function worse(a: Classification, b: Classification): Classification {
  return tiers.indexOf(b.tier) > tiers.indexOf(a.tier) ? b : a;
}

function is(tier: Tier, reason: DesyncReason): Classification {
  return { tier, reason };
}

function headersOf({ headers }: RequestHead): Classification {
  let found = compliant;
  for (const [name, value] of headers) {
    if (name.trim() === "") found = worse(found, is("Ambiguous", "EmptyHeader"));
    else if (lineBreaking.test(name) || lineBreaking.test(value)) return is("Severe", "BadHeader");
    else if (framing(name) !== undefined && !/^(transfer-encoding|content-length)$/i.test(name)) {
      found = worse(found, is("Ambiguous", "SuspiciousHeader"));
    } else if (!token.test(name) || /[^\t\x20-\x7e]/.test(value)) {
      found = worse(found, is("Acceptable", "NonCompliantHeader"));
    }
  }
  return found;
}

/** The framing header that a name is or looks like: only its letters count. */
function framing(name: string): "transfer-encoding" | "content-length" | undefined {
  // The shorter of the two has 13 letters.
  if (name.length < 13) return undefined;
  const letters = name.replace(/[^A-Za-z]/g, "").toLowerCase();
  if (letters === "transferencoding") return "transfer-encoding";
  return letters === "contentlength" ? "content-length" : undefined;
}

function framingOf({ method, version, headers }: RequestHead): Classification {
  const codings: string[] = [];
  const lengths: string[] = [];
  for (const [name, value] of headers) {
    const kind = framing(name);
    if (kind === "transfer-encoding") codings.push(value);
    else if (kind === "content-length") lengths.push(value);
  }
  if (codings.length === 0 && lengths.length === 0) return compliant;
  const undefinedCoding = is("Ambiguous", "UndefinedTransferEncodingSemantics");
  if (codings.length > 0 && /^(HTTP\/(0\.9|1\.0))?$/.test(version)) return undefinedCoding;
  let found = worse(codingOf(codings), lengthOf(lengths));
  if (method === "GET" || method === "HEAD") {
    if (codings.length > 0) found = worse(found, undefinedCoding);
    const empty = lengths.every((l) => Number(l) === 0);
    if (lengths.length > 0) {
      found = worse(
        found,
        empty
          ? is("Acceptable", "GetHeadZeroContentLength")
          : is("Ambiguous", "UndefinedContentLengthSemantics"),
      );
    }
  }
  if (codings.length > 0 && lengths.length > 0) {
    found = worse(found, is("Ambiguous", "BothTeClPresent"));
  }
  return found;
}

function codingOf(values: readonly string[]): Classification {
  const codings = values.flatMap((v) => v.split(",")).map(codingName);
  if (codings.filter((c) => c === "chunked").length > 1) {
    return is("Severe", "MultipleTransferEncodingChunked");
  }
  return codings.every((c) => knownCodings.includes(c))
    ? compliant
    : is("Severe", "BadTransferEncoding");
}

const knownCodings = ["chunked", "compress", "deflate", "gzip", "identity"];

/** A transfer coding without its parameters. */
function codingName(text: string): string {
  return text
    .replace(/;.*/s, "")
    .replace(/^[ \t]+|[ \t]+$/g, "")
    .toLowerCase();
}

function lengthOf(values: readonly string[]): Classification {
  const numbers = values.map((v) => v.replace(/^[ \t]+|[ \t]+$/g, ""));
  // 20 digits do not fit into the 64 bits that servers use.
  if (!numbers.every((n) => /^\d{1,19}$/.test(n))) return is("Severe", "BadContentLength");
  if (new Set(numbers.map(Number)).size > 1) return is("Severe", "MultipleContentLength");
  return numbers.length > 1 ? is("Ambiguous", "DuplicateContentLength") : compliant;
}

function methodOf({ method }: RequestHead): Classification {
  return token.test(method) ? compliant : is("Severe", "BadMethod");
}

function versionOf({ version }: RequestHead): Classification {
  if (version === "HTTP/1.1" || version === "HTTP/1.0") return compliant;
  return /^\s*(HTTP\/(0\.9|1\.\d))?\s*$/.test(version)
    ? is("Acceptable", "NonCompliantVersion")
    : is("Severe", "BadVersion");
}

function uriOf({ uri }: RequestHead): Classification {
  if (lineBreaking.test(uri)) return is("Severe", "BadUri");
  // eslint-disable-next-line no-control-regex -- finds control characters
  if (/[\x01-\x1f\x7f]/.test(uri)) return is("Ambiguous", "AmbiguousUri");
  return uri.includes(" ") ? is("Acceptable", "SpaceInUri") : compliant;
}

/**
 * What a mitigation mode does with a request: `apart` forwards it and then ends both connections.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#desync-mitigation-mode
 */
export function treatment(mode: DesyncMode, tier: Tier): "pass" | "apart" | "refuse" {
  if (tier === "Compliant" || mode === "monitor") return "pass";
  if (mode === "strictest" || tier === "Severe") return "refuse";
  return tier === "Ambiguous" ? "apart" : "pass";
}

/** True when load balancers do not accept the body's transfer coding and answer 501. */
export function unsupportedCoding(headers: readonly Header[]): boolean {
  return headers.some(
    ([n, v]) =>
      n.toLowerCase() === "transfer-encoding" &&
      v
        .split(",")
        .map(codingName)
        .some((c) => c !== "chunked" && c !== "identity"),
  );
}
