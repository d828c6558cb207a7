/** What becomes of a request at CloudFront, before it is written to the viewer. */
import { Readable } from "node:stream";
import type { RequestEvent } from "../events";
import type { Answer } from "../http/exchange";
import type { Header } from "../http/headers";
import { type EdgeRefusal, errorPage } from "./decisions";

/** What X-Cache says. */
export type CacheResult =
  | "Hit"
  | "Miss"
  | "RefreshHit"
  | "Error"
  | "Redirect"
  | "FunctionGeneratedResponse"
  | "FunctionExecutionError"
  | "FunctionValidationError";

/** CloudFront's answer to a request, with what its log says of it. */
export interface Outcome {
  readonly status: number;
  readonly reason?: string;
  readonly headers: readonly Header[];
  readonly body: Readable | Buffer;
  /** How an answer of the origin ends that is passed on as it comes. */
  readonly ending?: Pick<Answer, "trailers" | "headOnly" | "cutOff">;
  readonly result: CacheResult;
  readonly sentTo?: RequestEvent["sentTo"];
  /** Why CloudFront answers by itself. */
  readonly why?: string;
  /** What went wrong on the way to an origin that gave no answer. */
  readonly failure?: EdgeRefusal["failure"];
}

/** A page of CloudFront's own. */
export function pageOf(
  { status, why, failure }: EdgeRefusal,
  requestId: string,
  result: CacheResult = "Error",
): Outcome {
  return {
    status,
    headers: [
      ["Server", "CloudFront"],
      ["Content-Type", "text/html"],
    ],
    body: Buffer.from(errorPage(status, requestId)),
    result,
    why,
    ...(failure && { failure }),
  };
}

/** The body as a stream, as answers have it. */
function streamOf({ body }: Pick<Outcome, "body">): Readable {
  return Buffer.isBuffer(body) ? Readable.from(body.length > 0 ? [body] : []) : body;
}

/** As an answer of an origin, which `relay` writes. */
export function answerOf(outcome: Outcome): Answer {
  const { status, reason, headers, ending } = outcome;
  return { trailers: () => [], ...ending, status, reason, headers, body: streamOf(outcome) };
}
