import { sources } from "../../path/sources";
import { ipVersionOf } from "../../path/networks";
import { portsOfSignIn } from "../../topology/authentication";
import { blocks, text, texts } from "../../topology/props";
import { portPeersOf } from "../../topology/stack/openPorts";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const signInWithoutEgress = stackRule({
  code: "sign-in-without-egress",
  severity: "error",
  lacks: "a rule of a security group",
  holds:
    "The security group of a load balancer that asks users to sign in lets it connect to the identity provider, over IPv4.",
  fix: "Write an egress rule for the load balancer's aws.ec2.SecurityGroup: TCP 443 to 0.0.0.0/0, or to the provider's addresses.",
  source: sources.albSignIn,
  subjects: (stack) => [...stack.of(token.listener), ...stack.of(token.listenerRule)],
  check: ({ urn, type, name, props }, stack) => {
    const of = type === token.listener ? "defaultActions" : "actions";
    const ports = blocks(props, of).flatMap(portsOfSignIn);
    if (ports.length === 0) return undefined;
    const listener =
      type === token.listener ? { props } : stack.find(token.listener, text(props, "listenerArn"));
    const loadBalancer =
      listener && stack.find(token.loadBalancer, text(listener.props, "loadBalancerArn"));
    if (loadBalancer === undefined) return undefined;
    const groups = texts(loadBalancer.props, "securityGroups");
    const closed = ports.filter((port) => {
      const found = portPeersOf(stack, groups, "egress", port);
      if (found === undefined) return false;
      const ipv4 = found.peers.some((peer) => peer.kind !== "cidr" || ipVersionOf(peer.cidr) === 4);
      if (!ipv4 && found.unknown) throw found.unknown;
      return !ipv4;
    });
    const [port] = closed;
    if (port === undefined) return undefined;
    const kind = type === token.listener ? "listener" : "listener rule";
    return {
      urn,
      message: `Every sign-in at the ${kind} ${name} ends with 500: no rule of the security group of the load balancer ${loadBalancer.name} lets it connect to the identity provider on port ${port} over IPv4.`,
      fix: `Add an egress rule to the security group of the aws.lb.LoadBalancer ${loadBalancer.name}: protocol tcp, port ${port}, to 0.0.0.0/0 or the provider's addresses.`,
    };
  },
});
