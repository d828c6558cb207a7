/** Responses in words, and their comparison with what a path predicts. */
import type { PathAnswer } from "../../path/types";
import type { HttpResult } from "../http/types";

/** Which AWS service itself made a response, by its `server` header. */
export function madeBy(
  headers: Readonly<Record<string, string>>,
): "load balancer" | "CloudFront" | undefined {
  const server = headers.server ?? "";
  if (/^awselb/i.test(server)) return "load balancer";
  return /^cloudfront/i.test(server) ? "CloudFront" : undefined;
}

/** `200`, or why there was no response. */
export function gotText(got: HttpResult): string {
  if (got.outcome === "failed") return got.reason;
  const { status, headers } = got;
  const made = status >= 400 && madeBy(headers) !== undefined;
  return `${status}${made ? ` from ${headers.server ?? ""}` : ""}`;
}

/** What a path predicts, in words. */
export function expectedText(expected: PathAnswer): string {
  if (expected.reaches) return "a response from the container";
  if (expected.outcome === "answered") return String(expected.status);
  if (expected.outcome === "unknown") return "not known";
  return expected.outcome === "dropped" ? "not admitted" : "no connection";
}

/** True when a request was answered as the path predicts. */
export function agrees(expected: PathAnswer, got: HttpResult): boolean {
  if (expected.outcome !== "answered") return got.outcome === "failed" && got.kind !== "name";
  if (got.outcome !== "answered") return false;
  if (!expected.reaches) return got.status === expected.status;
  // The container decides the status, but it cannot be one that says that there was no container.
  return (
    got.status < 500 &&
    got.status !== 464 &&
    !(got.status === 403 && madeBy(got.headers) !== undefined)
  );
}
