/** Lines by kind. A line of JSON can contain several records, and counts once for each. */
export interface LineCounts {
  /** Access log lines of a load balancer, whole or cut. */
  loadBalancer: number;
  /** Standard log lines of CloudFront. */
  cloudfront: number;
  /** Lines of connection logs. */
  connections: number;
  /** Lines of health check logs. */
  healthChecks: number;
  /** Lines that belong to another one: the rest of a wrapped line, and JSON around or within a record. */
  continued: number;
  /** Comments and headers (`#Version`, `#Fields`, names of columns), and empty lines. */
  blank: number;
  /** Requests outside the selected period, or without a time where one is selected. */
  outside: number;
  /** Neither log nor comment, or too damaged to read. */
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
