import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const own = { AWS: "arn:aws:iam::123456789012:root" };
const statement = (Principal: unknown, ...Action: string[]) => ({
  ...{ Effect: "Allow", Principal, Action, Resource: "*" },
});
const policyOf = (...statements: object[]) => JSON.stringify({ Statement: statements });
const cloudwatch = (...actions: string[]) =>
  statement({ Service: "cloudwatch.amazonaws.com" }, ...actions);

const alarm = (topic: unknown) =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", "errors", { alarmActions: [topic] });
const topic = (inputs = {}) =>
  resource("aws:sns/topic:Topic", "alarms", inputs, { arn: "arn:aws:sns:eu-west-1:1:alarms" });
const policy = (text: unknown) =>
  resource("aws:sns/topicPolicy:TopicPolicy", "alarms", {
    ...{ arn: "arn:aws:sns:eu-west-1:1:alarms", policy: text },
  });
const key = (...statements: object[]) =>
  resource(
    "aws:kms/key:Key",
    "alarms-key",
    { policy: policyOf(statement(own, "kms:*"), ...statements) },
    { id: "1234abcd", arn: "arn:aws:kms:eu-west-1:1:key/1234abcd" },
  );
const withKey = (...statements: object[]) =>
  plus(
    sound({}),
    topic({ kmsMasterKeyId: "arn:aws:kms:eu-west-1:1:key/1234abcd" }),
    key(...statements),
    alarm("arn:aws:sns:eu-west-1:1:alarms"),
  );
const to = (...more: ReturnType<typeof resource>[]) =>
  plus(sound({}), ...more, alarm("arn:aws:sns:eu-west-1:1:alarms"));

const events = (...actions: string[]) => statement({ Service: "events.amazonaws.com" }, ...actions);
const budgets = (...actions: string[]) =>
  statement({ Service: "budgets.amazonaws.com" }, ...actions);
const ofAccount = {
  Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
};
const alarms = "arn:aws:sns:eu-west-1:1:alarms";
const target = (inputs: object) =>
  resource("aws:cloudwatch/eventTarget:EventTarget", "failed", { rule: "failed", ...inputs });
const budget = (arn: unknown) =>
  resource("aws:budgets/budget:Budget", "costs", {
    notifications: [{ threshold: 80, subscriberSnsTopicArns: [arn] }],
  });
/** A topic with a policy, an event's target, and a key if there is one. */
const eventsTo = (...more: ReturnType<typeof resource>[]) =>
  plus(sound({}), ...more, target({ arn: alarms }));

export const cases: Case = {
  broken: {
    "events to a topic with the policy that it has by default": [
      eventsTo(topic()),
      "alarms",
      /Events never reach.*events\.amazonaws\.com do sns:Publish, without a condition/,
    ],
    "events with a condition that they cannot meet": [
      eventsTo(topic(), policy(policyOf({ ...events("sns:Publish"), ...ofAccount }))),
      "alarms",
      /Events never reach/,
    ],
    "a key with such a condition": [
      eventsTo(
        topic({ kmsMasterKeyId: "arn:aws:kms:eu-west-1:1:key/1234abcd" }),
        key({ ...events("kms:Decrypt", "kms:GenerateDataKey*"), ...ofAccount }),
        policy(policyOf(events("sns:Publish"))),
      ),
      "alarms-key",
      /do kms:Decrypt and kms:GenerateDataKey, without a condition on the source/,
    ],
    "a budget that the policy does not admit": [
      plus(sound({}), topic(), policy(policyOf(cloudwatch("sns:Publish"))), budget(alarms)),
      "alarms",
      /Notifications of budgets never reach.*budgets\.amazonaws\.com/,
    ],
    "AWS's own key": [to(topic({ kmsMasterKeyId: "alias/aws/sns" })), "alarms", /alias\/aws\/sns/],
    "a key that lets CloudWatch decrypt only": [
      withKey(cloudwatch("kms:Decrypt")),
      "alarms-key",
      /do kms:GenerateDataKey\./,
    ],
    "a key for its own account": [
      withKey(),
      "alarms-key",
      /do kms:Decrypt and kms:GenerateDataKey\./,
    ],
    "a policy for another service": [
      to(topic(), policy(policyOf(statement({ Service: "events.amazonaws.com" }, "sns:Publish")))),
      "alarms",
      /does not let cloudwatch\.amazonaws\.com do sns:Publish/,
    ],
  },
  fine: {
    "events and a key without conditions": eventsTo(
      topic({ kmsMasterKeyId: "arn:aws:kms:eu-west-1:1:key/1234abcd" }),
      key(events("kms:Decrypt", "kms:GenerateDataKey*")),
      policy(policyOf(events("sns:Publish"))),
    ),
    "events with another condition": eventsTo(
      topic(),
      policy(
        policyOf({
          ...events("sns:Publish"),
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        }),
      ),
    ),
    "events that a role publishes": plus(
      sound({}),
      topic(),
      target({ arn: alarms, roleArn: "arn:aws:iam::1:role/events" }),
    ),
    "a budget with a condition, which it meets": plus(
      sound({}),
      topic(),
      policy(policyOf({ ...budgets("sns:Publish"), ...ofAccount })),
      budget(alarms),
    ),
    "a budget, and a topic with the policy that it has by default": plus(
      sound({}),
      topic(),
      budget(alarms),
    ),
    "nothing said": to(topic()),
    "a key and a policy for CloudWatch": plus(
      withKey(cloudwatch("kms:Decrypt", "kms:GenerateDataKey*")),
      policy(policyOf(cloudwatch("sns:Publish"))),
    ),
    "a separate policy of the key": plus(
      withKey(),
      resource("aws:kms/keyPolicy:KeyPolicy", "more", {
        ...{ keyId: "1234abcd", policy: policyOf(cloudwatch("kms:*")) },
      }),
    ),
    "SNS's own policy, which admits its account": to(
      topic({
        policy: policyOf({
          ...statement({ AWS: "*" }, "SNS:Publish"),
          Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } },
        }),
      }),
    ),
    "a topic that no alarm uses": plus(sound({}), topic({ kmsMasterKeyId: "alias/aws/sns" })),
    "a topic of another program": plus(sound({}), alarm("arn:aws:sns:eu-west-1:1:given")),
  },
  unknown: {
    "the policy": to(topic(), policy(unknown)),
    "where the alarm goes": plus(sound({}), topic(), alarm(unknown)),
    "where the event goes": plus(sound({}), topic(), target({ arn: unknown })),
    "the event's role": plus(sound({}), topic(), target({ arn: alarms, roleArn: unknown })),
    "where the budget's notification goes": plus(sound({}), topic(), budget(unknown)),
  },
};
