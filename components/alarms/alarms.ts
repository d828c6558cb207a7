import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmThresholds, type AlarmRow, type AlarmSubject } from "../../path/alarmRow";
import { alarmTable } from "../../path/alarms";
import { certificateRegion } from "../../path/cloudfront";
import type { AlarmsArgs, WatchedServiceArgs } from "./alarmArgs";
import { alarmProblems, oneTopicServes, watchedBy } from "./alarmPlan";
import { AlarmTopic, type AlarmPublisher } from "./alarmTopic";
import { monthlyBudget } from "./budget";
import { alarmChat, type AlarmChat } from "./chat";
import { failedDeployments, type FailedDeployments } from "./failedDeployments";
import { withName } from "../shared/tags";

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
  /** What reports failed deployments; with the ARN of a service only. */
  public readonly failedDeployments: FailedDeployments | undefined;
  /** With `slack` or `teams` only. */
  public readonly chat: AlarmChat | undefined;
  /** With `budget` only. */
  public readonly budget: aws.budgets.Budget | undefined;

  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const problems = alarmProblems(args, args.tags);
    if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
    super("hopwise:index:Alarms", name, {}, opts);
    const parent = { parent: this };
    const { email, tags, without = [] } = args;
    const watched = watchedBy(args);
    const rows = alarmTable(alarmThresholds(args.thresholds), watched).filter(
      (row) => !without.includes(row.name),
    );
    const serviceArns = without.includes("failed-deployments") ? [] : serviceArnsOf(args);
    const publishers: AlarmPublisher[] = [
      ...(serviceArns.length > 0 ? (["events"] as const) : []),
      ...(args.budget ? (["budgets"] as const) : []),
    ];

    this.topic =
      args.topicArn === undefined
        ? new AlarmTopic(`${name}-alarms`, { email, publishers, tags }, parent)
        : undefined;
    const stackTopicArn = args.topicArn ?? this.topic?.topicArn ?? "";
    const edge = rows.some(({ place }) => place === "edge");
    this.edgeTopic =
      edge && args.edgeTopicArn === undefined && !oneTopicServes(args)
        ? new AlarmTopic(`${name}-edge-alarms`, { email, region: certificateRegion, tags }, parent)
        : undefined;
    const edgeTopicArn = edge ? (args.edgeTopicArn ?? this.edgeTopic?.topicArn) : undefined;

    const create = (row: AlarmRow, of: AlarmsArgs) =>
      row.place === "edge"
        ? this.create(name, row, of, edgeTopicArn ?? stackTopicArn, certificateRegion)
        : this.create(name, row, of, stackTopicArn);
    const further = (dimension: AlarmSubject, of: Readonly<Record<string, Partial<AlarmsArgs>>>) =>
      Object.entries(of).flatMap(([start, more]) =>
        rows
          .filter(({ dimensions }) => dimensions.includes(dimension))
          .map((row) =>
            create(
              { ...rowOf(row, args, start), name: `${start}-${row.name}` as typeof row.name },
              { ...args, ...more },
            ),
          ),
      );
    this.alarms = [
      ...rows.map((row) => create(rowOf(row, args, ""), args)),
      ...further(
        "TargetGroup",
        mapped(args.furtherTargetGroupArnSuffixes, (targetGroupArnSuffix) => ({
          targetGroupArnSuffix,
        })),
      ),
      ...further(
        "ServiceName",
        mapped(args.furtherServices, (service) => ({ service })),
      ),
    ];
    this.failedDeployments =
      serviceArns.length > 0
        ? failedDeployments(name, { serviceArns, topicArn: stackTopicArn, tags }, this)
        : undefined;
    const topicArns = [stackTopicArn, ...(edgeTopicArn === undefined ? [] : [edgeTopicArn])];
    this.chat = alarmChat(name, { slack: args.slack, teams: args.teams, topicArns, tags }, this);
    this.budget = args.budget && monthlyBudget(name, args.budget, stackTopicArn, tags, this);
    this.registerOutputs({ topicArn: stackTopicArn });
  }

  private create(
    name: string,
    row: AlarmRow,
    args: AlarmsArgs,
    topicArn: pulumi.Input<string>,
    region?: string,
  ): aws.cloudwatch.MetricAlarm {
    const { name: suffix, place, description, dimensions, ...metric } = row;
    const subjects: Record<AlarmSubject, () => pulumi.Input<string> | undefined> = {
      LoadBalancer: () => args.loadBalancerArnSuffix,
      TargetGroup: () => args.targetGroupArnSuffix,
      CertificateArn: () =>
        place === "edge" ? args.edgeCertificateArn : args.loadBalancerCertificateArn,
      ClusterName: () => args.service?.clusterName,
      ServiceName: () => args.service?.serviceName,
      DistributionId: () => args.distributionId,
      WebACL: () => args.webAclMetricName,
      Rule: () => "ALL",
      Region: () =>
        place === "edge" ? "Global" : aws.getRegionOutput({}, { parent: this }).region,
    };
    return new aws.cloudwatch.MetricAlarm(
      `${name}-${suffix}`,
      {
        ...metric,
        alarmDescription: description,
        dimensions: Object.fromEntries(dimensions.map((d) => [d, subjects[d]() ?? ""])),
        alarmActions: [topicArn],
        // The same people hear that the fault is over.
        okActions: [topicArn],
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

function serviceArnsOf({ service, furtherServices = {} }: AlarmsArgs): pulumi.Input<string>[] {
  return [service, ...Object.values(furtherServices)].flatMap(
    (one: WatchedServiceArgs | undefined) => one?.serviceArn ?? [],
  );
}

function mapped<In, Out>(of: Readonly<Record<string, In>> | undefined, to: (value: In) => Out) {
  return Object.fromEntries(Object.entries(of ?? {}).map(([key, value]) => [key, to(value)]));
}
