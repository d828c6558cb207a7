import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

/** Rules of a load balancer's listeners, their default ones aside. AWS raises it on request. */
const quota = 100;

export const listenerRuleQuota = stackRule({
  code: "listener-rule-quota",
  severity: "warning",
  holds: `The listeners of a load balancer have at most ${quota} rules, as long as AWS has not raised the quota.`,
  fix: "Ask AWS for a higher quota, or split the rules between several load balancers.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
  subjects: (stack) => stack.of(token.loadBalancer),
  check: ({ urn, name, props }, stack) => {
    const all = stack.of(token.listenerRule);
    if (all.length <= quota) return undefined;
    const arn = text(props, "arn");
    const listeners = stack
      .of(token.listener)
      .filter((listener) => text(listener.props, "loadBalancerArn") === arn)
      .map((listener) => text(listener.props, "arn"));
    const rules = all.filter((rule) => listeners.includes(text(rule.props, "listenerArn")));
    if (rules.length <= quota) return undefined;
    return {
      urn,
      message: `The listeners of the load balancer ${name} have ${rules.length} rules: unless AWS has raised the quota of ${quota} for this account, it refuses those beyond it with TooManyRules.`,
      fix: `Ask AWS for a higher quota of rules per Application Load Balancer, or split the rules of the aws.lb.LoadBalancer ${name} between several.`,
    };
  },
});
