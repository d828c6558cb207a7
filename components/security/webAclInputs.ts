/** Turns the path model's rules into the provider's inputs. Pure except for the IP sets' ARNs. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AddressRule, ManagedRule, RateRule, WebAclRule } from "../../path/webAclRules";
import type { WebAclArgs } from "./webAclArgs";

type Rule = aws.types.input.wafv2.WebAclRule;
type Statement = aws.types.input.wafv2.WebAclRuleStatement;
type AddressFrom = NonNullable<WebAclArgs["addressFrom"]>;

/** ARNs of the IP sets by their names in the model, e.g. `blocked-ipv4`. */
export type SetArns = ReadonlyMap<string, pulumi.Input<string>>;

/** One rule, with its own metric (Security Hub's WAF.12). */
export function ruleInputs(rule: WebAclRule, arns: SetArns, addressFrom: AddressFrom): Rule {
  const { name, priority } = rule;
  return {
    name,
    priority,
    ...decision(rule, arns, addressFrom),
    visibilityConfig: visibility(name),
  };
}

/** Metrics and samples of a rule or of the whole web ACL. */
export function visibility(metricName: string): Rule["visibilityConfig"] & object {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

function decision(
  rule: WebAclRule,
  arns: SetArns,
  addressFrom: AddressFrom,
): Pick<Rule, "action" | "overrideAction" | "statement"> {
  switch (rule.kind) {
    case "addresses":
      return { action: { [rule.action]: {} }, statement: addresses(rule, arns, addressFrom) };
    case "rate":
      return { action: { [rule.action]: {} }, statement: rate(rule, addressFrom) };
    case "managed":
      return {
        overrideAction: rule.countOnly ? { count: {} } : { none: {} },
        statement: { managedRuleGroupStatement: managed(rule) },
      };
  }
}

function addresses(rule: AddressRule, arns: SetArns, addressFrom: AddressFrom): Statement {
  const statements = rule.sets.map((set) => ({
    ipSetReferenceStatement: {
      arn: arns.get(set.name) ?? missing(set.name),
      ...(addressFrom === "x-forwarded-for" && {
        ipSetForwardedIpConfig: {
          headerName: "X-Forwarded-For",
          // CloudFront appends the viewer's address; everything before it was written by the
          // viewer.
          position: "LAST",
          // If it cannot be read, the request does not skip the other rules.
          fallbackBehavior: rule.action === "allow" ? "NO_MATCH" : "MATCH",
        },
      }),
    },
  }));
  const [only] = statements;
  return only !== undefined && statements.length === 1 ? only : { orStatement: { statements } };
}

function rate(rule: RateRule, addressFrom: AddressFrom): Statement {
  return {
    rateBasedStatement: {
      limit: rule.requests,
      evaluationWindowSec: rule.windowSeconds,
      ...(addressFrom === "connection"
        ? { aggregateKeyType: "IP" }
        : {
            aggregateKeyType: "FORWARDED_IP",
            // Otherwise an invalid first address would bypass the limit.
            forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" },
          }),
    },
  };
}

function managed(rule: ManagedRule): Statement["managedRuleGroupStatement"] & object {
  const overrides = Object.entries(rule.overrides);
  return {
    vendorName: "AWS",
    name: rule.awsName,
    ...(rule.group in groupConfigs && {
      managedRuleGroupConfigs: [groupConfigs[rule.group] ?? {}],
    }),
    ...(overrides.length > 0 && {
      ruleActionOverrides: overrides.map(([name, action]) => ({
        name,
        actionToUse: { [action]: {} },
      })),
    }),
  };
}

/** Extensions of files that a page loads automatically. */
const pageParts = [
  "css",
  "js",
  "json",
  "xml",
  "gif",
  "ico",
  "jpe?g",
  "png",
  "svg",
  "webp",
  "woff2?",
];

/** Groups for which AWS requires a configuration. */
const groupConfigs: Partial<
  Record<
    ManagedRule["group"],
    aws.types.input.wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfig
  >
> = {
  // The level TARGETED costs more per request and needs AWS's script in the pages.
  "bot-control": { awsManagedRulesBotControlRuleSet: { inspectionLevel: "COMMON" } },
  "anti-ddos": {
    awsManagedRulesAntiDdosRuleSet: {
      sensitivityToBlock: "LOW",
      clientSideActionConfig: {
        challenge: {
          usageOfAction: "ENABLED",
          sensitivity: "HIGH",
          // Requests of scripts and for parts of a page cannot run a challenge.
          // https://docs.aws.amazon.com/waf/latest/developerguide/waf-anti-ddos-advanced.html
          exemptUriRegularExpressions: [
            { regexString: "\\/api\\/" },
            { regexString: `\\.(?:${pageParts.join("|")})$` },
          ],
        },
      },
    },
  },
};

function missing(set: string): never {
  throw new Error(`no IP set was made for ${set}`);
}
