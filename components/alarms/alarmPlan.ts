/**
 * Which topics a path's alarms publish to, before anything exists. Plain values to plain values.
 */
import type * as pulumi from "@pulumi/pulumi";
import { certificateRegion } from "../../path/cloudfront";

/** What decides that. Of an `Input` only its presence is used, unless it is plain text. */
export interface AlarmTargets {
  readonly email?: pulumi.Input<string>;
  readonly topicArn?: pulumi.Input<string>;
  readonly edgeTopicArn?: pulumi.Input<string>;
  /** Region of the stack, where it is known. */
  readonly region?: string;
}

/** Whether one topic serves the alarms of both regions. */
export function oneTopicServes(targets: AlarmTargets): boolean {
  return targets.region === certificateRegion && targets.edgeTopicArn === undefined;
}

/** Problems of topics given as plain text: an alarm can only publish to topics in its region. */
export function alarmProblems(targets: AlarmTargets | undefined): string[] {
  if (targets === undefined) return [];
  const { region } = targets;
  return [
    ...topicProblems("alarms.topicArn", targets.topicArn, region),
    ...topicProblems("alarms.edgeTopicArn", targets.edgeTopicArn, certificateRegion),
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
