import { blocks, text, texts } from "../../topology/props";
import {
  documentOf,
  mayAllowService,
  needsSource,
  statementsOf,
} from "../../topology/policyDocument";
import type { Props } from "../../topology/resource";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

const keyPage =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services";
const eventsPage =
  "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions";

/** A service that publishes to topics, and what of it a topic is to get. */
interface Publisher {
  readonly service: string;
  readonly name: string;
  readonly what: string;
  /** ARNs of the topics that it publishes to. */
  readonly topics: (stack: Stack) => string[];
  /**
   * True where it publishes without account and ARN of its source: a statement with a condition on them
   * admits nothing, and the policy that a topic has by default neither.
   */
  readonly withoutSource?: true;
}

const publishers: readonly Publisher[] = [
  {
    service: "cloudwatch.amazonaws.com",
    name: "CloudWatch",
    what: "Alarms",
    topics: (stack) =>
      stack
        .of(token.metricAlarm)
        .flatMap(({ props }) =>
          ["alarmActions", "okActions", "insufficientDataActions"].flatMap((key) =>
            texts(props, key),
          ),
        ),
  },
  {
    service: "events.amazonaws.com",
    name: "EventBridge",
    what: "Events",
    withoutSource: true,
    // With a role it is the role that publishes.
    topics: (stack) =>
      stack
        .of(token.eventTarget)
        .filter(({ props }) => text(props, "roleArn") === undefined)
        .flatMap(({ props }) => text(props, "arn") ?? []),
  },
  {
    service: "budgets.amazonaws.com",
    name: "AWS Budgets",
    what: "Notifications of budgets",
    topics: (stack) =>
      stack
        .of(token.budget)
        .flatMap(({ props }) => blocks(props, "notifications"))
        .flatMap((notification) => texts(notification, "subscriberSnsTopicArns")),
  },
];

export const alarmNotDelivered = stackRule({
  code: "alarm-not-delivered",
  severity: "warning",
  lacks: "a policy",
  holds:
    "What an alarm, an EventBridge rule or a budget sends reaches its topic: the topic's policy and key admit the service.",
  fix: "Let the service do sns:Publish in the topic's policy, and kms:Decrypt and kms:GenerateDataKey* in the policy of its key; for EventBridge without a condition on the source.",
  source:
    "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#sns-allow-specified-service-to-publish",
  subjects: (stack) => stack.of(token.topic),
  check: (topic, stack) => {
    const arn = text(topic.props, "arn") ?? topic.id;
    return publishers
      .filter((publisher) => publisher.topics(stack).includes(arn))
      .flatMap((publisher) => {
        const found = closedKey(topic, stack, publisher) ?? closedPolicy(topic, stack, publisher);
        return found === undefined ? [] : [found];
      });
  },
});

/** The actions that no statement may allow the publisher. */
function missingActions(
  statements: readonly Props[],
  { service, withoutSource }: Publisher,
  actions: readonly string[],
): string[] {
  const usable =
    withoutSource === true ? statements.filter((one) => !needsSource(one)) : statements;
  return actions.filter((action) => !mayAllowService(usable, service, action));
}

const unconditional = ({ withoutSource }: Publisher): string =>
  withoutSource === true ? ", without a condition on the source, which it does not send" : "";

function closedKey({ urn, name, props }: StackResource, stack: Stack, by: Publisher) {
  const reference = text(props, "kmsMasterKeyId") ?? "";
  if (reference === "") return undefined;
  if (reference.endsWith("alias/aws/sns"))
    return {
      urn,
      message: `${by.what} never reach the topic ${name}: it is encrypted with AWS's own key alias/aws/sns, which does not admit ${by.name} and whose policy cannot be changed.`,
      fix: `Set kmsMasterKeyId of the aws.sns.Topic ${name} to an aws.kms.Key whose policy lets ${by.service} do kms:Decrypt and kms:GenerateDataKey*${unconditional(by)}.`,
      source: keyPage,
    };
  const key = stack.find(token.kmsKey, reference);
  if (key === undefined) return undefined;
  const own = stack
    .of(token.kmsKeyPolicy)
    .find((policy) => stack.find(token.kmsKey, text(policy.props, "keyId")) === key);
  const statements = statementsOf(documentOf((own ?? key).props));
  if (statements.length === 0) return undefined;
  const missing = missingActions(statements, by, ["kms:Decrypt", "kms:GenerateDataKey"]);
  if (missing.length === 0) return undefined;
  return {
    urn: (own ?? key).urn,
    message: `${by.what} never reach the topic ${name}: the policy of its key ${key.name} does not let ${by.service} do ${missing.join(" and ")}${unconditional(by)}.`,
    fix: `Let ${by.service} do kms:Decrypt and kms:GenerateDataKey* in the policy of the aws.kms.Key ${key.name}${unconditional(by)}.`,
    source: keyPage,
  };
}

/** The policy that a topic has by default admits what its own account sends, as far as that is known. */
function closedPolicy(topic: StackResource, stack: Stack, by: Publisher) {
  const own = stack
    .of(token.topicPolicy)
    .find(({ props }) => stack.find(token.topic, text(props, "arn")) === topic);
  const statements = statementsOf(documentOf((own ?? topic).props));
  if (statements.length === 0 && by.withoutSource !== true) return undefined;
  if (missingActions(statements, by, ["sns:Publish"]).length === 0) return undefined;
  return {
    urn: (own ?? topic).urn,
    message: `${by.what} never reach the topic ${topic.name}: its policy does not let ${by.service} do sns:Publish${unconditional(by)}.`,
    fix: `Let ${by.service} do sns:Publish in the policy of the aws.sns.Topic ${topic.name}${unconditional(by)}.`,
    ...(by.withoutSource === true && { source: eventsPage }),
  };
}
