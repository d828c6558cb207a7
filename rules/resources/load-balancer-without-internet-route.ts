import { boolean, text } from "../../topology/props";
import { egressRouteOf } from "../../topology/stack/egressRoutes";
import { subnetIdsOf } from "../../topology/stack/subnetsOf";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";
import { listText } from "../words";

export const loadBalancerWithoutInternetRoute = stackRule({
  code: "load-balancer-without-internet-route",
  severity: "error",
  lacks: "a route",
  holds: "The subnets of an internet-facing load balancer have a route to an internet gateway.",
  fix: "Name public subnets in subnets of the aws.lb.LoadBalancer: those whose route table leads 0.0.0.0/0 to an aws.ec2.InternetGateway.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
  subjects: (stack) => stack.of(token.loadBalancer),
  check: (balancer, stack) => {
    const { urn, name, props } = balancer;
    // Packets reach a Gateway Load Balancer through its endpoints.
    if (boolean(props, "internal") === true || text(props, "loadBalancerType") === "gateway")
      return undefined;
    const alike = new Map<string, string[]>();
    for (const id of new Set(subnetIdsOf(balancer))) {
      const { kind, subnet, nat } = egressRouteOf(stack, id);
      if (subnet === undefined || kind === "gateway" || kind === "other") continue;
      const why =
        kind === "nat"
          ? `the way out is the NAT gateway${nat ? ` ${nat.name}` : ""}, which lets nobody in`
          : "there is no route to the internet";
      alike.set(why, [...(alike.get(why) ?? []), subnet.name]);
    }
    return [...alike].map(([why, names]): StackFault => {
      const subnets = (one: string): string =>
        `${one}${names.length > 1 ? "s" : ""} ${listText(names)}`;
      return {
        urn,
        message: `Clients on the internet get no answer from the load balancer ${name} in its ${subnets("subnet")}: ${why}.`,
        fix: `Route 0.0.0.0/0 in the route table of the ${subnets("aws.ec2.Subnet")} to an aws.ec2.InternetGateway, or name public subnets in subnets of the aws.lb.LoadBalancer ${name}.`,
      };
    });
  },
});
