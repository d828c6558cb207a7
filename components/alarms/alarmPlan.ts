/**
 * Which topics a path's alarms publish to, before anything exists. Plain values to plain values.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmPlace, Watched } from "../../path/alarmRow";
import { certificateRegion } from "../../path/cloudfront";
import type { AlarmsArgs, BudgetArgs } from "./alarmArgs";

/** What decides that. Of an `Input` only its presence is used, unless it is plain text. */
export interface AlarmTargets {
  readonly email?: pulumi.Input<string>;
  readonly topicArn?: pulumi.Input<string>;
  readonly edgeTopicArn?: pulumi.Input<string>;
  /** Region of the stack, where it is known. */
  readonly region?: string;
  readonly budget?: BudgetArgs;
}

/** What of the path there is to watch. */
export function watchedBy(args: AlarmsArgs): Watched {
  const { loadBalancerCertificateArn, edgeCertificateArn, distributionId } = args;
  return {
    loadBalancer: loadBalancerCertificateArn !== undefined,
    edge: edgeCertificateArn !== undefined,
    distribution: distributionId !== undefined,
    service: args.service !== undefined,
    webAcl: args.webAclMetricName === undefined ? undefined : webAclPlace(args.webAclScope),
  };
}

/** Where the metrics of a web ACL are. */
export const webAclPlace = (scope: AlarmsArgs["webAclScope"]): AlarmPlace =>
  scope === "CLOUDFRONT" ? "edge" : "stack";

/** Whether one topic serves the alarms of both regions. */
export function oneTopicServes(targets: AlarmTargets): boolean {
  return targets.region === certificateRegion && targets.edgeTopicArn === undefined;
}

/**
 * Problems of topics given as plain text, because an alarm can only publish to topics in its region,
 * and of a budget.
 */
export function alarmProblems(
  targets: AlarmTargets | undefined,
  tags: Readonly<Record<string, unknown>> = {},
): string[] {
  if (targets === undefined) return [];
  const { region, budget } = targets;
  return [
    ...topicProblems("alarms.topicArn", targets.topicArn, region),
    ...topicProblems("alarms.edgeTopicArn", targets.edgeTopicArn, certificateRegion),
    ...(budget === undefined ? [] : budgetProblems(budget, tags)),
  ];
}

function budgetProblems(
  { monthlyDollars, tag }: BudgetArgs,
  tags: Readonly<Record<string, unknown>>,
): string[] {
  return [
    ...(monthlyDollars > 0 ? [] : ["alarms.budget.monthlyDollars has to be more than 0."]),
    ...(tag === undefined || Object.hasOwn(tags, tag)
      ? []
      : [
          `alarms.budget.tag is "${tag}", which is no key of tags: add it there, or leave it out to ` +
            "count the whole account.",
        ]),
  ];
}

function topicProblems(
  argument: string,
  arn: pulumi.Input<string> | undefined,
  region: string | undefined,
): string[] {
  if (typeof arn !== "string") return [];
  const found = topicRegion(arn);
  if (found === undefined) {
    return [
      `${argument} is "${arn}": expected the ARN of an SNS topic, such as ` +
        `arn:aws:sns:${region ?? certificateRegion}:111122223333:alarms.`,
    ];
  }
  if (region === undefined || found === region) return [];
  return [
    `${argument} is a topic in ${found}: an alarm can only publish to topics in its region, and that ` +
      `is ${region}. Name a topic there, or leave the argument out to have one made.`,
  ];
}

/** Region of a topic's ARN; undefined if the text is not such an ARN. */
function topicRegion(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:[A-Za-z0-9_-]{1,256}$/.exec(arn)?.[1];
}
