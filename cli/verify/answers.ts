/** What answers are, and how they are held against what a path says. */
import type { PathAnswer } from "../../path/types";
import type { HttpResult } from "../http/types";

/** Who made an answer by itself, by its `server` header. */
export function madeBy(
  headers: Readonly<Record<string, string>>,
): "load balancer" | "CloudFront" | undefined {
  const server = headers.server ?? "";
  if (/^awselb/i.test(server)) return "load balancer";
  return /^cloudfront/i.test(server) ? "CloudFront" : undefined;
}

/** `200`, or why there was no answer. */
export function gotText(got: HttpResult): string {
  if (got.outcome === "failed") return got.reason;
  const { status, headers } = got;
  const made = status >= 400 && madeBy(headers) !== undefined;
  return `${status}${made ? ` from ${headers.server ?? ""}` : ""}`;
}

/** What a path's answer says, in words. */
export function expectedText(expected: PathAnswer): string {
  if (expected.reaches) return "an answer of the container";
  if (expected.outcome === "answered") return String(expected.status);
  return expected.outcome === "dropped" ? "no way in" : "no connection";
}

/** True when a request got what the path says. */
export function agrees(expected: PathAnswer, got: HttpResult): boolean {
  if (expected.outcome !== "answered") return got.outcome === "failed" && got.kind !== "name";
  if (got.outcome !== "answered") return false;
  if (!expected.reaches) return got.status === expected.status;
  // Which status it is, is up to the container, but not one that says there was none.
  return (
    got.status < 500 &&
    got.status !== 464 &&
    !(got.status === 403 && madeBy(got.headers) !== undefined)
  );
}
