/**
 * AWS's metrics that the alarms and the dashboard use, as AWS's own tables listed them on the date
 * below. No API model has them, so that `npm run aws-watch` cannot compare them: read the pages again
 * when something is added here.
 */

/** Date of the pages that this list was read from. */
export const metricsReadOn = "2026-11-28";

const elbPage =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html";
const edgePage =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html";
const ecsPage =
  "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html";
const wafPage = "https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html";
const acmPage = "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html";

/** `percentile`: `p50`, `p99` and the like. */
export type MetricStatistic = "Sum" | "Average" | "Minimum" | "Maximum" | "percentile";

/** What AWS says of a metric. */
export interface MetricFact {
  /** The sets of dimensions under which AWS publishes it; an alarm or a graph names one set whole. */
  readonly dimensions: readonly (readonly string[])[];
  /** The statistics that mean something. */
  readonly statistics: readonly MetricStatistic[];
  readonly unit: "Count" | "None" | "Percent" | "Seconds" | "Milliseconds" | "Integer";
  readonly source: string;
  /** True: published only while CloudFront's additional metrics are on, which cost money. */
  readonly additional?: true;
}

type Dimensions = MetricFact["dimensions"];
type Statistics = MetricFact["statistics"];

const loadBalancer = ["LoadBalancer"];
const targetGroup = ["LoadBalancer", "TargetGroup"];
const levels: Statistics = ["Average", "Minimum", "Maximum"];

/** A count of the load balancer's. AWS also publishes each by Availability Zone, not used here. */
const elbCount = (...dimensions: Dimensions): MetricFact => ({
  dimensions,
  statistics: ["Sum"],
  unit: "Count",
  source: elbPage,
});
const hosts: MetricFact = { ...elbCount(targetGroup), statistics: levels };

const edge = (
  statistic: "Sum" | "Average" | "percentile",
  unit: MetricFact["unit"],
): MetricFact => ({
  // Region is always Global, and the metric in us-east-1.
  dimensions: [["DistributionId", "Region"]],
  statistics: [statistic],
  unit,
  source: edgePage,
});
const additional = (fact: MetricFact): MetricFact => ({ ...fact, additional: true });

const ecs = (unit: "Percent" | "Count"): MetricFact => ({
  dimensions: [["ClusterName", "ServiceName"]],
  statistics: levels,
  unit,
  source: ecsPage,
});

const waf: MetricFact = {
  // Without Region where the web ACL protects CloudFront.
  dimensions: [
    ["Rule", "WebACL"],
    ["Region", "Rule", "WebACL"],
  ],
  statistics: ["Sum"],
  unit: "Count",
  source: wafPage,
};

/** By namespace and name. */
export const metricFacts = {
  "AWS/CloudFront": {
    Requests: edge("Sum", "None"),
    "4xxErrorRate": edge("Average", "Percent"),
    "5xxErrorRate": edge("Average", "Percent"),
    CacheHitRate: additional(edge("Average", "Percent")),
    OriginLatency: additional(edge("percentile", "Milliseconds")),
    "401ErrorRate": additional(edge("Average", "Percent")),
    "403ErrorRate": additional(edge("Average", "Percent")),
    "404ErrorRate": additional(edge("Average", "Percent")),
    "502ErrorRate": additional(edge("Average", "Percent")),
    "503ErrorRate": additional(edge("Average", "Percent")),
    "504ErrorRate": additional(edge("Average", "Percent")),
  },
  "AWS/WAFV2": { AllowedRequests: waf, BlockedRequests: waf, CountedRequests: waf },
  "AWS/ApplicationELB": {
    // Requests for which a target was chosen: one that got 464 is not among them.
    RequestCount: elbCount(loadBalancer, targetGroup),
    NewConnectionCount: elbCount(loadBalancer),
    RejectedConnectionCount: elbCount(loadBalancer),
    ClientTLSNegotiationErrorCount: elbCount(loadBalancer),
    // There is no metric for 464 alone, nor for any other 4xx.
    HTTPCode_ELB_4XX_Count: elbCount(loadBalancer),
    HTTPCode_ELB_5XX_Count: elbCount(loadBalancer),
    HTTPCode_ELB_502_Count: elbCount(loadBalancer),
    HTTPCode_ELB_503_Count: elbCount(loadBalancer),
    HTTPCode_ELB_504_Count: elbCount(loadBalancer),
    HTTP_Fixed_Response_Count: elbCount(loadBalancer),
    HTTPCode_Target_2XX_Count: elbCount(loadBalancer, targetGroup),
    HTTPCode_Target_3XX_Count: elbCount(loadBalancer, targetGroup),
    HTTPCode_Target_4XX_Count: elbCount(loadBalancer, targetGroup),
    HTTPCode_Target_5XX_Count: elbCount(loadBalancer, targetGroup),
    TargetConnectionErrorCount: elbCount(loadBalancer, targetGroup),
    TargetTLSNegotiationErrorCount: elbCount(loadBalancer, targetGroup),
    TargetResponseTime: {
      dimensions: [loadBalancer, targetGroup],
      statistics: ["Average", "percentile"],
      unit: "Seconds",
      source: elbPage,
    },
    HealthyHostCount: hosts,
    UnHealthyHostCount: hosts,
  },
  "AWS/ECS": {
    CPUUtilization: ecs("Percent"),
    MemoryUtilization: ecs("Percent"),
    LiveTaskCount: ecs("Count"),
  },
  "AWS/CertificateManager": {
    DaysToExpiry: {
      dimensions: [["CertificateArn"]],
      statistics: ["Minimum"],
      unit: "Integer",
      source: acmPage,
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, MetricFact>>>>;

export type MetricNamespace = keyof typeof metricFacts;

/** What AWS says of a metric; undefined for one that is not in the list. */
export function metricFact(namespace: string, name: string): MetricFact | undefined {
  const facts: Readonly<Record<string, Readonly<Record<string, MetricFact>>>> = metricFacts;
  const of = Object.hasOwn(facts, namespace) ? facts[namespace] : undefined;
  return of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined;
}

/** What is wrong with a query for a metric; undefined for one that AWS can answer. */
export function metricProblem(
  namespace: string,
  name: string,
  dimensions: readonly string[],
  statistic: string,
): string | undefined {
  const fact = metricFact(namespace, name);
  if (fact === undefined) return `AWS's tables have no metric ${namespace} ${name}.`;
  const asked = [...dimensions].sort().join();
  if (!fact.dimensions.some((set) => [...set].sort().join() === asked))
    return `${name} is not published by ${asked || "no dimension"}: ${fact.source}`;
  const kind = /^p\d/.test(statistic) ? "percentile" : statistic;
  if (!(fact.statistics as readonly string[]).includes(kind))
    return `${statistic} of ${name} means nothing: ${fact.source}`;
  return undefined;
}
