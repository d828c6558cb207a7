/** Who is behind a loopback address while a stack is served, and whether security groups let it in. */
import { ownerOf, standsFor } from "./addresses";
import { type Admission, type Party, admission, privateRanges } from "./securityGroups";
import type { LoadBalancer, Service, Topology } from "./topology/types";

/** See the file's comment. */
export class Parties {
  /** Load balancers by the address their connections come from. */
  private readonly nodes = new Map<string, LoadBalancer>();
  /** Services by the address of a task. */
  private readonly tasks = new Map<string, Service>();

  constructor(
    private readonly topology: Topology,
    private readonly callerAddress?: string,
  ) {}

  /** Says that a load balancer's connections come from an address. */
  addNode(address: string, loadBalancer: LoadBalancer): void {
    this.nodes.set(address, loadBalancer);
  }

  /** Says that a service's task has an address. */
  addTask(address: string, service: Service): void {
    this.tasks.set(address, service);
  }

  /** Whether a caller may connect to a load balancer's port. */
  toLoadBalancer(address: string, loadBalancer: LoadBalancer, port: number): Admission {
    const peer = this.party(address);
    if (loadBalancer.internal && ownerOf(address) === "internet") {
      return {
        admitted: false,
        missing: `it is internal and has no address on the internet for ${peer.what} to call`,
      };
    }
    const { securityGroups } = this.topology;
    return admission("ingress", loadBalancer.securityGroupIds, securityGroups, peer, port);
  }

  /** Whether a caller may connect to a task's port. */
  toTask(address: string, service: Service, port: number): Admission {
    const { securityGroups } = this.topology;
    return admission(
      "ingress",
      service.securityGroupIds,
      securityGroups,
      this.party(address),
      port,
    );
  }

  /** Whether a load balancer may connect to a task: out of its own groups and into the task's. */
  fromLoadBalancer(loadBalancer: LoadBalancer, service: Service, port: number): Admission {
    const { securityGroups } = this.topology;
    const task: Party = {
      what: `the tasks of ${service.name}`,
      cidrs: privateRanges,
      cloudfront: false,
      groupIds: service.securityGroupIds,
    };
    const out = admission("egress", loadBalancer.securityGroupIds, securityGroups, task, port);
    if (!out.admitted) return out;
    const peer = loadBalancerParty(loadBalancer);
    return admission("ingress", service.securityGroupIds, securityGroups, peer, port);
  }

  /** Who calls from an address. */
  party(address: string): Party {
    const seen = standsFor(address, this.callerAddress);
    const base = { cidrs: [seen], cloudfront: false, groupIds: [] };
    switch (ownerOf(address)) {
      case "cloudfront":
        return { ...base, what: `${seen} (CloudFront)`, cloudfront: true };
      case "loadBalancer": {
        const node = this.nodes.get(address);
        if (node) return loadBalancerParty(node);
        return { ...base, what: `${seen} (another host of the VPC)`, cidrs: privateRanges };
      }
      case "task":
      case "taskSocket": {
        const service = this.tasks.get(address);
        const what = service ? `a task of ${service.name}` : `${seen} (another host of the VPC)`;
        return { ...base, what, cidrs: privateRanges, groupIds: service?.securityGroupIds ?? [] };
      }
      default:
        return { ...base, what: `${seen} (the internet)` };
    }
  }
}

function loadBalancerParty(loadBalancer: LoadBalancer): Party {
  return {
    what: `the load balancer ${loadBalancer.name}`,
    cidrs: loadBalancer.privateCidrs.length > 0 ? loadBalancer.privateCidrs : privateRanges,
    cloudfront: false,
    groupIds: loadBalancer.securityGroupIds,
  };
}
