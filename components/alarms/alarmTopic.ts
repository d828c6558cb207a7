import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

export interface AlarmTopicArgs {
  /** Address that gets a message for every alarm, once its owner has confirmed. @default nobody */
  email?: pulumi.Input<string>;
  /**
   * Region of the topic: alarms can only publish to topics in their own region.
   * @default the provider's region
   */
  region?: string;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * An encrypted SNS topic that CloudWatch alarms of this account may publish to. It has a dedicated
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
    const { region } = args;
    const account = aws.getCallerIdentityOutput({}, parent).accountId;
    const partition = aws.getPartitionOutput({}, parent).partition;
    const tags = withName(name, args.tags);

    this.key = new aws.kms.Key(
      name,
      {
        description: "Messages of CloudWatch alarms",
        enableKeyRotation: true,
        deletionWindowInDays: 7,
        policy: pulumi.all([account, partition]).apply(([a, p]) => keyPolicy(a, p)),
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
        policy: pulumi.all([this.topic.arn, account]).apply(([arn, a]) => topicPolicy(arn, a)),
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

/** Only alarms of this account, so that no other account's CloudWatch can use it. */
const alarmsOf = (account: string) => ({ StringEquals: { "aws:SourceAccount": account } });

/** The account manages the key; CloudWatch may encrypt with it. */
function keyPolicy(account: string, partition: string): string {
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
      {
        Sid: "Alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: alarmsOf(account),
      },
    ],
  });
}

/** Alarms may publish, and only over TLS. Users need permissions in IAM. */
function topicPolicy(topicArn: string, account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: alarmsOf(account),
      },
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
