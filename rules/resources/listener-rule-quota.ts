import { listenersOf } from "../../topology/stack/forwards";
import { token } from "../../topology/tokens";
import { type Fault, stackRule } from "../rule";

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
    const fault = tooManyListenerRules(rules.length, name);
    return fault && { ...fault, urn };
  },
});

/** What is wrong with so many rules of one load balancer, also before there are any. */
export function tooManyListenerRules(count: number, name: string): Fault | undefined {
  if (count <= quota) return undefined;
  const raise = "Ask AWS for a higher quota of rules per Application Load Balancer";
  return {
    message: `The listeners of the load balancer ${name} have ${count} rules: unless AWS has raised the quota of ${quota} for this account, it refuses those beyond it with TooManyRules.`,
    fix: `${raise}, or split the rules of the aws.lb.LoadBalancer ${name} between several.`,
    settings: `${raise}, or give the services fewer paths and hosts: each path at each host is a rule.`,
  };
}
