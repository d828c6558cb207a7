/** Valid inputs of a dashboard, and of what reports events and costs. */
import type { Props } from "../../../local/model/types";
import { token } from "../../../topology/tokens";

/** A widget of a dashboard. */
export const text = {
  type: "text",
  x: 0,
  y: 0,
  width: 24,
  height: 3,
  properties: { markdown: "a" },
};

export const notification = (threshold: number, more: Props = {}): Props => ({
  ...{ notificationType: "ACTUAL", comparisonOperator: "GREATER_THAN", threshold },
  ...{ thresholdType: "PERCENTAGE", subscriberEmailAddresses: ["ops@example.com"] },
  ...more,
});

/** By type; `ids` of the scene's own resources. */
export const watchInputs = (
  ids: Readonly<Record<string, string>>,
  roleArn: unknown,
): Record<string, Props> => ({
  [token.dashboard]: { dashboardName: "web", dashboardBody: JSON.stringify({ widgets: [text] }) },
  [token.monitoringSubscription]: {
    distributionId: ids.distribution,
    monitoringSubscription: {
      realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" },
    },
  },
  [token.eventRule]: { eventPattern: JSON.stringify({ source: ["aws.ecs"] }) },
  [token.eventTarget]: {
    ...{ rule: ids.eventRule, arn: "arn:aws:sns:eu-west-1:123456789012:web", targetId: "topic" },
  },
  [token.budget]: {
    ...{ budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "100", limitUnit: "USD" },
    notifications: [notification(80), notification(100)],
  },
  [token.slackChannel]: {
    ...{ configurationName: "web-slack", iamRoleArn: roleArn, region: "us-east-2" },
    ...{ slackTeamId: "T07EA123LEP", slackChannelId: "C07EZ1ABC23" },
  },
  [token.teamsChannel]: {
    ...{ configurationName: "web-teams", iamRoleArn: roleArn, region: "us-east-2" },
    tenantId: "74361522-da01-538d-aa2e-ac7918c6bb92",
    teamId: "84361522-da01-538d-aa2e-ac7918c6bb92",
    channelId: "19%3aab6ef35e%40thread.tacv2",
  },
});
