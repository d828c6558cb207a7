/** Every load balancer of a topology: opened, changed and closed together. */
import { networks } from "../addresses";
import { frontOf, openMore, openNode } from "../front";
import type { LoadBalancer, Topology } from "../../../topology/types";
import { type LoadBalancerNode, type NodeDeclaration, type NodeOptions, drainMs } from "./node";

/** What all of them share. */
export interface LoadBalancersOptions extends Pick<
  NodeOptions,
  "admits" | "closedTo" | "trusted" | "notAdmitted" | "callerAddress" | "logDir" | "onEvent"
> {
  /** Requested port of the front, if that is a load balancer. */
  readonly frontPort: number;
}

/** What a change needs to know about each load balancer. */
export type Declare = (loadBalancer: LoadBalancer, isFront: boolean) => Promise<NodeDeclaration>;

/** The load balancers that run, by ARN. */
export class LoadBalancers {
  private readonly nodes = new Map<string, LoadBalancerNode>();
  private readonly addresses = new Map<string, string>();
  /** Declared by `open`, not yet applied to those that were open before. */
  private pending = new Map<string, NodeDeclaration>();

  constructor(private readonly options: LoadBalancersOptions) {}

  /** Source address of a load balancer's connections. */
  addressOf(loadBalancer: LoadBalancer): string {
    const { arn } = loadBalancer;
    const address =
      this.addresses.get(arn) ?? `${networks.loadBalancer}.${this.addresses.size + 1}`;
    this.addresses.set(arn, address);
    return address;
  }

  /** A load balancer that is open. */
  node(loadBalancer: LoadBalancer): LoadBalancerNode | undefined {
    return this.nodes.get(loadBalancer.arn);
  }

  /** Opens load balancers that are not open yet; open ones keep their rules until `commit`. */
  async open(topology: Topology, declare: Declare, notes: string[]): Promise<void> {
    this.pending = new Map();
    const { frontPort, ...common } = this.options;
    for (const loadBalancer of topology.loadBalancers) {
      const isFront = loadBalancer === frontOf(topology);
      const declaration = await declare(loadBalancer, isFront);
      const { arn } = loadBalancer;
      this.pending.set(arn, declaration);
      const node = this.nodes.get(arn);
      if (node) {
        await openMore(node, declaration, isFront, notes);
        continue;
      }
      const options = { ...common, nodeAddress: this.addressOf(loadBalancer) };
      const port = isFront ? frontPort : undefined;
      this.nodes.set(arn, await openNode(options, declaration, port, notes));
    }
  }

  /** Applies the declarations that `open` got. */
  commit(): void {
    for (const [arn, declaration] of this.pending) this.nodes.get(arn)?.declare(declaration);
  }

  /** Reverts `open`. */
  async abandon(wasServed: Topology): Promise<void> {
    const known = new Set(wasServed.loadBalancers.map((lb) => lb.arn));
    for (const [arn, node] of this.nodes) {
      if (known.has(arn)) await node.abandon();
      else await this.give(arn);
    }
  }

  /** Closes load balancers that are no longer declared, after their requests are answered. */
  async withdraw(): Promise<void> {
    await Promise.all(
      [...this.nodes].map(([arn, node]) =>
        this.pending.has(arn) ? node.withdraw() : this.give(arn, drainMs),
      ),
    );
  }

  /** Ends everything at once. */
  async close(): Promise<void> {
    await Promise.all([...this.nodes.keys()].map((arn) => this.give(arn)));
  }

  private async give(arn: string, milliseconds = 0): Promise<void> {
    // Found until then by requests that CloudFront is already forwarding.
    await this.nodes.get(arn)?.close(milliseconds);
    this.nodes.delete(arn);
  }
}
