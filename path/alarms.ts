/**
 * The alarms of a path, as a table: metric, threshold, and the meaning of missing data. Pure;
 * components/alarms/alarms.ts creates them.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 */
import { defaults } from "./defaults";

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
}

/** Where a metric is: `edge` metrics are CloudFront's, in us-east-1. */
type AlarmPlace = "stack" | "edge";

/** What a metric is about; each is a dimension. */
export type AlarmSubject = "LoadBalancer" | "TargetGroup" | "CertificateArn";

/** One alarm, in CloudWatch's terms. */
export interface AlarmRow {
  /** Unique and stable: the end of the alarm's name. */
  readonly name: string;
  readonly place: AlarmPlace;
  /** For the people who get the message: what happened, and where to look. */
  readonly description: string;
  readonly namespace: "AWS/ApplicationELB" | "AWS/CertificateManager";
  readonly metricName: string;
  readonly dimensions: readonly AlarmSubject[];
  readonly statistic: "Sum" | "Maximum" | "Minimum";
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly comparisonOperator: "GreaterThanOrEqualToThreshold" | "LessThanOrEqualToThreshold";
  readonly threshold: number;
  readonly treatMissingData: "notBreaching" | "breaching" | "ignore";
}

/** The certificates that need an alarm. */
export interface WatchedCertificates {
  readonly loadBalancer: boolean;
  readonly edge: boolean;
}

/**
 * Three bad minutes out of five: a single burst wakes nobody, and a lasting fault is reported
 * within three minutes.
 */
const threeOfFiveMinutes = { period: 60, evaluationPeriods: 5, datapointsToAlarm: 3 } as const;

/**
 * The load balancer only publishes a count for minutes in which there was something to count, so
 * missing data is fine.
 */
const counts = {
  place: "stack",
  namespace: "AWS/ApplicationELB",
  statistic: "Sum",
  ...threeOfFiveMinutes,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  treatMissingData: "notBreaching",
} as const satisfies Partial<AlarmRow>;

/** Thresholds with the defaults filled in. */
export function alarmThresholds(given: Partial<AlarmThresholds> = {}): AlarmThresholds {
  const set = Object.entries(given).filter(
    ([, value]) => (value as number | undefined) !== undefined,
  );
  return { ...defaults.alarms.thresholds, ...Object.fromEntries(set) };
}

/** Every alarm of a path with these certificates. */
export function alarmTable(
  thresholds: AlarmThresholds,
  certificates: WatchedCertificates,
): AlarmRow[] {
  return [
    {
      ...counts,
      name: "load-balancer-4xx",
      metricName: "HTTPCode_ELB_4XX_Count",
      dimensions: ["LoadBalancer"],
      threshold: thresholds.loadBalancer4xx,
      description:
        `The load balancer itself answered ${thresholds.loadBalancer4xx} or more requests a minute with 4xx. ` +
        "464 is counted here and nowhere else: the protocol of the requests does not fit the target " +
        "group's protocol version (HTTP/1.1, as CloudFront speaks by default, to an HTTP2 group). RequestCount " +
        "does not count it. Also 400 (malformed), 403 (no secret header), 408, 460, 463. Which one: " +
        "elb_status_code in the access log, with target_status_code -.",
    },
    {
      ...counts,
      name: "load-balancer-5xx",
      metricName: "HTTPCode_ELB_5XX_Count",
      dimensions: ["LoadBalancer"],
      threshold: thresholds.loadBalancer5xx,
      description:
        `The load balancer itself answered ${thresholds.loadBalancer5xx} or more requests a minute with 5xx: ` +
        "no task answered. 502: the connection to a task broke or its answer was malformed; 503: no " +
        "task is registered; 504: none answered in time.",
    },
    {
      ...counts,
      name: "target-5xx",
      metricName: "HTTPCode_Target_5XX_Count",
      dimensions: ["LoadBalancer", "TargetGroup"],
      threshold: thresholds.target5xx,
      description:
        `The tasks answered ${thresholds.target5xx} or more requests a minute with 5xx: nginx, or the app ` +
        "behind it. See the tasks' logs.",
    },
    {
      ...counts,
      name: "unhealthy-targets",
      metricName: "UnHealthyHostCount",
      dimensions: ["LoadBalancer", "TargetGroup"],
      statistic: "Maximum",
      threshold: thresholds.unhealthyTargets,
      // Published every minute while a task is registered: missing data means that none is.
      treatMissingData: "breaching",
      description:
        `${thresholds.unhealthyTargets} or more tasks fail their health check, or no task is registered at ` +
        "all. With every task unhealthy the load balancer sends requests to all of them.",
    },
    ...(certificates.loadBalancer ? [certificate("stack", thresholds.certificateDays)] : []),
    ...(certificates.edge ? [certificate("edge", thresholds.certificateDays)] : []),
  ];
}

/**
 * ACM renews the certificates that it issued 45 days before they expire, while the validation records
 * exist. Fewer days than the threshold mean that this failed, or that an imported certificate has to
 * be renewed by hand. https://docs.aws.amazon.com/acm/latest/userguide/dns-renewal-validation.html
 */
function certificate(place: AlarmPlace, days: number): AlarmRow {
  const whose = place === "edge" ? "CloudFront's certificate" : "The load balancer's certificate";
  return {
    name: place === "edge" ? "edge-certificate-expiry" : "load-balancer-certificate-expiry",
    place,
    namespace: "AWS/CertificateManager",
    metricName: "DaysToExpiry",
    dimensions: ["CertificateArn"],
    statistic: "Minimum",
    // ACM publishes it twice a day.
    period: 86_400,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    comparisonOperator: "LessThanOrEqualToThreshold",
    threshold: days,
    // A new certificate has no data for some hours, an expired one never again: keep the state.
    treatMissingData: "ignore",
    description:
      `${whose} expires in ${days} days or less. ACM should have renewed one that it issued: look ` +
      "whether its validation record is still in DNS. An imported one is renewed by hand.",
  };
}
