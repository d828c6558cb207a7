import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

export interface ThreatDetectionArgs {
  /** True for GuardDuty with Runtime Monitoring of Fargate tasks. @default false */
  guardDuty?: boolean;
  /**
   * Id of the account's existing detector in this region: there can be only one.
   * @default a new one
   */
  detectorId?: pulumi.Input<string>;
  /** True to let Inspector scan all of the account's images in ECR. @default false */
  inspector?: boolean;
  /** Tags for the detector. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * GuardDuty and Inspector for the stack's account and region. Both monitor more than this stack,
 * and both are paid by use.
 *
 * Runtime Monitoring adds an agent to every Fargate task that starts afterwards
 * (https://docs.aws.amazon.com/guardduty/latest/ug/how-runtime-monitoring-works-ecs-fargate.html);
 * a path with `runtimeMonitoring` has what the tasks need for it.
 */
export class ThreatDetection extends pulumi.ComponentResource {
  /** Undefined if an existing one is used, or GuardDuty is off. */
  public readonly detector: aws.guardduty.Detector | undefined;
  /** Id of the existing or created detector; undefined if GuardDuty is off. */
  public readonly detectorId: pulumi.Output<string> | undefined;
  /** With `guardDuty` only. */
  public readonly runtimeMonitoring: aws.guardduty.DetectorFeature | undefined;
  /** With `inspector` only. */
  public readonly inspector: aws.inspector2.Enabler | undefined;

  constructor(name: string, args: ThreatDetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:ThreatDetection", name, {}, opts);
    const parent = { parent: this };
    const { guardDuty = false, inspector = false } = args;

    this.detector =
      guardDuty && args.detectorId === undefined
        ? new aws.guardduty.Detector(
            name,
            {
              enable: true,
              // The default is six hours, which is too late to react.
              findingPublishingFrequency: "FIFTEEN_MINUTES",
              tags: withName(name, args.tags),
            },
            parent,
          )
        : undefined;
    const detectorId = args.detectorId ?? this.detector?.id;
    this.detectorId = guardDuty && detectorId !== undefined ? pulumi.output(detectorId) : undefined;
    this.runtimeMonitoring =
      this.detectorId === undefined
        ? undefined
        : new aws.guardduty.DetectorFeature(
            `${name}-runtime-monitoring`,
            {
              detectorId: this.detectorId,
              name: "RUNTIME_MONITORING",
              status: "ENABLED",
              // On Fargate only GuardDuty itself can run the agent.
              additionalConfigurations: [
                { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "ENABLED" },
              ],
            },
            // AWS returns the configurations for EC2 and EKS as well, which every update would show
            // as a replacement.
            { ...parent, ignoreChanges: ["additionalConfigurations"] },
          );
    this.inspector = inspector
      ? new aws.inspector2.Enabler(
          name,
          {
            accountIds: [aws.getCallerIdentityOutput({}, parent).accountId],
            resourceTypes: ["ECR"],
          },
          parent,
        )
      : undefined;
    this.registerOutputs({ detectorId: this.detectorId });
  }
}
