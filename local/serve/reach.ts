/** How CloudFront gets from an origin to a load balancer here, or with which status it gives up. */
import { networks } from "./addresses";
import type { Reached } from "./edge/origins";
import type { ServeEvent } from "./events";
import type { LoadBalancerNode } from "./loadBalancer/node";
import type { Parties } from "./parties";
import type { LoadBalancer, Origin } from "../../topology/types";

export interface ReachContext {
  readonly nodeOf: (loadBalancer: LoadBalancer) => LoadBalancerNode | undefined;
  readonly parties: Parties;
  readonly onEvent: (event: ServeEvent) => void;
}

/**
 * The local address of an origin's port. AWS drops packets that a security group does not admit, so
 * that CloudFront answers 504 when it has waited long enough; here it does so at once.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-504-gateway-timeout.html
 */
export function reachOrigin(
  loadBalancer: LoadBalancer | undefined,
  origin: Origin,
  port: number,
  context: ReachContext,
): Reached {
  if (!loadBalancer) {
    return { status: 502, why: `${origin.domainName} is none of the program's load balancers` };
  }
  const viaVpc = origin.loadBalancerArn !== undefined;
  if (viaVpc !== loadBalancer.internal) {
    return {
      status: 504,
      why: viaVpc
        ? "a VPC origin reaches internal load balancers only"
        : `the load balancer ${loadBalancer.name} is internal and cannot be reached over the internet`,
    };
  }
  const address = `${networks.cloudfront}.1`;
  const decision = context.parties.toLoadBalancer(address, loadBalancer, port);
  if (!decision.admitted) {
    const at = `load balancer ${loadBalancer.name}`;
    const caller = context.parties.party(address).what;
    context.onEvent({ kind: "refused", at, port, caller, why: decision.missing });
    return { status: 504, why: `${at} cannot be connected to: ${decision.missing}` };
  }
  const node = context.nodeOf(loadBalancer);
  const local = node?.ports.get(port);
  if (!node || local === undefined) {
    return {
      status: 502,
      why: `the load balancer ${loadBalancer.name} has no listener on port ${port}`,
    };
  }
  return { address: node.address, port: local };
}
