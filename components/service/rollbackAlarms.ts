/** The alarms by which ECS goes back, made before the service that names them. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type RollbackThresholds, rollbackOf } from "../../path/deployments";
import {
  failedShare,
  type RollbackAlarm,
  rollbackAlarms,
  rollbackPeriod,
  twoOfThreeMinutes,
} from "../../path/rollbackAlarms";
import { loadBalancerSuffix, targetGroupSuffix } from "../shared/arn";
import { withName } from "../shared/tags";
import type { DeploymentArgs, TrafficArgs } from "./deployment";

/** What the service is called by. */
export interface WatchedTargets {
  readonly targetGroupArn: pulumi.Input<string>;
  readonly grpcTargetGroupArn?: pulumi.Input<string>;
  readonly traffic?: TrafficArgs;
  readonly listenerArn?: pulumi.Input<string>;
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** @throws RunError if alarms are asked for, and what they watch is not given. */
export function requireWatchable(
  name: string,
  { deployment, listenerArn }: { deployment?: DeploymentArgs; listenerArn?: unknown },
): void {
  if (deployment?.rollback?.enabled !== true || listenerArn !== undefined) return;
  throw new pulumi.RunError(
    `WebService "${name}": deployment.rollback watches the requests of a load balancer. Give ` +
      `listenerArn, the listener that forwards to the target group, or leave it out.`,
  );
}

/**
 * One alarm for each target group of a service, and one for the load balancer; none where nothing
 * goes back by them.
 */
export function createRollbackAlarms(
  name: string,
  deployment: DeploymentArgs | undefined,
  watched: WatchedTargets,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm[] {
  const thresholds = rollbackOf(deployment);
  const { listenerArn, targetGroupArn, grpcTargetGroupArn, traffic, tags } = watched;
  if (thresholds === undefined || listenerArn === undefined) return [];
  const { targetGroup, loadBalancer } = rollbackAlarms(thresholds);
  const LoadBalancer = pulumi.output(listenerArn).apply(loadBalancerSuffix);
  const create = (alarm: RollbackAlarm, start: string, groupArn?: pulumi.Input<string>) => {
    const dimensions = {
      LoadBalancer,
      ...(groupArn !== undefined && {
        TargetGroup: pulumi.output(groupArn).apply(targetGroupSuffix),
      }),
    };
    return shareAlarm(`${name}-${start}${alarm.name}`, alarm, dimensions, thresholds, tags, parent);
  };
  const second = traffic?.alternateTargetGroupArn;
  return [
    create(targetGroup, "", targetGroupArn),
    ...(second === undefined ? [] : [create(targetGroup, "green-", second)]),
    ...(grpcTargetGroupArn === undefined ? [] : [create(targetGroup, "grpc-", grpcTargetGroupArn)]),
    create(loadBalancer, ""),
  ];
}

/** Publishes to no topic: the event of the failed deployment says what happened. */
function shareAlarm(
  alarmName: string,
  { namespace, failed, requests, description }: RollbackAlarm,
  dimensions: Record<string, pulumi.Input<string>>,
  { errorPercent, errors }: RollbackThresholds,
  tags: WatchedTargets["tags"],
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  const sum = (id: string, metricName: string) => ({
    id,
    metric: { namespace, metricName, dimensions, period: rollbackPeriod, stat: "Sum" },
  });
  return new aws.cloudwatch.MetricAlarm(
    alarmName,
    {
      ...twoOfThreeMinutes,
      threshold: errorPercent,
      alarmDescription: description,
      metricQueries: [
        {
          id: "share",
          expression: failedShare(errors),
          label: "Failed requests, percent",
          returnData: true,
        },
        sum("failed", failed),
        sum("requests", requests),
      ],
      tags: withName(alarmName, tags),
    },
    { parent },
  );
}
