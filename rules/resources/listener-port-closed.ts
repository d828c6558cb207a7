import { sources } from "../../path/sources";
import { number, text, texts } from "../../topology/props";
import { forwardsTo } from "../../topology/stack/forwards";
import { opens } from "../../topology/stack/openPorts";
import { pathsIn } from "../../topology/stack/paths";
import { NotKnown } from "../../topology/stack/unknown";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const listenerPortClosed = stackRule({
  code: "listener-port-closed",
  severity: "error",
  lacks: "a rule of a security group",
  holds: "The security group of a load balancer opens the ports of listeners that forward.",
  fix: "Admit those who are to call on the listener's port, in the ingress of the load balancer's security group.",
  source: sources.albSecurityGroups,
  unless: ["load-balancer-closed-to-edge"],
  subjects: (stack) => stack.of(token.listener),
  check: (listener, stack) => {
    const { urn, name, props } = listener;
    const loadBalancer = stack.find(token.loadBalancer, text(props, "loadBalancerArn"));
    const port = number(props, "port");
    if (loadBalancer === undefined || port === undefined) return undefined;
    const forwards = [
      ...forwardsTo(props, "defaultActions"),
      ...stack
        .of(token.listenerRule)
        .filter((rule) => text(rule.props, "listenerArn") === text(props, "arn"))
        .flatMap((rule) => forwardsTo(rule.props, "actions")),
    ];
    if (
      forwards.length === 0 ||
      opens(stack, texts(loadBalancer.props, "securityGroups"), "ingress", port) !== false
    )
      return undefined;
    // A listener behind CloudFront is judged by whether CloudFront gets in.
    const { paths, lost } = pathsIn(stack);
    if (paths.some(({ found, resources }) => found.spec.edge && resources.listener[0]?.urn === urn))
      return undefined;
    if (lost[0] !== undefined) throw new NotKnown(lost[0]);
    return {
      urn,
      message: `Nobody can connect to the listener ${name}: no rule of the security group of the load balancer ${loadBalancer.name} opens port ${port}.`,
      fix: `Admit those who are to call the aws.lb.Listener ${name} on port ${port}, in the ingress of the security group of the aws.lb.LoadBalancer ${loadBalancer.name}.`,
    };
  },
});
