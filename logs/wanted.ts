/** What of the logs is explained, and what the caller knows of them. */
export interface Wanted {
  /** Seconds since 1970 from which on requests count. */
  readonly since?: number;
  /** Seconds since 1970 before which requests count. */
  readonly until?: number;
  /** Keys (`fieldKey`) of the fields of CloudFront's lines that no header came before, in order. */
  readonly fields?: readonly string[];
}

/** True when a time is wanted. A line without a time is only where every time is. */
export function inWindow({ since, until }: Wanted, seconds: number): boolean {
  if (Number.isNaN(seconds)) return since === undefined && until === undefined;
  return (since === undefined || seconds >= since) && (until === undefined || seconds < until);
}
