import { sources } from "../../path/sources";
import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const loadBalancerWithoutListener = stackRule({
  code: "load-balancer-without-listener",
  severity: "warning",
  holds: "A load balancer has a listener.",
  fix: "Make an aws.lb.Listener for the aws.lb.LoadBalancer.",
  source: sources.albListeners,
  unused: true,
  subjects: (stack) => stack.of(token.loadBalancer),
  check: ({ urn, name, props }, stack) => {
    const arn = text(props, "arn");
    const listens = stack
      .of(token.listener)
      .some((listener) => text(listener.props, "loadBalancerArn") === arn);
    if (listens) return undefined;
    return {
      urn,
      message: `The program has no listener for the load balancer ${name}: nobody can connect to it, unless another program adds one.`,
      fix: `Make an aws.lb.Listener for the aws.lb.LoadBalancer ${name}.`,
    };
  },
});
