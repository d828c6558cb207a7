/**
 * The report of a verification, as plain data; `docs/verify.schema.json` describes its JSON form.
 */
import type { AdvisedChange } from "../../logs/advice";

export const verifySchemaVersion = 1;

/**
 * `fail`: not as promised. `warn`: nothing was promised, but it is not best practice. `skip`: could
 * not be checked from here.
 */
export type CheckVerdict = "pass" | "fail" | "warn" | "skip";

/** One check. */
export interface Check {
  /** Stable, e.g. `tls-1.1`. */
  readonly id: string;
  /** What was checked, in a few words. */
  readonly title: string;
  readonly verdict: CheckVerdict;
  readonly expected: string;
  readonly actual: string;
  /** Why it is expected, or why it could not be checked. */
  readonly why?: string;
  /**
   * Of a failed check: codes of the broken rules that explain it, the most likely first. Absent: no
   * rule explains it.
   */
  readonly rules?: readonly string[];
  /** What to change, by rule; present with `rules`. */
  readonly changes?: readonly AdvisedChange[];
  readonly milliseconds: number;
}

/** The whole report. */
export interface VerifyReport {
  readonly schemaVersion: typeof verifySchemaVersion;
  readonly url: string;
  /**
   * The stack whose promise was checked. Absent: only what every HTTPS site should do was checked.
   */
  readonly stack?: string;
  readonly verdict: "ok" | "failed";
  readonly checks: readonly Check[];
  /** HTTP requests that were sent. */
  readonly requests: number;
  readonly milliseconds: number;
}
