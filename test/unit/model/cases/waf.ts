/** Web ACLs, IP sets, associations and their logs. */
import { token } from "../../../../topology/tokens";
import { aclRule, managed, wafArn } from "../wafScene";
import type { Case } from "./case";

const rate = "rules[0].statement.rateBasedStatement";
const invalid = "WAFInvalidParameterException";

/** Groups of 5100 units together; AWS allows 5000. */
const tooMuch = [
  ...["a", "b", "c", "d", "e", "f", "g"].map((name, i) =>
    managed(name, "AWSManagedRulesCommonRuleSet", i),
  ),
  managed("h", "AWSManagedRulesLinuxRuleSet", 8),
];

const acl = (
  what: string,
  wrong: Record<string, unknown>,
  says: RegExp,
  code: string = invalid,
): Case => ({ what, type: token.webAcl, wrong: () => wrong, code, says });

export const waf: readonly Case[] = [
  acl("an unknown scope", { scope: "GLOBAL" }, /none of CLOUDFRONT, REGIONAL/),
  acl("CloudFront's scope in another region", { scope: "CLOUDFRONT" }, /us-east-1 only.*eu-west-1/),
  acl(
    "rules of more than 5000 units",
    { rules: tooMuch },
    /take 5100 .*5000/,
    "WAFLimitsExceededException",
  ),
  acl("two rules of one priority", { "rules[1].priority": 1 }, /same priority/),
  acl("two rules of one name", { "rules[1].name": "rate-limit" }, /same rule name/),
  acl("a group with an action", { "rules[1].action": { block: {} } }, /has an overrideAction/),
  acl(
    "a group that nothing is decided for",
    { "rules[1].overrideAction": undefined },
    /overrideAction/,
  ),
  acl("a rate without an action", { "rules[0].action": undefined }, /has an action/),
  acl("two actions", { "rules[0].action": { block: {}, count: {} } }, /exactly one/),
  acl("a rule without a statement", { "rules[0].statement": undefined }, /exactly one statement/),
  acl("two default actions", { defaultAction: { allow: {}, block: {} } }, /allow or block/),
  acl("a limit of nine", { [`${rate}.limit`]: 9 }, /between 10 and/),
  acl(
    "a body of a size that AWS has not",
    {
      associationConfig: {
        requestBodies: [{ cloudfront: { defaultSizeInspectionLimit: "KB_20" } }],
      },
    },
    /none of KB_8, KB_16, KB_32, KB_48, KB_64/,
  ),
  acl("a window of 30 s", { [`${rate}.evaluationWindowSec`]: 30 }, /60, 120, 300, 600/),
  acl("a key of no kind", { [`${rate}.aggregateKeyType`]: "ADDRESS" }, /none of IP/),
  acl(
    "a forwarded address of no header",
    { [`${rate}.aggregateKeyType`]: "FORWARDED_IP" },
    /ForwardedIPConfig/,
  ),
  acl(
    "a metric that AWS keeps for itself",
    { "visibilityConfig.metricName": "Default_Action" },
    /neither All/,
  ),
  acl("a name with a space", { name: "my web" }, /1 to 128/),
  acl(
    "a group that AWS has not",
    { "rules[1].statement.managedRuleGroupStatement.name": "AWSManagedRulesCrs" },
    /AWSManagedRulesCrs/,
    "WAFNonexistentItemException",
  ),
  acl(
    "bot control without a level",
    { "rules[1]": managed("bots", "AWSManagedRulesBotControlRuleSet", 2) },
    /inspectionLevel/,
  ),
  acl(
    "anti-DDoS without a challenge",
    { "rules[1]": managed("floods", "AWSManagedRulesAntiDDoSRuleSet", 2) },
    /clientSideActionConfig/,
  ),
  acl(
    "a rule without a metric",
    { "rules[0].visibilityConfig": undefined },
    /rules\[0\]\.visibilityConfig/,
    "MissingRequiredProperty",
  ),
  {
    what: "an IP set of the other scope, within another statement",
    type: token.webAcl,
    wrong: (s) => ({
      scope: "CLOUDFRONT",
      region: "us-east-1",
      rules: [
        aclRule("blocked", 1, {
          action: { block: {} },
          statement: {
            orStatement: {
              statements: [
                { geoMatchStatement: { countryCodes: ["AQ"] } },
                { ipSetReferenceStatement: { arn: wafArn(s.account, token.ipSet, s.ids.set) } },
              ],
            },
          },
        }),
      ],
    }),
    code: "WAFNonexistentItemException",
    says: /its scope is REGIONAL/,
  },
  {
    what: "a taken name",
    type: token.webAcl,
    wrong: (s) => ({ name: s.account.read(token.webAcl, s.ids.acl ?? "")?.outputs.name }),
    code: "WAFDuplicateItemException",
  },
  {
    what: "a taken name",
    type: token.ipSet,
    wrong: (s) => ({ name: s.account.read(token.ipSet, s.ids.set ?? "")?.outputs.name }),
    code: "WAFDuplicateItemException",
  },
  {
    what: "CloudFront's scope in another region",
    type: token.ipSet,
    wrong: () => ({ scope: "CLOUDFRONT" }),
    code: invalid,
    says: /us-east-1 only/,
  },
  {
    what: "IPv6 in a set of IPv4",
    type: token.ipSet,
    wrong: () => ({ addresses: ["2001:db8::/32"] }),
    code: invalid,
    says: /takes IPv4/,
  },
  {
    what: "the whole internet",
    type: token.ipSet,
    wrong: () => ({ addresses: ["0.0.0.0/0"] }),
    code: invalid,
    says: /but \/0/,
  },
  {
    what: "an address without a length",
    type: token.ipSet,
    wrong: () => ({ addresses: ["192.0.2.1"] }),
    code: invalid,
    says: /192\.0\.2\.1/,
  },
  {
    what: "a range twice",
    type: token.ipSet,
    wrong: () => ({ addresses: ["192.0.2.0/24", "192.0.2.0/24"] }),
    code: invalid,
    says: /twice/,
  },
  {
    what: "an unknown version",
    type: token.ipSet,
    wrong: () => ({ ipAddressVersion: "IPv4" }),
    code: invalid,
    says: /IPV4, IPV6/,
  },
  {
    what: "more ranges than it holds",
    type: token.ipSet,
    wrong: () => ({
      addresses: Array.from({ length: 10_001 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`),
    }),
    code: "WAFLimitsExceededException",
    says: /10000/,
  },
  {
    what: "a web ACL for CloudFront",
    type: token.webAclAssociation,
    wrong: (s) => ({ webAclArn: wafArn(s.account, token.webAcl, s.ids.edgeAcl) }),
    code: invalid,
    says: /scope REGIONAL/,
  },
  {
    what: "an id of something else for a web ACL",
    type: token.webAclAssociation,
    wrong: () => ({ webAclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/ipset/x/y" }),
    code: "WAFNonexistentItemException",
  },
  {
    what: "a web ACL of another region",
    type: token.webAclAssociation,
    wrong: () => ({
      webAclArn:
        "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/x/12345678-1234-1234-1234-123456789012",
    }),
    code: "WAFNonexistentItemException",
    says: /It is in us-east-1/,
  },
  {
    what: "a Network Load Balancer",
    type: token.webAclAssociation,
    wrong: (s) => ({ resourceArn: (s.ids.alb ?? "").replace("/app/", "/net/") }),
    code: invalid,
    says: /Application Load Balancer/,
  },
  {
    what: "a load balancer of another region",
    type: token.webAclAssociation,
    wrong: (s) => ({ resourceArn: (s.ids.alb ?? "").replace("eu-west-1", "us-east-1") }),
    code: "WAFUnavailableEntityException",
  },
  {
    what: "a destination by another name",
    type: token.webAclLogging,
    wrong: () => ({ logDestinationConfigs: ["arn:aws:logs:eu-west-1:123456789012:log-group:web"] }),
    code: invalid,
    says: /starts with aws-waf-logs-/,
  },
  {
    what: "a bucket by another name",
    type: token.webAclLogging,
    wrong: () => ({ logDestinationConfigs: ["arn:aws:s3:::logs-of-web"] }),
    code: invalid,
  },
  {
    what: "two destinations",
    type: token.webAclLogging,
    wrong: () => ({ "logDestinationConfigs[1]": "arn:aws:s3:::aws-waf-logs-web" }),
    code: invalid,
    says: /exactly one/,
  },
  {
    what: "a destination in another region",
    type: token.webAclLogging,
    wrong: () => ({
      logDestinationConfigs: ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-web"],
    }),
    code: invalid,
    says: /in us-east-1, and the web ACL in eu-west-1/,
  },
  {
    what: "a field that cannot be redacted",
    type: token.webAclLogging,
    wrong: () => ({ redactedFields: [{ body: {} }] }),
    code: invalid,
    says: /singleHeader, method/,
  },
  {
    what: "an id of something else for a web ACL",
    type: token.webAclLogging,
    wrong: () => ({ resourceArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/ipset/x/y" }),
    code: "WAFNonexistentItemException",
  },
  {
    what: "a policy that is no JSON",
    type: token.logResourcePolicy,
    wrong: () => ({ policyDocument: "{" }),
    code: "InvalidParameterException",
  },
  {
    what: "a policy by name and by log group",
    type: token.logResourcePolicy,
    wrong: () => ({ policyName: "web" }),
    code: "ValidationError",
  },
  {
    what: "a log group with what follows its ARN in a policy",
    type: token.logResourcePolicy,
    wrong: () => ({ resourceArn: "arn:aws:logs:eu-west-1:123456789012:log-group:web:*" }),
    code: "InvalidParameterException",
  },
  {
    what: "a web ACL for load balancers",
    type: token.distribution,
    wrong: (s) => ({ webAclId: wafArn(s.account, token.webAcl, s.ids.acl) }),
    code: "InvalidWebACLId",
    says: /scope CLOUDFRONT/,
  },
  {
    what: "an id of something else for a web ACL",
    type: token.distribution,
    wrong: () => ({ webAclId: "arn:aws:wafv2:us-east-1:123456789012:global/ipset/x/y" }),
    code: "InvalidWebACLId",
    says: /there is no/,
  },
];
