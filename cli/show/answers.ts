/** What a request gets, in words. */
import type { PathAnswer } from "../../path/types";

/** Results without a status. */
const withoutStatus = {
  dropped: "not admitted",
  refused: "refused",
  unknown: "not known",
} as const;

/** `200`, `not admitted`, `refused`, `not known`. */
export function answerText({ outcome, status }: Pick<PathAnswer, "outcome" | "status">): string {
  return outcome === "answered" ? String(status) : withoutStatus[outcome];
}
