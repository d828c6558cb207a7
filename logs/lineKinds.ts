/** What became of lines. One line of JSON can hold many, and counts as so many. */
export interface LineCounts {
  /** Access log lines of a load balancer, whole or cut. */
  loadBalancer: number;
  /** Standard log lines of CloudFront. */
  cloudfront: number;
  /** Lines of connection logs. */
  connections: number;
  /** Lines of health check logs. */
  healthChecks: number;
  /** Lines that belong to another: the rest of a wrapped line, JSON around and within a record. */
  continued: number;
  /** Comments and headers (`#Version`, `#Fields`, names of columns), and empty lines. */
  blank: number;
  /** Requests outside of the wanted time. */
  outside: number;
  /** Neither log nor comment, or damaged beyond reading. */
  malformed: number;
}

export const lineKinds = [
  ...(["loadBalancer", "cloudfront", "connections", "healthChecks"] as const),
  ...(["continued", "blank", "outside", "malformed"] as const),
] as const;

/** None of any kind. */
export const newLineCounts = (): LineCounts => ({
  loadBalancer: 0,
  cloudfront: 0,
  connections: 0,
  healthChecks: 0,
  continued: 0,
  blank: 0,
  outside: 0,
  malformed: 0,
});
