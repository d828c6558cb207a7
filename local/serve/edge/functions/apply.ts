/**
 * Applies CloudFront Functions to a request and its response; a function that fails is an error.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-503-service-unavailable.html
 */
import type { EdgeFunction } from "../../../../topology/types";
import type { Asked } from "../cache/key";
import { type Outcome, pageOf } from "../outcome";
import { InvalidResult, eventOf, requestFrom, responseFrom } from "./event";
import { callable } from "./run";

/** What is known about a request in addition to its own data. */
export type FunctionSetting = Omit<Parameters<typeof eventOf>[0], "asked" | "response"> & {
  /** Called with what functions write to their console. */
  readonly onLog: (line: string) => void;
};

/** The request as changed by the function, or the function's response. */
export function onViewerRequest(
  fn: EdgeFunction,
  asked: Asked,
  setting: FunctionSetting,
): Asked | Outcome {
  return guarded(fn, setting, () => {
    const result = callable(fn, setting.onLog).call(eventOf({ ...setting, asked }));
    return requestFrom(result, asked);
  });
}

/** The response as changed by the function. For errors of the origin no function is called. */
export function onViewerResponse(
  fn: EdgeFunction,
  asked: Asked,
  outcome: Outcome,
  setting: FunctionSetting,
): Outcome {
  if (outcome.status >= 400) return outcome;
  return guarded(fn, setting, () => {
    const event = eventOf({ ...setting, asked, response: outcome });
    return responseFrom(callable(fn, setting.onLog).call(event), outcome);
  });
}

function guarded<T>(fn: EdgeFunction, { requestId }: FunctionSetting, run: () => T): T | Outcome {
  try {
    return run();
  } catch (error) {
    const { message } = error as Error;
    const invalid = error instanceof InvalidResult;
    const what = invalid ? "returned an invalid value" : "failed";
    return pageOf(
      {
        status: invalid ? 502 : 503,
        why: `the CloudFront Function ${fn.name} ${what}: ${message}`,
      },
      requestId,
      invalid ? "FunctionValidationError" : "FunctionExecutionError",
    );
  }
}
