/**
 * The alarms by which ECS ends a deployment and goes back, as a table. Pure;
 * components/service/rollbackAlarms.ts creates them.
 *
 * They name no service, so that the service can name them: they are made from the load balancer and
 * its target groups. Where those of path/alarms.ts count, these have a share: of the requests to one
 * target group, since the new tasks of a canary may get few of all requests.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
import type { RollbackThresholds } from "./deployments";
import type { MetricNamespace } from "./metrics";

/** One alarm, in CloudWatch's terms: `failed` as a share of `requests`. */
export interface RollbackAlarm {
  /** The end of the alarm's name. */
  readonly name: "deployment-5xx" | "deployment-load-balancer-5xx";
  readonly description: string;
  readonly namespace: MetricNamespace;
  readonly failed: string;
  readonly requests: string;
}

/** That of each target group of a service, and that of its load balancer. */
export function rollbackAlarms({ errorPercent, errors }: RollbackThresholds): {
  readonly targetGroup: RollbackAlarm;
  readonly loadBalancer: RollbackAlarm;
} {
  const many = `${errorPercent} percent or more of the requests, ${errors} or more a minute`;
  const goesBack = "ECS ends a deployment that runs meanwhile, and goes back.";
  const of = { namespace: "AWS/ApplicationELB", requests: "RequestCount" } as const;
  return {
    targetGroup: {
      ...of,
      name: "deployment-5xx",
      failed: "HTTPCode_Target_5XX_Count",
      description: `The tasks of this target group answered ${many}, with 5xx. ${goesBack}`,
    },
    loadBalancer: {
      ...of,
      name: "deployment-load-balancer-5xx",
      // Of no target group. RequestCount leaves out requests for which no task is registered (503), so
      // that the first deployment of a service that is called already does not fail by them.
      failed: "HTTPCode_ELB_5XX_Count",
      description:
        `The load balancer itself answered ${many}, with 5xx: no task answered, or not in time. ` +
        goesBack,
    },
  };
}

/**
 * The share in percent; 0 below the least number. There is no value for a minute without a failed
 * request, which is not breaching.
 */
export const failedShare = (errors: number): string =>
  `IF(failed >= ${errors}, 100 * failed / requests, 0)`;

/**
 * Two bad minutes out of three: ECS is to go back while the new tasks have few of the requests. It
 * extends a rolling deployment by about as long.
 */
export const twoOfThreeMinutes = {
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  treatMissingData: "notBreaching",
} as const;

/** Seconds that each value of these alarms sums up. */
export const rollbackPeriod = 60;

/** Minutes that they evaluate. */
export const rollbackMinutes = (twoOfThreeMinutes.evaluationPeriods * rollbackPeriod) / 60;
