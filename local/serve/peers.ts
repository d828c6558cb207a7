/**
 * What a loopback address represents while a stack is served, and whether security groups admit it.
 */
import { calledPort } from "../../topology/hostNetwork";
import { ownerOf, publicAddressOf } from "./addresses";
import { vpcRanges } from "../../path/networks";
import { type Admission, type ConnectionPeer, admission } from "./securityGroups";
import type { LoadBalancer, SecurityGroup, Service, Topology } from "../../topology/types";

/** The parts of a topology that decide about connections. */
interface Guarded {
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  /** By ARN. */
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
}

const guarded = ({ securityGroups, loadBalancers }: Topology): Guarded => ({
  securityGroups,
  loadBalancers: new Map(loadBalancers.map((lb) => [lb.arn, lb])),
});

/** Decides whether a caller's address may connect to a load balancer or a task. */
export class Peers {
  private current: Guarded = { securityGroups: new Map(), loadBalancers: new Map() };
  /** ARNs of load balancers by the source address of their connections. */
  private readonly nodes = new Map<string, string>();
  /** Services by the address of a task. */
  private readonly tasks = new Map<string, Service>();
  /** Cached decisions since the last change, because every request needs one. */
  private readonly decided = new Map<string, Admission>();

  constructor(private readonly callerAddress?: string) {}

  /** Admits what a topology admits, and nothing else. */
  settle(topology: Topology): void {
    this.current = guarded(topology);
    this.decided.clear();
  }

  /**
   * Admits what is admitted now and what the next topology admits: `pulumi up` creates new rules
   * before anything needs them, and deletes old ones last.
   */
  widen(topology: Topology): void {
    const [now, next] = [this.current, guarded(topology)];
    this.decided.clear();
    this.current = {
      securityGroups: merged(now.securityGroups, next.securityGroups, (a, b) => ({
        ...b,
        ingress: [...a.ingress, ...b.ingress],
        egress: [...a.egress, ...b.egress],
      })),
      loadBalancers: merged(now.loadBalancers, next.loadBalancers, (a, b) => ({
        ...a,
        securityGroupIds: [...a.securityGroupIds, ...b.securityGroupIds],
      })),
    };
  }

  /** Registers the source address of a load balancer's connections. */
  addNode(address: string, arn: string): void {
    this.nodes.set(address, arn);
    this.decided.clear();
  }

  /** A load balancer by its ARN. */
  loadBalancer(arn: string): LoadBalancer | undefined {
    return this.current.loadBalancers.get(arn);
  }

  /** Registers the address of a service's task. */
  addTask(address: string, service: Service): void {
    this.tasks.set(address, service);
    this.decided.clear();
  }

  /** Whether a caller may connect to a load balancer's port. */
  toLoadBalancer(address: string, loadBalancer: LoadBalancer, port: number): Admission {
    return this.once(`${address} ${port} ${keyOf(loadBalancer)}`, () => {
      const peer = this.host(address);
      if (loadBalancer.internal && ownerOf(address) === "internet") {
        return {
          admitted: false,
          missing: `it is internal and has no address on the internet for ${peer.what} to call`,
        };
      }
      const { securityGroups } = this.current;
      return admission("ingress", loadBalancer.securityGroupIds, securityGroups, peer, port);
    });
  }

  /** Whether a caller may connect to a task's port. */
  toTask(address: string, service: Service, port: number): Admission {
    const { securityGroups } = this.current;
    const at = calledPort(service, port);
    return admission("ingress", service.securityGroupIds, securityGroups, this.host(address), at);
  }

  /**
   * Whether a load balancer may connect to a task: by egress of its groups and ingress of the
   * task's.
   */
  fromLoadBalancer(loadBalancer: LoadBalancer, service: Service, port: number): Admission {
    return this.once(`${keyOf(loadBalancer)} ${port} ${keyOf(service)}`, () => {
      const { securityGroups } = this.current;
      const at = calledPort(service, port);
      const task: ConnectionPeer = {
        what: `the tasks of ${service.name}`,
        cidrs: vpcRanges,
        groupIds: service.securityGroupIds,
      };
      const out = admission("egress", loadBalancer.securityGroupIds, securityGroups, task, at);
      if (!out.admitted) return out;
      const peer = loadBalancerHost(loadBalancer);
      return admission("ingress", service.securityGroupIds, securityGroups, peer, at);
    });
  }

  /** Whether a load balancer may connect to an identity provider, whose addresses are not known. */
  toIdentityProvider(loadBalancer: LoadBalancer, port: number): Admission {
    const { securityGroups } = this.current;
    // "Application Load Balancers only support IPv4 when communicating with these endpoints."
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
    const provider = { what: "the identity provider", cidrs: ["0.0.0.0/0"], groupIds: [] };
    return admission("egress", loadBalancer.securityGroupIds, securityGroups, provider, port);
  }

  private once(key: string, decide: () => Admission): Admission {
    const before = this.decided.get(key);
    if (before) return before;
    const decision = decide();
    this.decided.set(key, decision);
    return decision;
  }

  /** The caller at an address. */
  host(address: string): ConnectionPeer {
    const seen = publicAddressOf(address, this.callerAddress);
    const base = { cidrs: [seen], groupIds: [] };
    switch (ownerOf(address)) {
      case "cloudfront":
        return { ...base, what: `${seen} (CloudFront)`, cloudfront: 4 };
      case "loadBalancer": {
        const node = this.loadBalancer(this.nodes.get(address) ?? "");
        if (node) return loadBalancerHost(node);
        return { ...base, what: `${seen} (another host of the VPC)`, cidrs: vpcRanges };
      }
      case "task":
      case "taskSocket": {
        const service = this.tasks.get(address);
        const what = service ? `a task of ${service.name}` : `${seen} (another host of the VPC)`;
        return { ...base, what, cidrs: vpcRanges, groupIds: service?.securityGroupIds ?? [] };
      }
      default:
        return { ...base, what: `${seen} (the internet)` };
    }
  }
}

/** Merges both maps; entries of the same key are joined. */
function merged<T>(
  now: ReadonlyMap<string, T>,
  next: ReadonlyMap<string, T>,
  join: (now: T, next: T) => T,
): Map<string, T> {
  const result = new Map(now);
  for (const [key, value] of next) {
    const old = now.get(key);
    result.set(key, old === undefined ? value : join(old, value));
  }
  return result;
}

/** During a change an ARN may have two declarations: the current and the next one. */
function keyOf({ arn, securityGroupIds }: Pick<Service, "arn" | "securityGroupIds">): string {
  return `${arn} ${securityGroupIds.join(",")}`;
}

function loadBalancerHost(loadBalancer: LoadBalancer): ConnectionPeer {
  return {
    what: `the load balancer ${loadBalancer.name}`,
    cidrs: loadBalancer.privateCidrs.length > 0 ? loadBalancer.privateCidrs : vpcRanges,
    groupIds: loadBalancer.securityGroupIds,
  };
}
