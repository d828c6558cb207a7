/** An alarm as data, and the thresholds at which alarms fire. Pure. */
import { defaults } from "./defaults";
import type { MetricNamespace, MetricStatistic } from "./metrics";

/** The thresholds at which alarms fire. */
export interface AlarmThresholds {
  /** 4xx responses a minute that the load balancer itself makes; 464 is one of them. */
  readonly loadBalancer4xx: number;
  /** 5xx responses a minute that the load balancer itself makes: no task answered. */
  readonly loadBalancer5xx: number;
  /** 5xx responses a minute of the tasks. */
  readonly target5xx: number;
  /** Tasks that fail their health check. */
  readonly unhealthyTargets: number;
  /** Days before a certificate expires. */
  readonly certificateDays: number;
  /** Percent of the CPU that a service's tasks have reserved. */
  readonly cpuPercent: number;
  /** Percent of the memory that a service's tasks have reserved. */
  readonly memoryPercent: number;
  /** Milliseconds until 99 of 100 answers of the tasks have begun. */
  readonly targetP99: number;
  /** Percent of viewers' requests that CloudFront answers with 5xx. */
  readonly edge5xxPercent: number;
  /** Requests a minute that the web ACL blocks. */
  readonly wafBlocked: number;
}

/** Thresholds with the defaults filled in. */
export function alarmThresholds(given: Partial<AlarmThresholds> = {}): AlarmThresholds {
  const set = Object.entries(given).filter(
    ([, value]) => (value as number | undefined) !== undefined,
  );
  return { ...defaults.alarms.thresholds, ...Object.fromEntries(set) };
}

/** What people can leave out: the ends of the alarms' names, and the event of failed deployments. */
export const alarmNames = [
  "load-balancer-4xx",
  "load-balancer-5xx",
  "target-5xx",
  "target-p99",
  "unhealthy-targets",
  "cpu",
  "memory",
  "edge-5xx",
  "waf-blocked",
  "load-balancer-certificate-expiry",
  "edge-certificate-expiry",
  "failed-deployments",
] as const;

export type AlarmName = (typeof alarmNames)[number];

/** Where a metric is: `edge` metrics are CloudFront's, in us-east-1. */
export type AlarmPlace = "stack" | "edge";

/** What a metric is about; each is a dimension. */
export type AlarmSubject =
  | "LoadBalancer"
  | "TargetGroup"
  | "CertificateArn"
  | "ClusterName"
  | "ServiceName"
  | "DistributionId"
  | "WebACL"
  | "Rule"
  | "Region";

/** One alarm, in CloudWatch's terms. */
export interface AlarmRow {
  /** Unique and stable: the end of the alarm's name. */
  readonly name: AlarmName;
  readonly place: AlarmPlace;
  /** For the people who get the message: what happened, and where to look. */
  readonly description: string;
  readonly namespace: MetricNamespace;
  readonly metricName: string;
  readonly dimensions: readonly AlarmSubject[];
  /** Absent where a percentile is watched. */
  readonly statistic?: Exclude<MetricStatistic, "percentile">;
  readonly extendedStatistic?: "p99";
  /** With a percentile: too few requests for one change nothing. */
  readonly evaluateLowSampleCountPercentiles?: "ignore";
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly comparisonOperator: "GreaterThanOrEqualToThreshold" | "LessThanOrEqualToThreshold";
  readonly threshold: number;
  readonly treatMissingData: "notBreaching" | "breaching" | "ignore";
}

/** What there is to watch, apart from the load balancer and its target group. */
export interface Watched {
  /** True for a certificate of the load balancer. */
  readonly loadBalancer: boolean;
  /** True for a certificate of CloudFront. */
  readonly edge: boolean;
  /** True for a distribution. */
  readonly distribution?: boolean;
  /** Where the web ACL is, if there is one. */
  readonly webAcl?: AlarmPlace;
  /** True for an ECS service. */
  readonly service?: boolean;
}

/**
 * Three bad minutes out of five: a single burst wakes nobody, and a lasting fault is reported
 * within three minutes.
 */
export const threeOfFiveMinutes = {
  period: 60,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  // Without a request there is nothing to count, and without a task nothing to measure.
  treatMissingData: "notBreaching",
} as const satisfies Partial<AlarmRow>;
