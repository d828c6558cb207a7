/** What a verification says, as plain data; `docs/verify.schema.json` describes its JSON form. */

export const verifySchemaVersion = 1;

/**
 * `fail`: not as promised. `warn`: nothing was promised, but better is usual. `skip`: could not be
 * asked from here.
 */
export type Verdict = "pass" | "fail" | "warn" | "skip";

/** One thing that was looked at. */
export interface Check {
  /** Stable, e.g. `tls-1.1`. */
  readonly id: string;
  /** What was looked at, in a few words. */
  readonly title: string;
  readonly verdict: Verdict;
  readonly expected: string;
  readonly actual: string;
  /** Why it is expected, or why it could not be asked. */
  readonly why?: string;
  readonly milliseconds: number;
}

/** A whole verification. */
export interface Report {
  readonly schemaVersion: typeof verifySchemaVersion;
  readonly url: string;
  /** The stack that promised; absent: only what every HTTPS site should do was looked at. */
  readonly stack?: string;
  readonly verdict: "ok" | "failed";
  readonly checks: readonly Check[];
  /** HTTP requests that were sent. */
  readonly requests: number;
  readonly milliseconds: number;
}
