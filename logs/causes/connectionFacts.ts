/** What decides the cause of a failed connection: the reason that AWS gives. */
export interface ConnectionFacts {
  /** What follows `Failed:` in tls_verify_status. */
  readonly reason: string;
}
