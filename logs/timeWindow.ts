/** The period of a log that is explained. */

/** Seconds since 1970 between which requests count; open where undefined. */
export interface TimeWindow {
  readonly since?: number;
  readonly until?: number;
}

/** True when a time is wanted. A line without a time is only where every time is. */
export function inWindow({ since, until }: TimeWindow, seconds: number): boolean {
  if (Number.isNaN(seconds)) return since === undefined && until === undefined;
  return (since === undefined || seconds >= since) && (until === undefined || seconds < until);
}
