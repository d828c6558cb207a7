/** What the rules of a web ACL may say, and what they cost in capacity units. */
import {
  inspectedBodyKiB,
  managedGroups,
  rateLimits,
  ruleCapacities,
  webAclCapacities,
} from "../../../path/waf";
import { Props, UNKNOWN } from "../types";
import { valuesAt, bagAt, bagsAt, hasUnknown, isBag, textAt } from "../props";
import { matchesPattern, oneOf, range, required, InputRule, unique, when } from "../rules";

export const wafApi = "https://docs.aws.amazon.com/waf/latest/APIReference";
export const wafGuide = "https://docs.aws.amazon.com/waf/latest/developerguide";

/** What most refusals of AWS WAF are. */
export const invalid = "WAFInvalidParameterException";

const createPage = `${wafApi}/API_CreateWebACL.html`;
const rulePage = `${wafApi}/API_Rule.html`;
const ratePage = `${wafApi}/API_RateBasedStatement.html`;

/** AWS's managed groups that hopwise does not offer. */
const otherGroups: Readonly<Record<string, number>> = {
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesWordPressRuleSet: 100,
  AWSManagedRulesATPRuleSet: 50,
  AWSManagedRulesACFPRuleSet: 50,
  // The API's model has the group, but not its capacity: it counts nothing.
  AWSManagedRulesAISecurityRuleSet: 0,
};

/** Capacity units of AWS's managed groups by AWS's names. */
const groupCapacities = new Map<string, number>([
  ...Object.values(managedGroups).map(({ awsName, capacity }): [string, number] => [
    awsName,
    capacity,
  ]),
  ...Object.entries(otherGroups),
]);

/** Statements that hold others. */
function nested(statement: Props): Props[] {
  return [
    ...bagsAt(statement, "orStatement.statements"),
    ...bagsAt(statement, "andStatement.statements"),
    ...bagsAt(statement, "notStatement.statements"),
    ...["rateBasedStatement", "managedRuleGroupStatement"].flatMap((holder) => {
      const inner = bagAt(statement, holder).scopeDownStatement;
      return isBag(inner) ? [inner] : [];
    }),
  ];
}

/** A statement and all it holds. */
const withNested = (statement: Props): Props[] => [
  statement,
  ...nested(statement).flatMap(withNested),
];

/** Every statement of a web ACL, at any depth. */
export function wafStatementsOf(inputs: Props): Props[] {
  return bagsAt(inputs, "rules").flatMap((rule) => withNested(bagAt(rule, "statement")));
}

function ownCapacity(statement: Props): number {
  if (isBag(statement.ipSetReferenceStatement)) {
    const anywhere =
      textAt(statement, "ipSetReferenceStatement.ipSetForwardedIpConfig.position") === "ANY";
    return ruleCapacities.ipSet + (anywhere ? 4 : 0);
  }
  if (isBag(statement.rateBasedStatement))
    return (
      ruleCapacities.rateLimit + 30 * bagsAt(statement, "rateBasedStatement.customKeys").length
    );
  if (isBag(statement.managedRuleGroupStatement))
    return groupCapacities.get(textAt(statement, "managedRuleGroupStatement.name") ?? "") ?? 0;
  return isBag(statement.geoMatchStatement) || isBag(statement.labelMatchStatement) ? 1 : 0;
}

/**
 * Capacity units of the statements known here: managed groups of AWS, IP sets, rates, countries and
 * labels. Others count nothing.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
 */
export function capacityOf(inputs: Props): number {
  return wafStatementsOf(inputs).reduce((sum, statement) => sum + ownCapacity(statement), 0);
}

/** Groups and rates decide by overriding or by counting; everything else has an action. */
const oneDecision: InputRule = (inputs) =>
  bagsAt(inputs, "rules").flatMap((rule, i) => {
    if (hasUnknown([rule.action, rule.overrideAction, rule.statement])) return [];
    const statement = bagAt(rule, "statement");
    const group =
      isBag(statement.managedRuleGroupStatement) || isBag(statement.ruleGroupReferenceStatement);
    const [wanted, other] = group ? ["overrideAction", "action"] : ["action", "overrideAction"];
    const chosen = Object.keys(bagAt(rule, wanted)).length;
    if (chosen === 1 && !isBag(rule[other])) return [];
    const message = `Error reason: A reference in your rule statement is not valid or the rule has no single ${wanted}: a rule that ${group ? "references a rule group has an overrideAction" : "makes a decision of its own has an action"}, and exactly one.`;
    return [{ code: invalid, message, property: `rules[${i}].${wanted}`, source: rulePage }];
  });

/** One kind of statement a rule, and one rule a name. */
const oneStatement: InputRule = (inputs) =>
  bagsAt(inputs, "rules").flatMap((rule, i) => {
    const { statement } = rule;
    if (statement === UNKNOWN || (isBag(statement) && Object.keys(statement).length === 1))
      return [];
    const message = "Error reason: You must specify exactly one statement in the rule.";
    return [{ code: invalid, message, property: `rules[${i}].statement`, source: rulePage }];
  });

/** Of AWS's groups only: those of the AWS Marketplace are not known here. */
const knownGroups: InputRule = (inputs) =>
  valuesAt(inputs, "rules[].statement.managedRuleGroupStatement")
    .filter(({ value }) => isBag(value) && value.vendorName === "AWS")
    .flatMap(({ path, value }) =>
      valuesAt(value as Props, "name").map((name) => ({ path: `${path}.name`, value: name.value })),
    )
    .filter(({ value }) => typeof value === "string" && !groupCapacities.has(value))
    .map(({ path: property, value }) => ({
      code: "WAFNonexistentItemException",
      message: `AWS WAF couldn't perform the operation because your resource doesn't exist: managed rule group ${String(value)} of AWS.`,
      property,
      source: `${wafGuide}/aws-managed-rule-groups-list.html`,
    }));

/** Groups that AWS refuses without their configuration. */
const configured: InputRule = (inputs) =>
  bagsAt(inputs, "rules").flatMap((rule, i) => {
    const group = bagAt(rule, "statement.managedRuleGroupStatement");
    const [key, page] =
      group.name === managedGroups["bot-control"].awsName
        ? ["awsManagedRulesBotControlRuleSet.inspectionLevel", "AWSManagedRulesBotControlRuleSet"]
        : group.name === managedGroups["anti-ddos"].awsName
          ? [
              "awsManagedRulesAntiDdosRuleSet.clientSideActionConfig",
              "AWSManagedRulesAntiDDoSRuleSet",
            ]
          : [];
    if (key === undefined || hasUnknown(group)) return [];
    const configs = bagsAt(group, "managedRuleGroupConfigs");
    if (configs.some((config) => valuesAt(config, key).length > 0)) return [];
    return [
      {
        code: invalid,
        message: `Error reason: The managed rule group ${String(group.name)} requires a configuration: ${key}.`,
        property: `rules[${i}].statement.managedRuleGroupStatement.managedRuleGroupConfigs`,
        source: `${wafApi}/API_${page}.html`,
      },
    ];
  });

const rate = "rules[].statement.rateBasedStatement";

/** Metrics of a web ACL or of one of its rules. */
const visibility = (path: string): InputRule[] => [
  required(`${path}.cloudwatchMetricsEnabled`),
  required(`${path}.metricName`),
  required(`${path}.sampledRequestsEnabled`),
  matchesPattern(
    `${path}.metricName`,
    /^(?!(?:All|Default_Action)$)[\w#:./-]{1,255}$/,
    "1 to 255 letters, digits and _#:./-, and neither All nor Default_Action",
    { code: invalid, source: `${wafApi}/API_VisibilityConfig.html` },
  ),
];

export const nameRule = (path: string, source: string): InputRule =>
  matchesPattern(path, /^[\w-]{1,128}$/, "1 to 128 letters, digits, _ and -", {
    code: invalid,
    source,
  });

/** Everything about a web ACL's rules that its inputs alone show. */
export const webAclInputRules: readonly InputRule[] = [
  ...visibility("visibilityConfig"),
  ...visibility("rules[].visibilityConfig"),
  required("rules[].name"),
  required("rules[].priority"),
  required("rules[].visibilityConfig"),
  nameRule("rules[].name", rulePage),
  unique("rules[].name", {
    code: invalid,
    source: rulePage,
    message: (value) => `Error reason: You have used the same rule name more than once: ${value}`,
  }),
  unique("rules[].priority", {
    code: invalid,
    source: rulePage,
    message: (value) =>
      `Error reason: You have used the same priority value for more than one rule: ${value}`,
  }),
  oneDecision,
  oneStatement,
  knownGroups,
  configured,
  ...[
    "apiGateway",
    "appRunnerService",
    "cloudfront",
    "cognitoUserPool",
    "verifiedAccessInstance",
  ].map((of) =>
    oneOf(
      `associationConfig.requestBodies[].${of}.defaultSizeInspectionLimit`,
      inspectedBodyKiB.loadBalancer.choices.map((size) => `KB_${size}`),
      {
        code: invalid,
        source: `${wafApi}/API_RequestBodyAssociatedResourceTypeConfig.html`,
      },
    ),
  ),
  range(`${rate}.limit`, rateLimits.requests.min, rateLimits.requests.max, {
    code: invalid,
    source: ratePage,
  }),
  oneOf(`${rate}.evaluationWindowSec`, rateLimits.windowSeconds, {
    code: invalid,
    source: ratePage,
  }),
  oneOf(`${rate}.aggregateKeyType`, ["IP", "FORWARDED_IP", "CUSTOM_KEYS", "CONSTANT"], {
    code: invalid,
    source: ratePage,
  }),
  (inputs) =>
    valuesAt(inputs, rate)
      .filter(
        ({ value }) =>
          isBag(value) && value.aggregateKeyType === "FORWARDED_IP" && !value.forwardedIpConfig,
      )
      .map(({ path }) => ({
        code: invalid,
        message: "Error reason: FORWARDED_IP requires a ForwardedIPConfig.",
        property: `${path}.forwardedIpConfig`,
        source: ratePage,
      })),
  when((inputs) => Object.keys(bagAt(inputs, "defaultAction")).length > 1, "defaultAction", {
    code: invalid,
    say: "The default action is allow or block.",
    source: createPage,
  }),
  when(
    (inputs) => {
      const capacity = capacityOf(inputs);
      return capacity > webAclCapacities.max
        ? `AWS WAF couldn't perform the operation because you exceeded your resource limit: the rules take ${capacity} capacity units, and a web ACL has ${webAclCapacities.max} at most.`
        : undefined;
    },
    "rules",
    { code: "WAFLimitsExceededException", source: `${wafGuide}/aws-waf-capacity-units.html` },
  ),
];
