/** The use of a cached response: an answer for a viewer, or conditions to revalidate it. Pure. */
import { type Header, value, without } from "../../http/headers";
import { precondition, rangeOf } from "../conditions";
import type { RoutedRequest } from "../fetch";
import { type Outcome, errorOutcome } from "../outcome";
import type { Entry } from "./store";

/** A cached response, with the viewer's conditions and range applied. */
export function fromCache(
  { head, requestId }: Pick<RoutedRequest, "head" | "requestId">,
  entry: Entry,
  result: "Hit" | "RefreshHit",
  now: number,
): Outcome {
  if (entry.refusal) return errorOutcome(entry.refusal, requestId);
  const { status, body } = entry;
  const age = Math.max(0, Math.floor((now - entry.storedAt) / 1000));
  const headers: Header[] = [...entry.headers, ["Age", String(age)]];
  if (status >= 400) return { status, headers, body, result: "Error" };
  const rest = without(headers, "content-length");
  if (status === 200 && precondition(head.headers, headers) === "not-modified") {
    return { status: 304, headers: rest, body: Buffer.alloc(0), result };
  }
  const range = status === 200 ? rangeOf(head.headers, headers, body.length) : undefined;
  if (head.method === "HEAD" || range === undefined) {
    const length = value(headers, "content-length") ?? String(body.length);
    return { status, headers: [...rest, ["Content-Length", length]], body, result };
  }
  if (range === "unsatisfiable") {
    const unmet: Header = ["Content-Range", `bytes */${body.length}`];
    return { status: 416, headers: [...rest, unmet], body: Buffer.alloc(0), result: "Error" };
  }
  const part = body.subarray(range.start, range.end + 1);
  const of: Header = ["Content-Range", `bytes ${range.start}-${range.end}/${body.length}`];
  const length: Header = ["Content-Length", String(part.length)];
  return { status: 206, headers: [...rest, of, length], body: part, result };
}

export const isError = (entry: Entry): boolean => entry.status >= 400;

/** Conditions to revalidate a copy; empty for one that cannot be revalidated. */
export function validators(entry: Entry): Header[] {
  if (isError(entry)) return [];
  const etag = value(entry.headers, "etag");
  const modified = value(entry.headers, "last-modified");
  return [
    ...(etag === undefined ? [] : [["If-None-Match", etag] as const]),
    ...(modified === undefined ? [] : [["If-Modified-Since", modified] as const]),
  ];
}
