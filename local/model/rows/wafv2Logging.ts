/** aws.wafv2.WebAclLoggingConfiguration and the aws.cloudwatch.LogResourcePolicy that goes with it. */
import { wafLogDestination, wafLogPrefix } from "../../../path/waf";
import { Refusal } from "../types";
import { uuid } from "../ids";
import { valuesAt, bagsAt, hasUnknown, textAt, textsAt } from "../props";
import { Candidate, others, ResourceModel, AccountView, regionsDiffer } from "../row";
import { exactlyOneOf, json, matchesPattern, maxLength, InputRule, when } from "../rules";
import { token } from "../../../topology/tokens";
import { wafApi, wafGuide, invalid } from "./wafv2Rules";

const page = `${wafApi}/API_PutLoggingConfiguration.html`;

const namedForWaf: InputRule = (inputs) =>
  valuesAt(inputs, "logDestinationConfigs[]")
    .filter(
      ({ value }) =>
        typeof value === "string" && !wafLogDestination(value)?.name.startsWith(wafLogPrefix),
    )
    .map(({ path: property, value }) => ({
      code: invalid,
      message: `Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION, parameter: ${String(value)}. The name of a log group, bucket or delivery stream for AWS WAF starts with ${wafLogPrefix}.`,
      property,
      source: page,
    }));

/** Parts of a request that can be kept out of the log. */
const redactable = ["singleHeader", "method", "queryString", "uriPath"];

const onePartEach: InputRule = (inputs) =>
  bagsAt(inputs, "redactedFields")
    .map((field, i) => ({ field, i }))
    .filter(({ field }) => {
      const parts = Object.keys(field);
      return parts.length !== 1 || !redactable.includes(parts[0] ?? "");
    })
    .map(({ i }) => ({
      code: invalid,
      message: `Error reason: A redacted field is one of ${redactable.join(", ")}.`,
      property: `redactedFields[${i}]`,
      source: `${wafApi}/API_LoggingConfiguration.html`,
    }));

function elsewhere({ inputs, region }: Candidate): Refusal[] {
  return textsAt(inputs, "logDestinationConfigs[]")
    .map((destination) => wafLogDestination(destination)?.region)
    .filter((other) => other !== undefined && regionsDiffer(other, region))
    .map((other) => ({
      code: invalid,
      message: `Error reason: The log destination is in ${other ?? ""}, and the web ACL in ${region}: they have to be in one region., field: LOG_DESTINATION`,
      property: "logDestinationConfigs",
      source: `${wafGuide}/logging-cw-logs.html`,
    }));
}

/**
 * AWS itself would put the second configuration in the place of the first, and leave two resources
 * that undo each other: refused here, because nobody means that.
 */
function second(candidate: Candidate, account: AccountView): Refusal[] {
  if (candidate.id !== undefined) return [];
  return account
    .all(token.webAclLogging)
    .filter((other) => other.outputs.resourceArn === candidate.inputs.resourceArn)
    .map((other) => ({
      code: "WAFDuplicateItemException",
      message: `The web ACL has a logging configuration, '${other.name}': a second one takes its place.`,
      property: "resourceArn",
      source: page,
    }));
}

export const webAclLogging: ResourceModel = {
  type: token.webAclLogging,
  required: ["resourceArn", "logDestinationConfigs"],
  rules: [
    namedForWaf,
    onePartEach,
    when(
      (inputs) =>
        !hasUnknown(inputs.logDestinationConfigs) &&
        textsAt(inputs, "logDestinationConfigs[]").length !== 1,
      "logDestinationConfigs",
      {
        code: invalid,
        say: "Error reason: A web ACL has exactly one log destination.",
        source: `${wafGuide}/logging-destinations.html`,
      },
    ),
  ],
  references: [
    {
      property: "resourceArn",
      type: token.webAcl,
      code: "WAFNonexistentItemException",
      source: page,
      message: (id) =>
        `AWS WAF couldn't perform the operation because your resource doesn't exist: ${id}.`,
    },
  ],
  refuse: (candidate, account) => [...elsewhere(candidate), ...second(candidate, account)],
  replaceOn: ["resourceArn", "region"],
  outputs: ({ inputs }) => ({ id: String(inputs.resourceArn) }),
};

const policyPage =
  "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html";

/** Policies of an account and region that belong to no log group. */
const accountPolicies = 10;

export const logResourcePolicy: ResourceModel = {
  type: token.logResourcePolicy,
  required: ["policyDocument"],
  rules: [
    exactlyOneOf(["policyName", "resourceArn"], { source: policyPage }),
    json("policyDocument", { code: "InvalidParameterException", source: policyPage }),
    maxLength("policyDocument", 51_200, { code: "LimitExceededException", source: policyPage }),
    matchesPattern(
      "resourceArn",
      /^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:[^:]+$/,
      "the ARN of a log group",
      { code: "InvalidParameterException", source: policyPage },
    ),
  ],
  refuse: (candidate, account) => {
    const { inputs, region } = candidate;
    const there = others(candidate, account).filter((policy) => policy.outputs.region === region);
    if (textAt(inputs, "policyName") === undefined) return [];
    const named = there.filter((policy) => textAt(policy.outputs, "policyName") !== undefined);
    if (named.length < accountPolicies) return [];
    return [
      {
        code: "LimitExceededException",
        message: `Resource limit exceeded: ${accountPolicies} resource policies a region without a resourceArn.`,
        property: "policyName",
        source: policyPage,
      },
    ];
  },
  replaceOn: ["policyName", "resourceArn", "region"],
  outputs: (candidate) => ({
    id: textAt(candidate.inputs, "policyName") ?? textAt(candidate.inputs, "resourceArn") ?? "",
    policyScope: textAt(candidate.inputs, "policyName") === undefined ? "RESOURCE" : "ACCOUNT",
    revisionId: uuid(candidate.hex(32, "revision")),
  }),
};
