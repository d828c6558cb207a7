import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

/** A service that may publish in addition to CloudWatch's alarms: EventBridge, or AWS Budgets. */
export type AlarmPublisher = "events" | "budgets";

export interface AlarmTopicArgs {
  /** Address that gets a message for every alarm, once its owner has confirmed. @default nobody */
  email?: pulumi.Input<string>;
  /**
   * Region of the topic: alarms can only publish to topics in their own region.
   * @default the provider's region
   */
  region?: string;
  /** Services that may publish in addition to CloudWatch's alarms. @default none */
  publishers?: AlarmPublisher[];
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * An encrypted SNS topic that CloudWatch alarms of this account may publish to, and the services
 * that are named. It has a dedicated
 * key, because the policy of AWS's own key does not admit CloudWatch
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services).
 */
export class AlarmTopic extends pulumi.ComponentResource {
  public readonly key: aws.kms.Key;
  public readonly topic: aws.sns.Topic;
  public readonly policy: aws.sns.TopicPolicy;
  /** With `email` only. */
  public readonly subscription: aws.sns.TopicSubscription | undefined;
  /** ARN of the topic, known only once alarms may publish to it. */
  public readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:AlarmTopic", name, {}, opts);
    const parent = { parent: this };
    const { region, publishers = [] } = args;
    const account = aws.getCallerIdentityOutput({}, parent).accountId;
    const partition = aws.getPartitionOutput({}, parent).partition;
    const tags = withName(name, args.tags);

    this.key = new aws.kms.Key(
      name,
      {
        description: "Messages of CloudWatch alarms",
        enableKeyRotation: true,
        deletionWindowInDays: 7,
        policy: pulumi.all([account, partition]).apply(([a, p]) => keyPolicy(a, p, publishers)),
        region,
        tags,
      },
      parent,
    );
    this.topic = new aws.sns.Topic(
      name,
      { kmsMasterKeyId: this.key.arn, signatureVersion: 2, region, tags },
      parent,
    );
    this.policy = new aws.sns.TopicPolicy(
      name,
      {
        arn: this.topic.arn,
        policy: pulumi
          .all([this.topic.arn, account])
          .apply(([arn, a]) => topicPolicy(arn, a, publishers)),
        region,
      },
      parent,
    );
    this.topicArn = pulumi.all([this.topic.arn, this.policy.id]).apply(([arn]) => arn);
    this.subscription =
      args.email === undefined
        ? undefined
        : new aws.sns.TopicSubscription(
            `${name}-email`,
            { topic: this.topic.arn, protocol: "email", endpoint: args.email, region },
            parent,
          );
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

/** A statement for each service that may publish. */
function publishing(
  account: string,
  publishers: readonly AlarmPublisher[],
  what: { Action: string | string[]; Resource: string },
): object[] {
  // Only what belongs to this account, so that no other account's services can use it.
  const Condition = { StringEquals: { "aws:SourceAccount": account } };
  const allow = (Sid: string, service: string) => ({
    Sid,
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    ...what,
  });
  return [
    { ...allow("Alarms", "cloudwatch"), Condition },
    // EventBridge sends neither account nor ARN along: with a condition nothing would arrive.
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
    ...(publishers.includes("events") ? [allow("Events", "events")] : []),
    // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
    ...(publishers.includes("budgets") ? [{ ...allow("Budgets", "budgets"), Condition }] : []),
  ];
}

/** The account manages the key; the services may encrypt with it. */
function keyPolicy(
  account: string,
  partition: string,
  publishers: readonly AlarmPublisher[],
): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      ...publishing(account, publishers, {
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
      }),
    ],
  });
}

/** The services may publish, and only over TLS. Users need permissions in IAM. */
function topicPolicy(
  topicArn: string,
  account: string,
  publishers: readonly AlarmPublisher[],
): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      ...publishing(account, publishers, { Action: "sns:Publish", Resource: topicArn }),
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
