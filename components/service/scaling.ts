import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { scheduledRange, trackedTargets, usualRange } from "../../path/scaling";
import { lastPart, loadBalancerSuffix, targetGroupSuffix } from "../shared/arn";
import { withName } from "../shared/tags";

/** Another range of tasks from certain times on. */
export interface ScalingScheduleArgs {
  /**
   * When, as AWS writes it: `cron(0 20 ? * MON-FRI *)`, `rate(1 day)` or `at(2026-12-24T18:00:00)`.
   * https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
   */
  schedule: string;
  /** IANA time zone of `cron` and `at`. @default "UTC" */
  timezone?: string;
  /** Fewest tasks from then on; 0 stops all of them, and requests get 503. */
  min: number;
  /** Most tasks from then on. @default that of the service, 0 with a `min` of 0 */
  max?: number;
}

/** How many tasks a service has, and what changes their number. */
export interface ScalingArgs {
  /** Fewest tasks, at least 1, and the number that a new service starts with. @default 2 */
  min?: number;
  /** Most tasks, at most 1000. */
  max: number;
  /** Average CPU use in percent of `cpu` that is followed. @default 60 if nothing else is */
  cpuPercent?: number;
  /** The same for `memory`. @default not followed */
  memoryPercent?: number;
  /** Requests for each task in a minute. @default not followed */
  requestsPerTarget?: number;
  /** Seconds from removing tasks to removing more. @default 300 */
  scaleInCooldown?: number;
  /** Seconds that new tasks get before more are added. @default 300 */
  scaleOutCooldown?: number;
  /** Other ranges from certain times on, by names of your own. @default none */
  schedules?: Record<string, ScalingScheduleArgs>;
}

/** A service to scale, and where its requests come from. */
export interface ServiceScalingArgs extends ScalingArgs {
  /** ARN of the service's cluster. */
  clusterArn: pulumi.Input<string>;
  /** Name of the service. */
  serviceName: pulumi.Input<string>;
  /** Listener that forwards to the target groups; needed for `requestsPerTarget`. */
  listenerArn?: pulumi.Input<string>;
  /** Target groups of the service, by a word for each: `requests`. */
  targetGroupArns?: Record<string, pulumi.Input<string>>;
  /** Tags for the scalable target. */
  tags?: Record<string, pulumi.Input<string>>;
}

type Metric =
  aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification;

/**
 * Changes the number of a service's tasks with its load, and at certain times. The service has to
 * ignore changes of `desiredCount`, or the next update undoes what this did.
 */
export class ServiceScaling extends pulumi.ComponentResource {
  public readonly target: aws.appautoscaling.Target;
  /** With `cpuPercent`, or if nothing else is followed. */
  public readonly cpuPolicy: aws.appautoscaling.Policy | undefined;
  /** With `memoryPercent` only. */
  public readonly memoryPolicy: aws.appautoscaling.Policy | undefined;
  /** One for each target group; with `requestsPerTarget` only. */
  public readonly requestPolicies: aws.appautoscaling.Policy[];
  /** By name. */
  public readonly schedules: Readonly<Record<string, aws.appautoscaling.ScheduledAction>>;

  constructor(name: string, args: ServiceScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:ServiceScaling", name, {}, opts);
    const { min, max } = usualRange(args);
    this.target = new aws.appautoscaling.Target(
      name,
      {
        serviceNamespace: "ecs",
        scalableDimension: "ecs:service:DesiredCount",
        resourceId: pulumi.interpolate`service/${pulumi.output(args.clusterArn).apply(lastPart)}/${args.serviceName}`,
        minCapacity: min,
        maxCapacity: max,
        tags: withName(name, args.tags),
      },
      { parent: this },
    );
    const targets = trackedTargets(args);
    const follow = (what: string, targetValue: number | undefined, metric: Metric) =>
      targetValue === undefined
        ? undefined
        : this.policy(`${name}-${what}`, targetValue, metric, args);
    this.cpuPolicy = follow("cpu", targets.cpuPercent, {
      predefinedMetricType: "ECSServiceAverageCPUUtilization",
    });
    this.memoryPolicy = follow("memory", targets.memoryPercent, {
      predefinedMetricType: "ECSServiceAverageMemoryUtilization",
    });
    this.requestPolicies = Object.entries(args.targetGroupArns ?? {}).flatMap(([what, arn]) => {
      const policy = follow(what, targets.requestsPerTarget, {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: requestLabel(args.listenerArn ?? "", arn),
      });
      return policy ?? [];
    });
    const schedules = Object.entries(args.schedules ?? {});
    this.schedules = Object.fromEntries(
      schedules.map(([key, one]) => [key, this.scheduled(`${name}-${key}`, one, args)]),
    );
    this.registerOutputs({ resourceId: this.target.resourceId });
  }

  private get scaled() {
    const { serviceNamespace, scalableDimension, resourceId } = this.target;
    return { serviceNamespace, scalableDimension, resourceId };
  }

  private policy(
    name: string,
    targetValue: number,
    predefinedMetricSpecification: Metric,
    { scaleInCooldown, scaleOutCooldown }: ScalingArgs,
  ): aws.appautoscaling.Policy {
    const usual = defaults.service.scaling;
    return new aws.appautoscaling.Policy(
      name,
      {
        ...this.scaled,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification,
          scaleInCooldown: scaleInCooldown ?? usual.scaleInCooldown,
          scaleOutCooldown: scaleOutCooldown ?? usual.scaleOutCooldown,
        },
      },
      { parent: this },
    );
  }

  private scheduled(
    name: string,
    schedule: ScalingScheduleArgs,
    scaling: ScalingArgs,
  ): aws.appautoscaling.ScheduledAction {
    const { min, max } = scheduledRange(schedule, scaling);
    return new aws.appautoscaling.ScheduledAction(
      name,
      {
        ...this.scaled,
        schedule: schedule.schedule,
        timezone: schedule.timezone ?? defaults.service.scaling.timezone,
        scalableTargetAction: { minCapacity: min, maxCapacity: max },
      },
      { parent: this },
    );
  }
}

/**
 * The label of a target group behind a load balancer: the ends of both ARNs.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html
 */
function requestLabel(
  listenerArn: pulumi.Input<string>,
  targetGroupArn: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi
    .all([listenerArn, targetGroupArn])
    .apply(([listener, group]) => `${loadBalancerSuffix(listener)}/${targetGroupSuffix(group)}`);
}

/** What of a service's arguments decides how it is scaled. */
interface ScaledServiceArgs {
  scaling?: ScalingArgs;
  targetGroupArn: pulumi.Input<string>;
  grpcTargetGroupArn?: pulumi.Input<string>;
  listenerArn?: pulumi.Input<string>;
  tags?: Record<string, pulumi.Input<string>>;
}

/** @throws RunError if requests are to be followed, and where they come from is not given. */
export function requireListener(
  name: string,
  { scaling, listenerArn }: Pick<ScaledServiceArgs, "scaling" | "listenerArn">,
): void {
  if (scaling?.requestsPerTarget === undefined || listenerArn !== undefined) return;
  throw new pulumi.RunError(
    `WebService "${name}": scaling.requestsPerTarget counts the requests of a load balancer. Give ` +
      `listenerArn, the listener that forwards to the target group, or leave it out.`,
  );
}

/** The scaling of a service that was made; undefined if its number of tasks is fixed. */
export function scaleService(
  name: string,
  { scaling, targetGroupArn, grpcTargetGroupArn, listenerArn, tags }: ScaledServiceArgs,
  service: Pick<ServiceScalingArgs, "clusterArn" | "serviceName">,
  parent: pulumi.Resource,
): ServiceScaling | undefined {
  if (scaling === undefined) return undefined;
  const targetGroupArns: Record<string, pulumi.Input<string>> = { requests: targetGroupArn };
  if (grpcTargetGroupArn !== undefined) targetGroupArns["grpc-requests"] = grpcTargetGroupArn;
  const args = { ...scaling, ...service, listenerArn, targetGroupArns, tags };
  return new ServiceScaling(name, args, { parent });
}
