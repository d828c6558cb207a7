/** Dashboards, events, budgets and chat. */
import { token } from "../../../../topology/tokens";
import { make } from "../scene";
import { notification, text } from "../watchScene";
import type { Case } from "./case";

const body = (what: string, widgets: unknown, says?: RegExp): Case => ({
  what,
  type: token.dashboard,
  wrong: () => ({ dashboardBody: JSON.stringify({ widgets }) }),
  code: "DashboardInvalidInputError",
  says,
});
const rule = (what: string, eventPattern: unknown, code: string, says?: RegExp): Case => ({
  what,
  type: token.eventRule,
  wrong: () => ({ eventPattern }),
  code,
  says,
});
const budget = (what: string, wrong: Record<string, unknown>, says?: RegExp): Case => ({
  what,
  type: token.budget,
  wrong: () => wrong,
  code: "InvalidParameterException",
  says,
});
const metric = { ...text, type: "metric", properties: { metrics: [] } };

export const dashboards: readonly Case[] = [
  {
    what: "a name with a space",
    type: token.dashboard,
    wrong: () => ({ dashboardName: "my dashboard" }),
    code: "DashboardInvalidInputError",
  },
  {
    what: "a body that is no JSON",
    type: token.dashboard,
    wrong: () => ({ dashboardBody: "widgets" }),
    code: "DashboardInvalidInputError",
    says: /Not JSON/,
  },
  body("no widgets", undefined, /up to 500/),
  body(
    "501 widgets",
    Array.from({ length: 501 }, () => text),
    /up to 500/,
  ),
  body("an unknown type", [{ ...text, type: "graph" }], /none of the types/),
  body("a widget wider than the grid", [{ ...text, width: 25 }], /width.*1 to 24/),
  body("a column that is not there", [{ ...text, x: 24 }], /x of widget.*0 to 23/),
  body("a height of nothing", [{ ...text, height: 0 }], /height/),
  body("a column without a row", [{ ...text, y: undefined }], /one of x and y/),
  body("a widget without properties", [{ ...text, properties: undefined }], /no properties/),
  body("a text without markdown", [{ ...text, properties: {} }], /no markdown/),
  body("a metric without a region", [metric], /no region/),
  body("no alarm", [{ ...text, type: "alarm", properties: { alarms: [] } }], /1 to 100/),
  {
    what: "an unknown status",
    type: token.monitoringSubscription,
    wrong: () => ({
      "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus":
        "On",
    }),
    code: "InvalidArgument",
  },
  {
    what: "a distribution that is not there",
    type: token.monitoringSubscription,
    wrong: (s) => {
      const made = make(s.account, token.distribution, "gone", {
        ...s.valid(token.distribution),
        aliases: [],
      });
      s.account.delete(token.distribution, made.id);
      return { distributionId: made.id };
    },
    code: "NoSuchDistribution",
  },
  rule("a pattern that is no JSON", "aws.ecs", "InvalidEventPatternException", /Not JSON/),
  rule("a value that is no list", '{"source":"aws.ecs"}', "InvalidEventPatternException"),
  rule("an empty pattern", "{}", "InvalidEventPatternException"),
  rule("a pattern of 4097 characters", `{"source":["${"x".repeat(4085)}"]}`, "ValidationException"),
  rule("neither a pattern nor a schedule", undefined, "ValidationException"),
  {
    what: "a rule that is not there",
    type: token.eventTarget,
    wrong: (s) => {
      const made = make(s.account, token.eventRule, "gone", s.valid(token.eventRule));
      s.account.delete(token.eventRule, made.id);
      return { rule: made.id };
    },
    code: "ResourceNotFoundException",
  },
  {
    what: "a topic in another region",
    type: token.eventTarget,
    wrong: () => ({ arn: "arn:aws:sns:us-east-1:123456789012:web" }),
    code: "ValidationException",
    says: /in us-east-1, and the rule in eu-west-1/,
  },
  {
    what: "two ways to change the input",
    type: token.eventTarget,
    wrong: () => ({ input: "{}", inputPath: "$.detail" }),
    code: "ValidationException",
  },
  budget("an unknown period", { timeUnit: "WEEKLY" }),
  budget("an unknown kind", { budgetType: "MONEY" }),
  budget("an amount in words", { limitAmount: "ten" }),
  budget("a name with a colon", { name: "a:b" }),
  budget("nobody to notify", { "notifications[0].subscriberEmailAddresses": [] }, /at least one/),
  budget(
    "two topics",
    {
      "notifications[0].subscriberSnsTopicArns": [
        "arn:aws:sns:eu-west-1:123456789012:a",
        "arn:aws:sns:eu-west-1:123456789012:b",
      ],
    },
    /one topic/,
  ),
  budget("the same notification twice", { "notifications[1].threshold": 80 }, /the same/),
  budget(
    "eleven notifications",
    { notifications: Array.from({ length: 11 }, (_, i) => notification(i + 1)) },
    /up to ten/,
  ),
  budget("an unknown comparison", { "notifications[0].comparisonOperator": "ABOVE" }),
  {
    what: "a region without the API",
    type: token.slackChannel,
    wrong: () => ({ region: "eu-central-1" }),
    code: "UnknownEndpoint",
    says: /chatbot\.eu-central-1/,
  },
  {
    what: "a channel by its name",
    type: token.slackChannel,
    wrong: () => ({ slackChannelId: "#ops" }),
    code: "InvalidParameterException",
  },
  {
    what: "a name that is taken",
    type: token.slackChannel,
    wrong: (s) => {
      make(s.account, token.teamsChannel, "other", {
        ...s.valid(token.teamsChannel),
        configurationName: "taken",
      });
      return { configurationName: "taken" };
    },
    code: "ConflictException",
  },
  {
    what: "a tenant that is no UUID",
    type: token.teamsChannel,
    wrong: () => ({ tenantId: "1234" }),
    code: "InvalidParameterException",
  },
];
