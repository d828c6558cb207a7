/**
 * Applies CloudFront Functions to a request and its response; a function that fails is an error.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-503-service-unavailable.html
 */
import type { EdgeFunction } from "../../../../topology/types";
import type { CacheRequest } from "../cache/key";
import { type Outcome, errorOutcome } from "../outcome";
import { InvalidResult, eventOf, requestFrom, responseFrom } from "./event";
import { callable } from "./run";

/** What is known about a request in addition to its own data. */
export type FunctionContext = Omit<Parameters<typeof eventOf>[0], "request" | "response"> & {
  /** Called with what functions write to their console. */
  readonly onLog: (line: string) => void;
};

/** The request as changed by the function, or the function's response. */
export function onViewerRequest(
  fn: EdgeFunction,
  request: CacheRequest,
  context: FunctionContext,
): CacheRequest | Outcome {
  return guarded(fn, context, () => {
    const result = callable(fn, context.onLog).call(eventOf({ ...context, request }));
    return requestFrom(result, request);
  });
}

/** The response as changed by the function. For errors of the origin no function is called. */
export function onViewerResponse(
  fn: EdgeFunction,
  request: CacheRequest,
  outcome: Outcome,
  context: FunctionContext,
): Outcome {
  if (outcome.status >= 400) return outcome;
  return guarded(fn, context, () => {
    const event = eventOf({ ...context, request, response: outcome });
    return responseFrom(callable(fn, context.onLog).call(event), outcome);
  });
}

function guarded<T>(fn: EdgeFunction, { requestId }: FunctionContext, run: () => T): T | Outcome {
  try {
    return run();
  } catch (error) {
    const { message } = error as Error;
    const invalid = error instanceof InvalidResult;
    const what = invalid ? "returned an invalid value" : "failed";
    return errorOutcome(
      {
        status: invalid ? 502 : 503,
        why: `the CloudFront Function ${fn.name} ${what}: ${message}`,
      },
      requestId,
      invalid ? "FunctionValidationError" : "FunctionExecutionError",
    );
  }
}
