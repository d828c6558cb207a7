/** How CloudFront reaches an origin's load balancer here, or the status if it cannot. */
import { setTimeout } from "node:timers/promises";
import { networks } from "./addresses";
import type { OriginAddress } from "./edge/origins";
import type { ServeEvent } from "./events";
import type { LoadBalancerNode } from "./loadBalancer/node";
import type { Peers } from "./peers";
import type { LoadBalancer, Origin } from "../../topology/types";

export interface ReachContext {
  readonly nodeOf: (loadBalancer: LoadBalancer) => LoadBalancerNode | undefined;
  readonly peers: Peers;
  /** True: connections that are not admitted take as long as on AWS. */
  readonly drops: boolean;
  readonly onEvent: (event: ServeEvent) => void;
}

/**
 * The local address of an origin's port. AWS drops packets that a security group does not admit, so
 * CloudFront answers 504 after every attempt has waited for the connection timeout. Here it answers
 * at once, unless it should wait as well.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-504-gateway-timeout.html
 */
export async function reachOrigin(
  loadBalancer: LoadBalancer | undefined,
  origin: Origin,
  port: number,
  context: ReachContext,
): Promise<OriginAddress> {
  if (!loadBalancer) {
    return {
      status: 502,
      why:
        origin.domainName === ""
          ? "its name is not known"
          : `${origin.domainName} is none of the program's load balancers`,
    };
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
  const decision = context.peers.toLoadBalancer(address, loadBalancer, port);
  if (!decision.admitted) {
    const at = `load balancer ${loadBalancer.name}`;
    const caller = context.peers.host(address).what;
    context.onEvent({ kind: "refused", at, port, caller, why: decision.missing });
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#origin-connection-timeout
    const seconds = origin.connectSeconds * origin.attempts;
    if (context.drops) await setTimeout(seconds * 1000, undefined, { ref: false });
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
