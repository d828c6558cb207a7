/**
 * The alarms of a path, as a table: metric, threshold, and the meaning of missing data. Pure;
 * components/alarms/alarms.ts creates them. path/metrics.ts has AWS's list of the metrics.
 */
import {
  type AlarmPlace,
  type AlarmRow,
  type AlarmThresholds,
  threeOfFiveMinutes,
  type Watched,
} from "./alarmRow";

/**
 * The load balancer only publishes a count for minutes in which there was something to count, so
 * missing data is fine.
 */
const counts = {
  place: "stack",
  namespace: "AWS/ApplicationELB",
  statistic: "Sum",
  ...threeOfFiveMinutes,
} as const satisfies Partial<AlarmRow>;

/** Every alarm on what there is. */
export function alarmTable(thresholds: AlarmThresholds, watched: Watched): AlarmRow[] {
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
    targetLatency(thresholds.targetP99),
    ...(watched.service === true ? serviceLoad(thresholds) : []),
    ...(watched.distribution === true ? [edgeErrors(thresholds.edge5xxPercent)] : []),
    ...(watched.webAcl === undefined ? [] : [blocked(watched.webAcl, thresholds.wafBlocked)]),
    ...(watched.loadBalancer ? [certificate("stack", thresholds.certificateDays)] : []),
    ...(watched.edge ? [certificate("edge", thresholds.certificateDays)] : []),
  ];
}

function targetLatency(milliseconds: number): AlarmRow {
  return {
    ...threeOfFiveMinutes,
    name: "target-p99",
    place: "stack",
    namespace: "AWS/ApplicationELB",
    metricName: "TargetResponseTime",
    dimensions: ["LoadBalancer", "TargetGroup"],
    extendedStatistic: "p99",
    evaluateLowSampleCountPercentiles: "ignore",
    // The metric is in seconds.
    threshold: milliseconds / 1000,
    description:
      `One of 100 requests waited ${milliseconds} ms or more for the tasks to begin their answer. See CPU ` +
      "and memory of the service, and target_processing_time in the access log.",
  };
}

/**
 * ECS publishes both for Fargate without charge, as a share of what the task definition reserves.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html
 */
function serviceLoad({ cpuPercent, memoryPercent }: AlarmThresholds): AlarmRow[] {
  const of = {
    ...threeOfFiveMinutes,
    place: "stack",
    namespace: "AWS/ECS",
    dimensions: ["ClusterName", "ServiceName"],
    statistic: "Average",
  } as const satisfies Partial<AlarmRow>;
  return [
    {
      ...of,
      name: "cpu",
      metricName: "CPUUtilization",
      threshold: cpuPercent,
      description:
        `The service's tasks use ${cpuPercent} percent or more of their CPU on average. Answers become slow ` +
        "next: more tasks (count), or larger ones (cpu).",
    },
    {
      ...of,
      name: "memory",
      metricName: "MemoryUtilization",
      threshold: memoryPercent,
      description:
        `The service's tasks use ${memoryPercent} percent or more of their memory on average. At 100 percent ` +
        "a container is killed, and its requests get 502: larger tasks (memory), or look for a leak.",
    },
  ];
}

/** A rate of viewers' requests: what CloudFront makes itself and what the origin answered. */
function edgeErrors(percent: number): AlarmRow {
  return {
    ...threeOfFiveMinutes,
    name: "edge-5xx",
    place: "edge",
    namespace: "AWS/CloudFront",
    metricName: "5xxErrorRate",
    dimensions: ["DistributionId", "Region"],
    statistic: "Average",
    threshold: percent,
    description:
      `CloudFront answered ${percent} percent or more of the viewers' requests with 5xx. If the load balancer ` +
      "counts none at the same time, CloudFront cannot reach it, or its TLS or certificate is wrong: " +
      "x-edge-detailed-result-type in CloudFront's log. 464 is a 4xx, and is not counted here.",
  };
}

function blocked(place: AlarmPlace, requests: number): AlarmRow {
  return {
    ...counts,
    name: "waf-blocked",
    place,
    namespace: "AWS/WAFV2",
    metricName: "BlockedRequests",
    dimensions: place === "edge" ? ["WebACL", "Rule"] : ["WebACL", "Rule", "Region"],
    threshold: requests,
    description:
      `The web ACL blocked ${requests} or more requests a minute: an attack, or a rule that blocks people. ` +
      "Which rule: terminatingRuleId in the web ACL's log.",
  };
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
