/** The scene's web ACLs: one for each scope, with an IP set, and valid inputs for more. */
import type { Account } from "../../../local/model";
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/model/types";

const seen = (metricName: string): Props => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

/** A rule with one statement. */
export const aclRule = (name: string, priority: number, more: Props): Props => ({
  name,
  priority,
  visibilityConfig: seen(name),
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

const webAcl = (scope: string, setArn: unknown, more: Props = {}): Props => ({
  scope,
  defaultAction: { allow: {} },
  visibilityConfig: seen("web"),
  rules: [limit, managed("common", "AWSManagedRulesCommonRuleSet", 2), blocking(setArn)],
  ...more,
});

const addresses = (more: Props = {}): Props => ({
  scope: "REGIONAL",
  ipAddressVersion: "IPV4",
  addresses: ["192.0.2.0/24"],
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
  add("set", token.ipSet, addresses());
  add("acl", token.webAcl, webAcl("REGIONAL", wafArn(account, token.ipSet, ids.set)));
  add("spareAcl", token.webAcl, { ...webAcl("REGIONAL", undefined), rules: [limit] });
  add("edgeAcl", token.webAcl, {
    ...webAcl("CLOUDFRONT", undefined),
    rules: [limit],
    region: "us-east-1",
  });
  add("association", token.webAclAssociation, {
    resourceArn: ids.inner,
    webAclArn: wafArn(account, token.webAcl, ids.acl),
  });
}

/** Valid inputs for one more of each type. */
export function wafInputs(
  account: Account,
  ids: Readonly<Record<string, string>>,
): Record<string, Props> {
  const acl = wafArn(account, token.webAcl, ids.spareAcl);
  const logs = "arn:aws:logs:eu-west-1:123456789012:log-group";
  return {
    [token.webAcl]: webAcl("REGIONAL", wafArn(account, token.ipSet, ids.set), { name: "web" }),
    [token.ipSet]: addresses({ name: "web" }),
    [token.webAclAssociation]: { resourceArn: ids.alb, webAclArn: acl },
    [token.webAclLogging]: {
      resourceArn: acl,
      logDestinationConfigs: [`${logs}:aws-waf-logs-web`],
      redactedFields: [{ singleHeader: { name: "authorization" } }],
    },
    [token.logResourcePolicy]: {
      resourceArn: `${logs}:aws-waf-logs-web`,
      policyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    },
  };
}
