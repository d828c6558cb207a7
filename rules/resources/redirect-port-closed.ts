import { sources } from "../../path/sources";
import { blocks, number, text, texts } from "../../topology/props";
import { opens } from "../../topology/stack/openPorts";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const redirectPortClosed = stackRule({
  code: "redirect-port-closed",
  severity: "warning",
  lacks: "a rule of a security group",
  holds: "The security group of a load balancer opens the ports of listeners that redirect.",
  fix: "Admit viewers on the listener's port, in the ingress of the load balancer's security group, or leave the listener out.",
  source: sources.albSecurityGroups,
  unless: ["listener-port-closed"],
  subjects: (stack) => stack.of(token.listener),
  check: ({ urn, name, props }, stack) => {
    const redirects = blocks(props, "defaultActions").some((a) => text(a, "type") === "redirect");
    const loadBalancer = stack.find(token.loadBalancer, text(props, "loadBalancerArn"));
    const port = number(props, "port");
    if (!redirects || loadBalancer === undefined || port === undefined) return undefined;
    if (opens(stack, texts(loadBalancer.props, "securityGroups"), "ingress", port) !== false)
      return undefined;
    return {
      urn,
      message: `The redirect of the listener ${name} is never reached: no rule of the security group of the load balancer ${loadBalancer.name} opens port ${port}, so that viewers who call it get no answer.`,
      fix: `Admit viewers on port ${port} in the ingress of the security group of the aws.lb.LoadBalancer ${loadBalancer.name}, or leave the aws.lb.Listener ${name} out.`,
    };
  },
});
