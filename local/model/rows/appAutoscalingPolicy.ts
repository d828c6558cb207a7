/** aws.appautoscaling.Policy */
import { arn, uuid } from "../ids";
import { textAt, valuesAt } from "../props";
import { ResourceModel } from "../row";
import { matchesPattern, maxLength, oneOf, range, when } from "../rules";
import { token } from "../../../topology/tokens";
import { identified, madeWith, scaled, scalingApi, unregistered } from "./appAutoscaling";

const policyPage = `${scalingApi}/API_PutScalingPolicy.html`;
const metricPage = `${scalingApi}/API_PredefinedMetricSpecification.html`;
const code = "ValidationException";
const tracking = "targetTrackingScalingPolicyConfiguration";
const metric = `${tracking}.predefinedMetricSpecification`;
const requests = "ALBRequestCountPerTarget";
/** What of an ECS service can be followed. */
const ecsMetrics = [
  ...["ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization", requests],
];

export const scalingPolicy: ResourceModel = {
  type: token.scalingPolicy,
  required: identified,
  autoName: { property: "name", maxLength: 255 },
  defaults: () => ({ policyType: "StepScaling" }),
  rules: [
    ...scaled(policyPage),
    maxLength("name", 255, { code, source: policyPage }),
    oneOf("policyType", ["StepScaling", "TargetTrackingScaling", "PredictiveScaling"], {
      code,
      source: policyPage,
    }),
    when(
      (inputs) => textAt(inputs, "policyType") === "TargetTrackingScaling" && !(tracking in inputs),
      tracking,
      {
        code,
        source: policyPage,
        say: "A policy of type TargetTrackingScaling needs its configuration.",
      },
    ),
    when(
      (inputs) =>
        tracking in inputs &&
        valuesAt(inputs, metric).length > 0 &&
        valuesAt(inputs, `${tracking}.customizedMetricSpecification`).length > 0,
      tracking,
      {
        code,
        source: policyPage,
        say: "A predefined or a customized metric can be specified, not both.",
      },
    ),
    when(
      (inputs) => {
        const followed = textAt(inputs, `${metric}.predefinedMetricType`);
        const ecs = textAt(inputs, "serviceNamespace") === "ecs";
        return ecs && followed !== undefined && !ecsMetrics.includes(followed)
          ? `${followed} is no metric of ECS services: ${ecsMetrics.join(", ")}.`
          : undefined;
      },
      `${metric}.predefinedMetricType`,
      { code, source: metricPage },
    ),
    when(
      (inputs) =>
        textAt(inputs, `${metric}.predefinedMetricType`) === requests &&
        valuesAt(inputs, `${metric}.resourceLabel`).length === 0,
      `${metric}.resourceLabel`,
      { code, source: metricPage, say: `The metric ${requests} needs a resource label.` },
    ),
    when(
      (inputs) => {
        const followed = textAt(inputs, `${metric}.predefinedMetricType`);
        const ecs = textAt(inputs, "serviceNamespace") === "ecs";
        const labelled = valuesAt(inputs, `${metric}.resourceLabel`).length > 0;
        return ecs && labelled && followed !== undefined && followed !== requests;
      },
      `${metric}.resourceLabel`,
      { code, source: metricPage, say: `Only the metric ${requests} takes a resource label.` },
    ),
    matchesPattern(
      `${metric}.resourceLabel`,
      (label) =>
        !label.includes("targetgroup/") || /^app(\/[^/]+){2}\/targetgroup(\/[^/]+){2}$/.test(label),
      "of the form app/my-alb/778d41231b141a0f/targetgroup/my-alb-target-group/943f017f100becff",
      { code, source: metricPage },
    ),
    ...["scaleInCooldown", "scaleOutCooldown"].map((key) =>
      range(`${tracking}.${key}`, 0, 2_147_483_647, { code, source: policyPage }),
    ),
  ],
  refuse: (candidate, account) => unregistered(candidate, account, policyPage),
  replaceOn: [...madeWith, "name"],
  outputs: ({ inputs, region, urn }, account) => {
    const name = String(inputs.name);
    const path = `${String(inputs.serviceNamespace)}/${String(inputs.resourceId)}:policyName/${name}`;
    return {
      id: name,
      arn: arn(
        "autoscaling",
        region,
        account.accountId,
        `scalingPolicy:${uuid(urn)}:resource/${path}`,
      ),
    };
  },
};
