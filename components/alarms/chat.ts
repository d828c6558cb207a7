import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accountName } from "../shared/accountName";
import { withName } from "../shared/tags";
import { trustOf } from "../shared/trust";
import type { SlackArgs, TeamsArgs } from "./alarmArgs";

/** The channels that topics post to. */
export interface AlarmChat {
  /** What members of the channels may do: read metrics and alarms, for the graphs in messages. */
  readonly role: aws.iam.Role;
  readonly slack: aws.chatbot.SlackChannelConfiguration | undefined;
  readonly teams: aws.chatbot.TeamsChannelConfiguration | undefined;
}

/**
 * The service's API is in four regions; what is configured there holds for topics of all regions.
 * https://docs.aws.amazon.com/chatbot/latest/APIReference/Welcome.html
 */
const chatRegion = "us-east-2";

/** Topics that post to channels, if there are any channels. */
export function alarmChat(
  name: string,
  args: {
    slack?: SlackArgs;
    teams?: TeamsArgs;
    topicArns: pulumi.Input<string>[];
    tags?: Record<string, pulumi.Input<string>>;
  },
  parent: pulumi.Resource,
): AlarmChat | undefined {
  const { slack, teams, topicArns, tags } = args;
  if (slack === undefined && teams === undefined) return undefined;
  const role = chatRole(`${name}-chat`, tags, parent);
  const { partition } = aws.getPartitionOutput({}, { parent });
  const shared = (suffix: string) => ({
    configurationName: accountName(`${name}-${suffix}`),
    iamRoleArn: role.arn,
    // Without guardrails AWS puts AdministratorAccess there.
    guardrailPolicyArns: [pulumi.interpolate`arn:${partition}:iam::aws:policy/${guardrail}`],
    snsTopicArns: topicArns,
    loggingLevel: "ERROR",
    region: chatRegion,
    tags: withName(`${name}-${suffix}`, tags),
  });
  // The name is the account's, and AWS has no second one of it.
  const opts = { parent, deleteBeforeReplace: true };
  return {
    role,
    slack:
      slack &&
      new aws.chatbot.SlackChannelConfiguration(
        `${name}-slack`,
        { ...shared("slack"), slackTeamId: slack.workspaceId, slackChannelId: slack.channelId },
        opts,
      ),
    teams:
      teams &&
      new aws.chatbot.TeamsChannelConfiguration(
        `${name}-teams`,
        { ...shared("teams"), ...teams },
        opts,
      ),
  };
}

const guardrail = "CloudWatchReadOnlyAccess";

/** https://docs.aws.amazon.com/chatbot/latest/adminguide/chatbot-iam-policies.html */
function chatRole(
  name: string,
  tags: Record<string, pulumi.Input<string>> | undefined,
  parent: pulumi.Resource,
): aws.iam.Role {
  const role = new aws.iam.Role(
    name,
    {
      assumeRolePolicy: trustOf("chatbot.amazonaws.com"),
      tags: withName(name, tags),
    },
    { parent },
  );
  new aws.iam.RolePolicy(
    name,
    {
      role: role.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*"],
            Resource: "*",
          },
        ],
      }),
    },
    { parent },
  );
  return role;
}
