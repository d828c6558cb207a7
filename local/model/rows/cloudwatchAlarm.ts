/** aws.cloudwatch.MetricAlarm */
import { Props, Refusal } from "../types";
import { arn, regionOfArn } from "../ids";
import { bagsAt, booleanAt, numberAt, textAt, textsAt } from "../props";
import { Candidate, ResourceModel, regionsDiffer } from "../row";
import { exactlyOneOf, type InputRule, maxLength, oneOf, range, when } from "../rules";
import { token } from "../../../topology/tokens";

const page =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html";
const says = { code: "ValidationError", source: page };

const comparisons = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
];

const actionLists = ["alarmActions", "okActions", "insufficientDataActions"] as const;

const day = 86_400;

/** Seconds of the longest look back: a day, or a week where a period is an hour or longer. */
function looksBackTooFar(inputs: Props): boolean {
  const [period, periods] = [numberAt(inputs, "period"), numberAt(inputs, "evaluationPeriods")];
  if (period === undefined || periods === undefined) return false;
  return period * periods > (period >= 3600 ? 7 * day : day);
}

const periodFits = (period: number): boolean => [10, 20, 30].includes(period) || period % 60 === 0;

const queriesOf = (inputs: Props): Props[] => bagsAt(inputs, "metricQueries");
const isMetric = (query: Props): boolean => bagsAt(query, "metric").length > 0;

/** Of an alarm on an expression over metrics. */
const queryRules: readonly InputRule[] = [
  when(
    (inputs) => {
      const ids = queriesOf(inputs).map((query) => textAt(query, "id"));
      return (
        new Set(ids).size < ids.length || ids.some((id) => !/^[a-z][A-Za-z0-9_]*$/.test(id ?? "a"))
      );
    },
    "metricQueries",
    { ...says, say: "Each query needs an id of its own, which begins with a small letter." },
  ),
  when(
    (inputs) => queriesOf(inputs).some((query) => isMetric(query) === "expression" in query),
    "metricQueries",
    { ...says, say: "Each query needs one of metric and expression." },
  ),
  when(
    (inputs) =>
      queriesOf(inputs).length > 0 &&
      !("thresholdMetricId" in inputs) &&
      queriesOf(inputs).filter((query) => booleanAt(query, "returnData") === true).length !== 1,
    "metricQueries",
    { ...says, say: "Exactly one query has to return data (returnData)." },
  ),
  when((inputs) => queriesOf(inputs).filter(isMetric).length > 10, "metricQueries", {
    ...says,
    say: "An alarm takes up to 10 metrics.",
  }),
];

function foreignActions({ inputs, region }: Candidate): Refusal[] {
  return actionLists.flatMap((property) =>
    textsAt(inputs, `${property}[]`)
      .filter((action) => regionsDiffer(regionOfArn(action) ?? region, region))
      .map((action) => ({
        code: "ValidationError",
        message: `Invalid region ${regionOfArn(action) ?? ""} specified. Only ${region} is supported.`,
        property,
        source: page,
      })),
  );
}

export const metricAlarm: ResourceModel = {
  type: token.metricAlarm,
  autoName: { property: "name", maxLength: 255 },
  required: ["comparisonOperator", "evaluationPeriods"],
  defaults: () => ({ actionsEnabled: true, treatMissingData: "missing" }),
  rules: [
    maxLength("name", 255, says),
    maxLength("alarmDescription", 1024, says),
    oneOf("comparisonOperator", comparisons, says),
    oneOf("statistic", ["SampleCount", "Average", "Sum", "Minimum", "Maximum"], says),
    oneOf("treatMissingData", ["missing", "ignore", "breaching", "notBreaching"], says),
    exactlyOneOf(["metricName", "metricQueries"], says),
    range("evaluationPeriods", 1, 10_080, says),
    range("datapointsToAlarm", 1, 10_080, says),
    when((inputs) => "metricName" in inputs && !("namespace" in inputs), "namespace", {
      ...says,
      say: "A metric needs its namespace.",
    }),
    when((inputs) => "metricName" in inputs && !("period" in inputs), "period", {
      ...says,
      say: "A metric needs a period.",
    }),
    when(
      (inputs) => "metricName" in inputs && "statistic" in inputs === "extendedStatistic" in inputs,
      "statistic",
      { ...says, say: "A metric needs one of statistic and extendedStatistic." },
    ),
    // Without either, the provider sends the threshold 0.
    when((inputs) => "threshold" in inputs && "thresholdMetricId" in inputs, "threshold", {
      ...says,
      say: "An alarm takes one of threshold and thresholdMetricId.",
    }),
    when(
      (inputs) => {
        const period = numberAt(inputs, "period");
        return period !== undefined && !periodFits(period);
      },
      "period",
      { ...says, say: "A period is 10, 20 or 30 seconds, or a multiple of 60." },
    ),
    when(
      (inputs) =>
        (numberAt(inputs, "datapointsToAlarm") ?? 0) >
        (numberAt(inputs, "evaluationPeriods") ?? 1e9),
      "datapointsToAlarm",
      { ...says, say: "More datapoints are asked for than there are evaluation periods." },
    ),
    when(looksBackTooFar, "evaluationPeriods", {
      ...says,
      say: "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400; 604800 with periods of an hour or longer).",
    }),
    ...queryRules,
    ...actionLists.map((list) =>
      when((inputs) => textsAt(inputs, `${list}[]`).length > 5, list, {
        ...says,
        say: "An alarm takes up to 5 actions of a kind.",
      }),
    ),
  ],
  refuse: foreignActions,
  replaceOn: ["name", "region"],
  outputs: (candidate, account) => {
    const name = String(candidate.inputs.name);
    return {
      id: name,
      arn: arn("cloudwatch", candidate.region, account.accountId, `alarm:${name}`),
    };
  },
};
