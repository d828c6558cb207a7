import { text, texts } from "../../topology/props";
import { documentOf, mayAllowService, statementsOf } from "../../topology/policyDocument";
import type { Stack, StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

const cloudwatch = "cloudwatch.amazonaws.com";
const keyPage =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services";

export const alarmNotDelivered = stackRule({
  code: "alarm-not-delivered",
  severity: "warning",
  holds: "CloudWatch can publish to the topic of an alarm: the topic's policy and key admit it.",
  fix: `Let ${cloudwatch} do sns:Publish in the topic's policy, and kms:Decrypt and kms:GenerateDataKey* in the policy of its key.`,
  source:
    "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#sns-allow-specified-service-to-publish",
  subjects: (stack) => stack.of(token.topic),
  check: (topic, stack) => {
    if (!hasAlarm(topic, stack)) return undefined;
    return closedKey(topic, stack) ?? closedPolicy(topic, stack);
  },
});

function hasAlarm(topic: StackResource, stack: Stack): boolean {
  const arn = text(topic.props, "arn") ?? topic.id;
  return stack
    .of(token.metricAlarm)
    .flatMap(({ props }) =>
      ["alarmActions", "okActions", "insufficientDataActions"].flatMap((key) => texts(props, key)),
    )
    .includes(arn);
}

function closedKey({ urn, name, props }: StackResource, stack: Stack) {
  const reference = text(props, "kmsMasterKeyId") ?? "";
  if (reference === "") return undefined;
  if (reference.endsWith("alias/aws/sns"))
    return {
      urn,
      message: `Alarms never reach the topic ${name}: it is encrypted with AWS's own key alias/aws/sns, which does not admit CloudWatch and whose policy cannot be changed.`,
      fix: `Set kmsMasterKeyId of the aws.sns.Topic ${name} to an aws.kms.Key whose policy lets ${cloudwatch} do kms:Decrypt and kms:GenerateDataKey*.`,
      source: keyPage,
    };
  const key = stack.find(token.kmsKey, reference);
  if (key === undefined) return undefined;
  const own = stack
    .of(token.kmsKeyPolicy)
    .find((policy) => stack.find(token.kmsKey, text(policy.props, "keyId")) === key);
  const statements = statementsOf(documentOf((own ?? key).props));
  if (statements.length === 0) return undefined;
  const missing = ["kms:Decrypt", "kms:GenerateDataKey"].filter(
    (action) => !mayAllowService(statements, cloudwatch, action),
  );
  if (missing.length === 0) return undefined;
  return {
    urn: (own ?? key).urn,
    message: `Alarms never reach the topic ${name}: the policy of its key ${key.name} does not let ${cloudwatch} do ${missing.join(" and ")}.`,
    fix: `Let ${cloudwatch} do kms:Decrypt and kms:GenerateDataKey* in the policy of the aws.kms.Key ${key.name}.`,
    source: keyPage,
  };
}

/** A topic without a policy accepts what its own account sends. */
function closedPolicy(topic: StackResource, stack: Stack) {
  const own = stack
    .of(token.topicPolicy)
    .find(({ props }) => stack.find(token.topic, text(props, "arn")) === topic);
  const statements = statementsOf(documentOf((own ?? topic).props));
  if (statements.length === 0 || mayAllowService(statements, cloudwatch, "sns:Publish"))
    return undefined;
  return {
    urn: (own ?? topic).urn,
    message: `Alarms never reach the topic ${topic.name}: its policy does not let ${cloudwatch} do sns:Publish.`,
    fix: `Let ${cloudwatch} do sns:Publish in the policy of the aws.sns.Topic ${topic.name}.`,
  };
}
