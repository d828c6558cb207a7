/** aws.guardduty.Detector and aws.guardduty.DetectorFeature */
import { Refusal } from "../types";
import { arn } from "../ids";
import { bagsAt, textAt, textsAt } from "../props";
import { Candidate, others, resourceRegion, ResourceModel, AccountView } from "../row";
import { oneOf, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/guardduty/latest/APIReference";
const says = { code: "BadRequestException", source: `${api}/API_CreateDetector.html` };

/** An account has one detector a region. */
function refuseSecond(candidate: Candidate, account: AccountView): Refusal[] {
  return others(candidate, account)
    .filter((detector) => resourceRegion(detector, account) === candidate.region)
    .map((detector) => ({
      code: "BadRequestException",
      message: `The request is rejected because a detector already exists for the current account. (${detector.id} in ${candidate.region})`,
      source: `${api}/API_CreateDetector.html`,
    }));
}

export const detector: ResourceModel = {
  type: token.detector,
  defaults: () => ({ enable: true, findingPublishingFrequency: "SIX_HOURS" }),
  rules: [oneOf("findingPublishingFrequency", ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"], says)],
  refuse: refuseSecond,
  replaceOn: ["region"],
  outputs: (candidate, account) => {
    const id = candidate.hex(32);
    return {
      id,
      accountId: account.accountId,
      arn: arn("guardduty", candidate.region, account.accountId, `detector/${id}`),
    };
  },
  outside: {
    id: /^\w+$/,
    outputs: (id, account) => ({
      arn: arn("guardduty", account.region, account.accountId, `detector/${id}`),
      accountId: account.accountId,
      enable: true,
    }),
    assumed: ["enable"],
  },
};

const features = [
  ...["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS"],
  ...["LAMBDA_NETWORK_LOGS", "EKS_RUNTIME_MONITORING", "RUNTIME_MONITORING"],
];

/** Agents that each kind of runtime monitoring can manage. */
const agents: Readonly<Record<string, readonly string[]>> = {
  RUNTIME_MONITORING: [
    ...["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"],
  ],
  EKS_RUNTIME_MONITORING: ["EKS_ADDON_MANAGEMENT"],
};

const rival: Readonly<Record<string, string>> = {
  RUNTIME_MONITORING: "EKS_RUNTIME_MONITORING",
  EKS_RUNTIME_MONITORING: "RUNTIME_MONITORING",
};

function refuseFeature(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs } = candidate;
  const name = textAt(inputs, "name") ?? "";
  const siblings = others(candidate, account).filter(
    (f) => f.outputs.detectorId === inputs.detectorId,
  );
  const twins = siblings
    .filter((f) => f.outputs.name === name)
    .map((f) => ({
      code: "BadRequestException",
      message: `'${f.name}' sets the feature ${name} of this detector already; a second resource would undo it.`,
      property: "name",
      source: `${api}/API_UpdateDetector.html`,
    }));
  const both = siblings.some(
    (f) => f.outputs.name === rival[name] && f.outputs.status === "ENABLED",
  );
  if (!both || inputs.status !== "ENABLED") return twins;
  const message =
    "Only one of EKS_RUNTIME_MONITORING and RUNTIME_MONITORING can be enabled: the latter includes the former.";
  const source = `${api}/API_UpdateDetector.html`;
  return [...twins, { code: "BadRequestException", message, property: "name", source }];
}

export const detectorFeature: ResourceModel = {
  type: token.detectorFeature,
  required: ["detectorId", "name", "status"],
  rules: [
    oneOf("name", features, { ...says, source: `${api}/API_DetectorFeatureConfiguration.html` }),
    oneOf("status", ["ENABLED", "DISABLED"], says),
    oneOf("additionalConfigurations[].status", ["ENABLED", "DISABLED"], says),
    when(
      (inputs) => {
        const name = textAt(inputs, "name");
        if (name === undefined) return undefined;
        const allowed = agents[name] ?? [];
        return textsAt(inputs, "additionalConfigurations[].name").find((a) => !allowed.includes(a));
      },
      "additionalConfigurations",
      {
        ...says,
        message: (agent) => `The feature has no additional configuration ${agent}.`,
        source: `${api}/API_DetectorAdditionalConfiguration.html`,
      },
    ),
    when(
      (inputs) =>
        textAt(inputs, "status") === "DISABLED" &&
        bagsAt(inputs, "additionalConfigurations").some((a) => a.status === "ENABLED"),
      "additionalConfigurations",
      { ...says, say: "An agent cannot be managed while the feature itself is disabled." },
    ),
  ],
  references: [
    {
      property: "detectorId",
      type: token.detector,
      code: "BadRequestException",
      message: () =>
        "The request is rejected because the input detectorId is not owned by the current account.",
      source: `${api}/API_UpdateDetector.html`,
    },
  ],
  refuse: refuseFeature,
  replaceOn: ["detectorId", "name", "region"],
  outputs: (candidate) => ({
    id: `${textAt(candidate.inputs, "detectorId") ?? ""}/${textAt(candidate.inputs, "name") ?? ""}`,
  }),
};
