/** The scene's web ACLs: one for each scope, with an IP set, and valid inputs for more. */
import type { Account } from "../../../local/model";
import * as t from "../../../local/model/tokens";
import type { Props } from "../../../local/types";

const seen = (metricName: string): Props => ({
  ...{ metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
});

/** A rule with one statement. */
export const aclRule = (name: string, priority: number, more: Props): Props => ({
  ...{ name, priority, visibilityConfig: seen(name) },
  ...more,
});

/** One of AWS's groups, as a rule. */
export const managed = (name: string, awsName: string, priority: number, more: Props = {}): Props =>
  aclRule(name, priority, {
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name: awsName, ...more } },
  });

/** Blocks the addresses of a set. */
export const blocking = (arn: unknown): Props =>
  aclRule("blocked", 3, {
    action: { block: {} },
    statement: { ipSetReferenceStatement: { arn } },
  });

const limit = aclRule("rate-limit", 1, {
  action: { block: {} },
  statement: {
    rateBasedStatement: { limit: 2000, evaluationWindowSec: 300, aggregateKeyType: "IP" },
  },
});

export const webAcl = (scope: string, setArn: unknown, more: Props = {}): Props => ({
  ...{ scope, defaultAction: { allow: {} }, visibilityConfig: seen("web") },
  rules: [limit, managed("common", "AWSManagedRulesCommonRuleSet", 2), blocking(setArn)],
  ...more,
});

export const addresses = (more: Props = {}): Props => ({
  ...{ scope: "REGIONAL", ipAddressVersion: "IPV4", addresses: ["192.0.2.0/24"] },
  ...more,
});

/** ARN of a web ACL or IP set by its id. */
export const wafArn = (account: Account, type: string, id: string | undefined): unknown =>
  account.read(type, id ?? "")?.outputs.arn;

/** Adds a web ACL of each scope; the regional one protects `inner`, the other one nothing. */
export function addWebAcls(
  account: Account,
  ids: Readonly<Record<string, string>>,
  add: (name: string, type: string, inputs: Props) => string,
): void {
  add("set", t.IP_SET, addresses());
  add("acl", t.WEB_ACL, webAcl("REGIONAL", wafArn(account, t.IP_SET, ids.set)));
  add("spareAcl", t.WEB_ACL, { ...webAcl("REGIONAL", undefined), rules: [limit] });
  add("edgeAcl", t.WEB_ACL, {
    ...webAcl("CLOUDFRONT", undefined),
    ...{ rules: [limit], region: "us-east-1" },
  });
  add("association", t.WEB_ACL_ASSOCIATION, {
    ...{ resourceArn: ids.inner, webAclArn: wafArn(account, t.WEB_ACL, ids.acl) },
  });
}

/** Valid inputs for one more of each type. */
export function wafInputs(
  account: Account,
  ids: Readonly<Record<string, string>>,
): Record<string, Props> {
  const acl = wafArn(account, t.WEB_ACL, ids.spareAcl);
  const logs = "arn:aws:logs:eu-west-1:123456789012:log-group";
  return {
    [t.WEB_ACL]: webAcl("REGIONAL", wafArn(account, t.IP_SET, ids.set), { name: "web" }),
    [t.IP_SET]: addresses({ name: "web" }),
    [t.WEB_ACL_ASSOCIATION]: { resourceArn: ids.alb, webAclArn: acl },
    [t.WEB_ACL_LOGGING]: {
      ...{ resourceArn: acl, logDestinationConfigs: [`${logs}:aws-waf-logs-web`] },
      redactedFields: [{ singleHeader: { name: "authorization" } }],
    },
    [t.LOG_RESOURCE_POLICY]: {
      resourceArn: `${logs}:aws-waf-logs-web`,
      policyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    },
  };
}
