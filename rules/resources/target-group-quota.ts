import { forwardsTo, listenersOf } from "../../topology/stack/forwards";
import { token } from "../../topology/tokens";
import { type Fault, stackRule } from "../rule";

/** Target groups to which one load balancer forwards. AWS does not raise it. */
const quota = 100;

export const targetGroupQuota = stackRule({
  code: "target-group-quota",
  severity: "error",
  holds: `A load balancer forwards to at most ${quota} target groups; AWS does not raise this quota.`,
  fix: "Split the target groups between several load balancers.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
  subjects: (stack) => stack.of(token.loadBalancer),
  check: (loadBalancer, stack) => {
    if (stack.of(token.targetGroup).length <= quota) return undefined;
    const { urn, name } = loadBalancer;
    const { listeners, rules } = listenersOf(stack, loadBalancer);
    const groups = new Set([
      ...listeners.flatMap(({ props }) => forwardsTo(props, "defaultActions")),
      ...rules.flatMap(({ props }) => forwardsTo(props, "actions")),
    ]);
    const fault = tooManyTargetGroups(groups.size, name);
    return fault && { ...fault, urn };
  },
});

/** What is wrong with so many target groups of one load balancer, also before there are any. */
export function tooManyTargetGroups(count: number, name: string): Fault | undefined {
  if (count <= quota) return undefined;
  return {
    message: `The load balancer ${name} forwards to ${count} target groups, over its quota of ${quota}: AWS refuses those beyond it with TooManyTargetGroups.`,
    fix: `Split the target groups of the aws.lb.LoadBalancer ${name} between several load balancers: AWS does not raise this quota.`,
    settings:
      "Put some of the services at another load balancer: AWS does not raise this quota. A service with blue-green, linear or canary deployments has two target groups.",
  };
}
