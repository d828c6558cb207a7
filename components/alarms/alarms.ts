import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmTable, alarmThresholds, type AlarmRow, type AlarmSubject } from "../../path/alarms";
import { certificateRegion } from "../../path/cloudfront";
import { alarmProblems, oneTopicServes } from "./alarmPlan";
import { AlarmTopic } from "./alarmTopic";
import { withName } from "../shared/tags";

/** The thresholds at which alarms fire. */
export interface AlarmThresholdsArgs {
  /**
   * 4xx responses a minute that the load balancer itself makes, in three of five minutes. 464 is
   * counted here. @default 10
   */
  loadBalancer4xx?: number;
  /**
   * 5xx responses a minute that the load balancer itself makes, in three of five minutes.
   * @default 5
   */
  loadBalancer5xx?: number;
  /** 5xx responses a minute of the tasks, in three of five minutes. @default 10 */
  target5xx?: number;
  /** Tasks that fail their health check, in three of five minutes. @default 1 */
  unhealthyTargets?: number;
  /**
   * Days before a certificate expires. ACM renews its own 45 days before: with 45 or more, the alarm
   * fires before each renewal. @default 30
   */
  certificateDays?: number;
}

/** Whom the alarms notify, and when. */
export interface PathAlarmsArgs {
  /** Address that the topics created here send to, once its owner has confirmed. @default nobody */
  email?: pulumi.Input<string>;
  /**
   * Existing SNS topic in the stack's region, which CloudWatch may publish to.
   * @default a new one
   */
  topicArn?: pulumi.Input<string>;
  /**
   * Existing SNS topic in us-east-1 for CloudFront's certificate, whose metric is there.
   * @default the other topic if it is known to be in us-east-1 too, otherwise a new one
   */
  edgeTopicArn?: pulumi.Input<string>;
  thresholds?: AlarmThresholdsArgs;
}

export interface AlarmsArgs extends PathAlarmsArgs {
  /** `arnSuffix` of the load balancer. */
  loadBalancerArnSuffix: pulumi.Input<string>;
  /** `arnSuffix` of its target group. */
  targetGroupArnSuffix: pulumi.Input<string>;
  /** `arnSuffix` of further target groups, by the start of their alarms' names. @default none */
  furtherTargetGroupArnSuffixes?: Record<string, pulumi.Input<string>>;
  /**
   * Groups that have no tasks after every other deployment, by the same names; the first one's is
   * empty. That no task is registered there is no alarm. @default none
   */
  alternatingTargetGroups?: string[];
  /** Certificate in the stack's region. @default no alarm for it */
  loadBalancerCertificateArn?: pulumi.Input<string>;
  /** Certificate in us-east-1, of CloudFront. @default no alarm for it */
  edgeCertificateArn?: pulumi.Input<string>;
  /** The stack's region, if known: in us-east-1 one topic is enough. @default two topics */
  region?: string;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * CloudWatch alarms on a path's metrics, and the SNS topics they publish to. path/alarms.ts has the
 * table of alarms and their meaning.
 *
 * @throws RunError if a topic is given as text and no alarm could publish to it
 */
export class Alarms extends pulumi.ComponentResource {
  public readonly alarms: aws.cloudwatch.MetricAlarm[];
  /** Undefined where a topic was given. */
  public readonly topic: AlarmTopic | undefined;
  /** In us-east-1; undefined if a topic was given, the other one is used, or no alarm needs it. */
  public readonly edgeTopic: AlarmTopic | undefined;

  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const problems = alarmProblems(args);
    if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
    super("hopwise:index:Alarms", name, {}, opts);
    const parent = { parent: this };
    const { email, tags } = args;
    const edge = args.edgeCertificateArn !== undefined;

    this.topic =
      args.topicArn === undefined
        ? new AlarmTopic(`${name}-alarms`, { email, tags }, parent)
        : undefined;
    const stackTopicArn = args.topicArn ?? this.topic?.topicArn;
    this.edgeTopic =
      edge && args.edgeTopicArn === undefined && !oneTopicServes(args)
        ? new AlarmTopic(`${name}-edge-alarms`, { email, region: certificateRegion, tags }, parent)
        : undefined;
    const edgeTopicArn = args.edgeTopicArn ?? this.edgeTopic?.topicArn ?? stackTopicArn;

    const rows = alarmTable(alarmThresholds(args.thresholds), {
      loadBalancer: args.loadBalancerCertificateArn !== undefined,
      edge,
    });
    const ofGroups = rows.filter(({ dimensions }) => dimensions.includes("TargetGroup"));
    this.alarms = [
      ...rows.map((row) =>
        row.place === "edge"
          ? this.create(name, row, args, edgeTopicArn, certificateRegion)
          : this.create(name, rowOf(row, args, ""), args, stackTopicArn),
      ),
      ...Object.entries(args.furtherTargetGroupArnSuffixes ?? {}).flatMap(([start, suffix]) =>
        ofGroups.map((row) => {
          const of = { ...args, targetGroupArnSuffix: suffix };
          const own = { ...rowOf(row, args, start), name: `${start}-${row.name}` };
          return this.create(name, own, of, stackTopicArn);
        }),
      ),
    ];
    this.registerOutputs({ topicArn: stackTopicArn });
  }

  private create(
    name: string,
    row: AlarmRow,
    args: AlarmsArgs,
    topicArn: pulumi.Input<string> | undefined,
    region?: string,
  ): aws.cloudwatch.MetricAlarm {
    const { name: suffix, place, description, dimensions, ...metric } = row;
    const subjects: Record<AlarmSubject, pulumi.Input<string> | undefined> = {
      LoadBalancer: args.loadBalancerArnSuffix,
      TargetGroup: args.targetGroupArnSuffix,
      CertificateArn: place === "edge" ? args.edgeCertificateArn : args.loadBalancerCertificateArn,
    };
    const actions = topicArn === undefined ? [] : [topicArn];
    return new aws.cloudwatch.MetricAlarm(
      `${name}-${suffix}`,
      {
        ...metric,
        alarmDescription: description,
        dimensions: Object.fromEntries(dimensions.map((d) => [d, subjects[d] ?? ""])),
        alarmActions: actions,
        // The same people hear that the fault is over.
        okActions: actions,
        region,
        tags: withName(`${name}-${suffix}`, args.tags),
      },
      { parent: this },
    );
  }
}

/** The row for one target group: one that deployments leave without tasks has no data then. */
function rowOf(row: AlarmRow, { alternatingTargetGroups = [] }: AlarmsArgs, group: string) {
  const idle = row.dimensions.includes("TargetGroup") && alternatingTargetGroups.includes(group);
  return idle ? { ...row, treatMissingData: "notBreaching" as const } : row;
}
