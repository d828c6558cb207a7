import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { named } from "../shared/tags";

export interface ThreatDetectionArgs {
  /** True for GuardDuty with Runtime Monitoring of Fargate tasks. @default false */
  guardDuty?: boolean;
  /**
   * Id of the detector that the account has in this region already: an account can have one only.
   * @default one is made
   */
  detectorId?: pulumi.Input<string>;
  /** True to let Inspector scan the images in ECR, of the whole account. @default false */
  inspector?: boolean;
  /** Tags for the detector. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * GuardDuty and Inspector for the account and region the stack is in: both watch more than this
 * stack, and both cost by use.
 *
 * Runtime Monitoring puts an agent beside the containers of every Fargate task that starts from then
 * on (https://docs.aws.amazon.com/guardduty/latest/ug/how-runtime-monitoring-works-ecs-fargate.html);
 * what the tasks need for it, a path does with `runtimeMonitoring`.
 */
export class ThreatDetection extends pulumi.ComponentResource {
  /** Undefined where one was given, or GuardDuty is off. */
  public readonly detector: aws.guardduty.Detector | undefined;
  /** The given one's id or the one's that was made; undefined where GuardDuty is off. */
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
              // The default would be six hours: too late to act upon.
              findingPublishingFrequency: "FIFTEEN_MINUTES",
              tags: named(name, args.tags),
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
              // On Fargate GuardDuty is the only one who can run the agent.
              additionalConfigurations: [
                { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "ENABLED" },
              ],
            },
            parent,
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
