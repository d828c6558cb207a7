/** The health check of an app behind nginx. */
import { defaults } from "./defaults";

/**
 * Status codes of an app that works: everything below 500, which AWS takes up to 499. Whoever asks
 * for 200 refuses an app that redirects or asks its visitors to sign in; nginx answers 502 and 504
 * for an app that does not answer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export const appAnswers = "200-499";

/** Seconds and counts of a check. */
export interface CheckTimes {
  readonly interval?: number;
  readonly timeout?: number;
}

/** Why a check cannot be: AWS wants each to end before the next begins. */
export function checkTimesProblem({ interval, timeout }: CheckTimes): string | undefined {
  const { appHealthCheck } = defaults.service;
  const [every, within] = [interval ?? appHealthCheck.interval, timeout ?? appHealthCheck.timeout];
  if (within < every) return undefined;
  return `less than interval (${every}): a check ends before the next begins`;
}
