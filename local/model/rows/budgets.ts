/** aws.budgets.Budget */
import { bagsAt, numberAt, textAt, textsAt } from "../props";
import { others, ResourceModel } from "../row";
import { matchesPattern, oneOf, when } from "../rules";
import { Props } from "../types";
import { arn } from "../ids";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference";
const says = { code: "InvalidParameterException", source: `${api}/API_budgets_CreateBudget.html` };
const types = [
  ...["COST", "USAGE", "RI_UTILIZATION", "RI_COVERAGE"],
  ...["SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE"],
];

/** A notification goes to one topic and up to ten addresses. */
function wrongSubscribers(notification: Props): string | undefined {
  const topics = textsAt(notification, "subscriberSnsTopicArns[]").length;
  const addresses = textsAt(notification, "subscriberEmailAddresses[]").length;
  if (topics + addresses === 0) return "A notification has at least one subscriber.";
  return topics > 1 || addresses > 10
    ? "A notification has one topic and ten addresses at most."
    : undefined;
}

const notificationKey = (notification: Props): string =>
  ["notificationType", "comparisonOperator", "threshold", "thresholdType"]
    .map((key) => String(notification[key]))
    .join();

function wrongNotifications(inputs: Props): string | undefined {
  const notifications = bagsAt(inputs, "notifications");
  if (notifications.length > 10) return "A budget has up to ten notifications.";
  const keys = notifications.map(notificationKey);
  if (new Set(keys).size < keys.length) return "Two notifications of the budget are the same.";
  if (notifications.some((one) => (numberAt(one, "threshold") ?? 0) < 0))
    return "A threshold is not negative.";
  return notifications.map(wrongSubscribers).find((found) => found !== undefined);
}

export const budget: ResourceModel = {
  type: token.budget,
  required: ["budgetType", "timeUnit"],
  autoName: { property: "name", maxLength: 100 },
  rules: [
    matchesPattern("name", /^[^:\\]{1,100}$/, "up to 100 characters without : and \\", says),
    oneOf("budgetType", types, says),
    oneOf("timeUnit", ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"], says),
    matchesPattern("limitAmount", /^([0-9]*\.)?[0-9]+$/, "a number", says),
    oneOf("notifications[].notificationType", ["ACTUAL", "FORECASTED"], says),
    oneOf("notifications[].comparisonOperator", ["GREATER_THAN", "LESS_THAN", "EQUAL_TO"], says),
    oneOf("notifications[].thresholdType", ["PERCENTAGE", "ABSOLUTE_VALUE"], says),
    when(wrongNotifications, "notifications", says),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter(({ outputs }) => outputs.name === candidate.inputs.name)
      .map(() => ({
        code: "DuplicateRecordException",
        message: `The budget ${textAt(candidate.inputs, "name") ?? ""} already exists.`,
        property: "name",
        source: says.source,
      })),
  replaceOn: ["name", "accountId"],
  outputs: ({ inputs }, { accountId }) => {
    const name = String(inputs.name);
    return {
      id: `${accountId}:${name}`,
      accountId,
      arn: arn("budgets", "", accountId, `budget/${name}`),
    };
  },
};
