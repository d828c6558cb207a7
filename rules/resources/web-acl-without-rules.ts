import { blocks, block, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const webAclWithoutRules = stackRule({
  code: "web-acl-without-rules",
  severity: "warning",
  holds: "A web ACL has at least one rule.",
  fix: "Give the aws.wafv2.WebAcl rules, e.g. a managedRuleGroupStatement of AWSManagedRulesCommonRuleSet.",
  source: "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-10",
  subjects: (stack) => stack.of(token.webAcl),
  check: ({ urn, name, props }, stack) => {
    if (blocks(props, "rules").length > 0 || (text(props, "ruleJson") ?? "") !== "")
      return undefined;
    const arn = text(props, "arn");
    const added = [...stack.of(token.webAclRule), ...stack.of(token.webAclRuleGroup)];
    if (added.some((rule) => text(rule.props, "webAclArn") === arn)) return undefined;
    const does = block(block(props, "defaultAction") ?? {}, "block") ? "blocks" : "allows";
    return {
      urn,
      message: `The web ACL ${name} has no rule: it ${does} every request.`,
      fix: `Give the aws.wafv2.WebAcl ${name} rules, e.g. a managedRuleGroupStatement of AWSManagedRulesCommonRuleSet.`,
    };
  },
});
