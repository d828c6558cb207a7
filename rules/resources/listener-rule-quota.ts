import { listenersOf } from "../../topology/stack/forwards";
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
  check: (loadBalancer, stack) => {
    if (stack.of(token.listenerRule).length <= quota) return undefined;
    const { urn, name } = loadBalancer;
    const { rules } = listenersOf(stack, loadBalancer);
    if (rules.length <= quota) return undefined;
    return {
      urn,
      message: `The listeners of the load balancer ${name} have ${rules.length} rules: unless AWS has raised the quota of ${quota} for this account, it refuses those beyond it with TooManyRules.`,
      fix: `Ask AWS for a higher quota of rules per Application Load Balancer, or split the rules of the aws.lb.LoadBalancer ${name} between several.`,
    };
  },
});
