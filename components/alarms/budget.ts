import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";
import type { BudgetArgs } from "./alarmArgs";

/** When the topic is notified, in percent of the budget. */
const notified = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 100 },
];

/** A monthly budget that notifies a topic. */
export function monthlyBudget(
  name: string,
  { monthlyDollars, tag }: BudgetArgs,
  topicArn: pulumi.Input<string>,
  tags: Record<string, pulumi.Input<string>> | undefined,
  parent: pulumi.Resource,
): aws.budgets.Budget {
  const value = tag === undefined ? undefined : tags?.[tag];
  return new aws.budgets.Budget(
    `${name}-budget`,
    {
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(monthlyDollars),
      limitUnit: "USD",
      // Billing puts "user:" before the keys of tags that people set.
      costFilters:
        tag === undefined || value === undefined
          ? undefined
          : [{ name: "TagKeyValue", values: [pulumi.interpolate`user:${tag}$${value}`] }],
      notifications: notified.map((one) => ({
        ...one,
        thresholdType: "PERCENTAGE",
        comparisonOperator: "GREATER_THAN",
        subscriberSnsTopicArns: [topicArn],
      })),
      tags: withName(`${name}-budget`, tags),
    },
    { parent },
  );
}
