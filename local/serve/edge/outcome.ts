/** The outcome of a request at CloudFront, before it is written to the viewer. */
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

/** CloudFront's response to a request, with the values for its log. */
export interface Outcome {
  readonly status: number;
  readonly reason?: string;
  readonly headers: readonly Header[];
  readonly body: Readable | Buffer;
  /** How a response of the origin ends that is streamed to the viewer. */
  readonly ending?: Pick<Answer, "trailers" | "headOnly" | "cutOff">;
  readonly result: CacheResult;
  readonly sentTo?: RequestEvent["sentTo"];
  /** Why CloudFront itself answers. */
  readonly why?: string;
  /** What went wrong with an origin that did not answer. */
  readonly failure?: EdgeRefusal["failure"];
}

/** CloudFront's own error page. */
export function errorOutcome(
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

/** The body as a stream, as in responses. */
function streamOf({ body }: Pick<Outcome, "body">): Readable {
  return Buffer.isBuffer(body) ? Readable.from(body.length > 0 ? [body] : []) : body;
}

/** As a response of an origin, which `relay` writes. */
export function toAnswer(outcome: Outcome): Answer {
  const { status, reason, headers, ending } = outcome;
  return { trailers: () => [], ...ending, status, reason, headers, body: streamOf(outcome) };
}
