/** True in the second part of CI, where tests with random or very many values take the time for it. */
export const thorough = process.env.HOPWISE_THOROUGH === "1";

/** How many random values a test tries: ten times as many where it is {@link thorough}. */
export function runs(everyday: number): number {
  return thorough ? 10 * everyday : everyday;
}
