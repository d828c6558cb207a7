/** Alarms, topics and keys; GuardDuty and Inspector. */
import { token } from "../../../../topology/tokens";
import type { Case } from "./case";

const policy = (statement: object) => ({
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
});

const alarm = (what: string, wrong: Record<string, unknown>, says?: RegExp): Case => ({
  what,
  type: token.metricAlarm,
  wrong: () => wrong,
  code: "ValidationError",
  says,
});

const metric = { namespace: "AWS/EC2", metricName: "CPUUtilization", period: 60, stat: "Sum" };
const share = { id: "share", expression: "100 * a / b", returnData: true };
const queries = (what: string, metricQueries: object[], says: RegExp): Case =>
  alarm(
    what,
    {
      metricQueries,
      ...{ metricName: undefined, namespace: undefined, period: undefined, statistic: undefined },
    },
    says,
  );

export const watching: readonly Case[] = [
  queries("two queries of one id", [share, { id: "share", metric }], /id of its own/),
  queries("an id with a capital letter", [share, { id: "A", metric }], /small letter/),
  queries("a query of nothing", [share, { id: "a" }], /one of metric and expression/),
  queries("an expression with a metric", [{ ...share, metric }], /one of metric and expression/),
  queries("two results", [share, { id: "a", metric, returnData: true }], /returnData/),
  queries("no result", [{ id: "a", metric }], /returnData/),
  queries(
    "eleven metrics",
    [share, ...Array.from({ length: 11 }, (_, i) => ({ id: `m${i}`, metric }))],
    /up to 10 metrics/,
  ),
  alarm("an unknown comparison", { comparisonOperator: ">" }),
  alarm("an unknown statistic", { statistic: "Median" }),
  alarm("an unknown treatment of missing data", { treatMissingData: "breach" }),
  alarm("a metric without its namespace", { namespace: undefined }, /namespace/),
  alarm("a metric without a period", { period: undefined }, /period/),
  alarm("a metric without a statistic", { statistic: undefined }, /one of statistic/),
  alarm("a metric with two statistics", { extendedStatistic: "p99" }, /one of statistic/),
  alarm("no metric at all", { metricName: undefined }, /metricQueries/),
  alarm("two thresholds", { thresholdMetricId: "a" }, /one of threshold/),
  alarm("a period of 90 seconds", { period: 90 }, /multiple of 60/),
  alarm("more datapoints than periods", { datapointsToAlarm: 6 }, /More datapoints/),
  alarm("two days in minutes", { evaluationPeriods: 2880 }, /86400/),
  alarm("eight days in days", { evaluationPeriods: 8, period: 86_400 }, /604800/),
  alarm("a description of 1025 characters", { alarmDescription: "x".repeat(1025) }),
  alarm("six actions", { okActions: Array.from({ length: 6 }, (_, i) => `arn:aws:swf:x:${i}`) }),
  alarm(
    "a topic in another region",
    { alarmActions: ["arn:aws:sns:us-east-1:123456789012:web"] },
    /Only eu-west-1/,
  ),
  {
    what: "a topic's name with a space",
    type: token.topic,
    wrong: () => ({ name: "my topic" }),
    code: "InvalidParameter",
  },
  {
    what: "a FIFO topic by another name",
    type: token.topic,
    wrong: () => ({ fifoTopic: true }),
    code: "InvalidParameter",
    says: /\.fifo/,
  },
  {
    what: "a key of another region",
    type: token.topic,
    wrong: () => ({
      kmsMasterKeyId: "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012",
    }),
    code: "KMSNotFound",
  },
  {
    what: "an e-mail address without an @",
    type: token.topicSubscription,
    wrong: () => ({ endpoint: "ops.example.com" }),
    code: "InvalidParameter",
    says: /e-mail address/,
  },
  {
    what: "an unknown protocol",
    type: token.topicSubscription,
    wrong: () => ({ protocol: "mail" }),
    code: "InvalidParameter",
  },
  {
    what: "a topic that is not there",
    type: token.topicSubscription,
    wrong: () => ({ topic: "nowhere" }),
    code: "NotFound",
  },
  {
    what: "another service's action in a topic's policy",
    type: token.topicPolicy,
    wrong: () => policy({ Effect: "Allow", Principal: "*", Action: "s3:GetObject" }),
    code: "InvalidParameter",
    says: /out of service scope/,
  },
  {
    what: "nobody in a topic's policy",
    type: token.topicPolicy,
    wrong: () => policy({ Effect: "Allow", Action: "sns:Publish" }),
    code: "InvalidParameter",
    says: /Principal/,
  },
  {
    what: "a key that nobody may manage",
    type: token.kmsKey,
    wrong: () => policy({ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt" }),
    code: "MalformedPolicyDocumentException",
    says: /in the future/,
  },
  {
    what: "a key deleted within six days",
    type: token.kmsKey,
    wrong: () => ({ deletionWindowInDays: 6 }),
    code: "ValidationException",
  },
  {
    what: "rotation of an asymmetric key",
    type: token.kmsKey,
    wrong: () => ({ customerMasterKeySpec: "RSA_2048" }),
    code: "UnsupportedOperationException",
  },
  {
    what: "an odd publishing frequency",
    type: token.detector,
    wrong: () => ({ findingPublishingFrequency: "HOURLY" }),
    code: "BadRequestException",
  },
  {
    what: "an unknown feature",
    type: token.detectorFeature,
    wrong: () => ({ name: "ECS_RUNTIME_MONITORING" }),
    code: "BadRequestException",
  },
  {
    what: "an agent of another feature",
    type: token.detectorFeature,
    wrong: () => ({ name: "EKS_RUNTIME_MONITORING" }),
    code: "BadRequestException",
    says: /ECS_FARGATE_AGENT_MANAGEMENT/,
  },
  {
    what: "an agent of a feature that is off",
    type: token.detectorFeature,
    wrong: () => ({ status: "DISABLED" }),
    code: "BadRequestException",
    says: /while the feature itself/,
  },
  {
    what: "an ARN for a detector",
    type: token.detectorFeature,
    wrong: () => ({ detectorId: "arn:aws:guardduty:eu-west-1:123456789012:detector/a" }),
    code: "BadRequestException",
    says: /not owned/,
  },
  {
    what: "a kind of resource that Inspector does not scan",
    type: token.inspector,
    wrong: () => ({ resourceTypes: ["FARGATE"] }),
    code: "ValidationException",
  },
  {
    what: "a malformed account id",
    type: token.inspector,
    wrong: () => ({ accountIds: ["1234"] }),
    code: "ValidationException",
  },
];
