/** aws.cloudwatch.EventRule and aws.cloudwatch.EventTarget */
import { isBag, parseJson, textAt } from "../props";
import { Candidate, others, regionsDiffer, resourceRegion, ResourceModel } from "../row";
import { exactlyOneOf, json, matchesPattern, maxLength, oneOf, when } from "../rules";
import { Props, Refusal } from "../types";
import { arn, regionOfArn } from "../ids";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/eventbridge/latest/APIReference";
const rulePage = `${api}/API_PutRule.html`;
const targetPage = `${api}/API_PutTargets.html`;
const patternPage =
  "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html";
const ofRule = { code: "ValidationException", source: rulePage };
const ofTarget = { code: "ValidationException", source: targetPage };

/** Each value of a pattern is a list of what may match, or an object of such values. */
function isPattern(value: unknown): boolean {
  return isBag(value) && Object.values(value).every((one) => Array.isArray(one) || isPattern(one));
}

function wrongPattern(inputs: Props): boolean {
  const text = textAt(inputs, "eventPattern");
  const pattern = text === undefined ? undefined : parseJson(text);
  return isBag(pattern) && (Object.keys(pattern).length === 0 || !isPattern(pattern));
}

const busOf = (inputs: Props): string => textAt(inputs, "eventBusName") ?? "default";

export const eventRule: ResourceModel = {
  type: token.eventRule,
  autoName: { property: "name", maxLength: 64 },
  defaults: () => ({ eventBusName: "default", state: "ENABLED" }),
  rules: [
    matchesPattern(
      "name",
      /^[.\-_A-Za-z0-9]{1,64}$/,
      "made of up to 64 letters, digits and . - _",
      ofRule,
    ),
    exactlyOneOf(["eventPattern", "scheduleExpression"], ofRule),
    maxLength("eventPattern", 4096, ofRule),
    maxLength("description", 512, ofRule),
    oneOf(
      "state",
      ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
      ofRule,
    ),
    json("eventPattern", { code: "InvalidEventPatternException", source: rulePage }),
    when(wrongPattern, "eventPattern", {
      code: "InvalidEventPatternException",
      source: patternPage,
      say: "Event pattern is not valid. Reason: a value of the pattern is neither a list nor an object.",
    }),
  ],
  replaceOn: ["name", "eventBusName", "region"],
  outputs: ({ inputs, region }, account) => {
    const name = String(inputs.name);
    return { id: name, arn: arn("events", region, account.accountId, `rule/${name}`) };
  },
  inUse: (rule, account) =>
    account
      .all(token.eventTarget)
      .filter(({ inputs }) => inputs.rule === rule.outputs.name)
      .filter((target) => resourceRegion(target, account) === resourceRegion(rule, account))
      .map(() => ({
        code: "ValidationException",
        message: "Rule can't be deleted since it has targets.",
        source: `${api}/API_DeleteRule.html`,
      })),
};

function refuseTarget({ inputs, region }: Candidate): Refusal[] {
  const target = textAt(inputs, "arn");
  const home = target?.includes(":sns:") === true ? regionOfArn(target) : undefined;
  if (home === undefined || !regionsDiffer(home, region)) return [];
  return [
    {
      code: "ValidationException",
      message: `The target is in ${home}, and the rule in ${region}: a topic has to be in the rule's region.`,
      property: "arn",
      source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
    },
  ];
}

export const eventTarget: ResourceModel = {
  type: token.eventTarget,
  required: ["rule", "arn"],
  defaults: () => ({ eventBusName: "default" }),
  rules: [
    matchesPattern("arn", /^arn:aws[\w-]*:[a-z0-9-]+:/, "an ARN", ofTarget),
    matchesPattern(
      "targetId",
      /^[.\-_A-Za-z0-9]{1,64}$/,
      "made of up to 64 letters, digits and . - _",
      ofTarget,
    ),
    exactlyOneOf(["input", "inputPath", "inputTransformer"], { ...ofTarget, none: true }),
  ],
  references: [
    {
      property: "rule",
      type: token.eventRule,
      code: "ResourceNotFoundException",
      sameRegion: true,
      message: (name) => `Rule ${name} does not exist on EventBus default.`,
      source: targetPage,
    },
  ],
  refuse: (candidate, account) => [
    ...refuseTarget(candidate),
    // A rule takes five targets.
    ...(others(candidate, account).filter(
      ({ inputs }) =>
        inputs.rule === candidate.inputs.rule && busOf(inputs) === busOf(candidate.inputs),
    ).length >= 5
      ? [
          {
            code: "LimitExceededException",
            message: "A rule has up to five targets.",
            property: "rule",
            source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
          },
        ]
      : []),
  ],
  replaceOn: ["rule", "targetId", "eventBusName", "region"],
  outputs: (candidate) => {
    const targetId = textAt(candidate.inputs, "targetId") ?? `terraform-${candidate.hex(26)}`;
    return { id: `${String(candidate.inputs.rule)}-${targetId}`, targetId };
  },
};
