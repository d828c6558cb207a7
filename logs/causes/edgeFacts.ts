/** What decides the cause of an error in CloudFront's log. */
import type { EdgeEntry } from "../edge/entry";

/** What a line says, in the words that the table of causes uses. */
export type EdgeLogFacts = Pick<
  EdgeEntry,
  "status" | "detailedResult" | "result" | "protocol" | "method" | "timeTaken" | "originFirstByte"
>;
