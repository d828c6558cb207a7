import { boolean } from "../../topology/props";
import { egressRouteOf } from "../../topology/stack/egressRoutes";
import { subnetIdsOf } from "../../topology/stack/subnetsOf";
import { token } from "../../topology/tokens";
import { type StackFault, stackRule } from "../rule";

export const loadBalancerWithoutInternetRoute = stackRule({
  code: "load-balancer-without-internet-route",
  severity: "error",
  holds: "The subnets of an internet-facing load balancer have a route to an internet gateway.",
  fix: "Name public subnets in subnets of the aws.lb.LoadBalancer: those whose route table leads 0.0.0.0/0 to an aws.ec2.InternetGateway.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
  subjects: (stack) => stack.of(token.loadBalancer),
  check: (balancer, stack) => {
    const { urn, name, props } = balancer;
    if (boolean(props, "internal") === true) return undefined;
    return subnetIdsOf(balancer).flatMap((id): StackFault[] => {
      const { kind, subnet, nat } = egressRouteOf(stack, id);
      if (subnet === undefined || kind === "gateway" || kind === "other") return [];
      const leads =
        kind === "nat"
          ? `leads to the NAT gateway${nat ? ` ${nat.name}` : ""}, which lets nobody in`
          : "has no route to the internet";
      return [
        {
          urn,
          message: `Clients on the internet get no answer from the load balancer ${name} in its subnet ${subnet.name}, which ${leads}.`,
          fix: `Route 0.0.0.0/0 in the route table of the aws.ec2.Subnet ${subnet.name} to an aws.ec2.InternetGateway, or name public subnets in subnets of the aws.lb.LoadBalancer ${name}.`,
        },
      ];
    });
  },
});
