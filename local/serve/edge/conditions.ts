/** Conditional and partial requests (RFC 9110, 13 and 14), for S3 and the cache. Pure. */
import { type Header, value } from "../http/headers";

/** Bytes of a representation, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The result of a GET's or HEAD's conditions, given the headers of the 200. */
export function precondition(
  request: readonly Header[],
  answer: readonly Header[],
): "met" | "not-modified" | "failed" {
  const etag = value(answer, "etag");
  const modified = time(value(answer, "last-modified"));
  const ifMatch = value(request, "if-match");
  if (ifMatch !== undefined) {
    if (!lists(ifMatch, etag, false)) return "failed";
  } else {
    const since = time(value(request, "if-unmodified-since"));
    if (since !== undefined && modified !== undefined && modified > since) return "failed";
  }
  const ifNoneMatch = value(request, "if-none-match");
  if (ifNoneMatch !== undefined) return lists(ifNoneMatch, etag, true) ? "not-modified" : "met";
  const since = time(value(request, "if-modified-since"));
  return since !== undefined && modified !== undefined && modified <= since
    ? "not-modified"
    : "met";
}

/**
 * The single range that a request asks for; undefined for the whole (several ranges, a different
 * unit, or an If-Range that does not match).
 */
export function rangeOf(
  request: readonly Header[],
  answer: readonly Header[],
  size: number,
): ByteRange | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(value(request, "range")?.trim() ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (first === "" && last === "") return undefined;
  const unless = value(request, "if-range");
  const holds = [value(answer, "etag"), value(answer, "last-modified")].includes(unless);
  if (unless !== undefined && !holds) return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  return start >= size || end < start ? "unsatisfiable" : { start, end };
}

/** True when a list of entity tags (or `*`) contains the tag. */
function lists(condition: string, etag: string | undefined, weak: boolean): boolean {
  if (etag === undefined) return false;
  if (condition.trim() === "*") return true;
  const plain = (tag: string): string => (weak ? tag.replace(/^W\//, "") : tag);
  return condition.split(",").some((tag) => plain(tag.trim()) === plain(etag));
}

/** HTTP dates have whole seconds. */
function time(date: string | undefined): number | undefined {
  const parsed = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(parsed) ? undefined : Math.floor(parsed / 1000);
}
