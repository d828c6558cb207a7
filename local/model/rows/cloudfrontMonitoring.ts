/** aws.cloudfront.MonitoringSubscription */
import { others, ResourceModel } from "../row";
import { oneOf } from "../rules";
import { token } from "../../../topology/tokens";

const page =
  "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateMonitoringSubscription.html";
const status =
  "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus";

export const monitoringSubscription: ResourceModel = {
  type: token.monitoringSubscription,
  required: ["distributionId", status],
  rules: [oneOf(status, ["Enabled", "Disabled"], { code: "InvalidArgument", source: page })],
  references: [
    {
      property: "distributionId",
      type: token.distribution,
      sameRegion: false,
      code: "NoSuchDistribution",
      message: () => "The specified distribution does not exist.",
      source: page,
    },
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter(({ inputs }) => inputs.distributionId === candidate.inputs.distributionId)
      .map(() => ({
        code: "MonitoringSubscriptionAlreadyExists",
        message: "A monitoring subscription already exists for the specified distribution.",
        property: "distributionId",
        source: page,
      })),
  replaceOn: ["distributionId"],
  outputs: ({ inputs }) => ({ id: String(inputs.distributionId) }),
};
