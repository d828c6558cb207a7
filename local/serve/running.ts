/** Everything that runs for one stack, from the first listener to the last process. */
import path from "node:path";
import { networks } from "./addresses";
import { Authority } from "./certificates";
import { Edge } from "./edge/edge";
import type { ServeEvent } from "./events";
import { type ServedPort, frontOf, openNode, plainPortOf, servedPorts } from "./front";
import { AccessLog } from "./loadBalancer/accessLog";
import type { LoadBalancerNode } from "./loadBalancer/node";
import { TargetPool } from "./loadBalancer/targets";
import { listenerCertificates, viewerCertificates } from "./namesToCertify";
import { Parties } from "./parties";
import { reachOrigin } from "./reach";
import { planTask } from "./tasks/plan";
import { type GroupInUse, RunningService } from "./tasks/service";
import { namesOf, originLoadBalancer } from "./topology";
import type { LoadBalancer, Topology } from "./topology/types";
import type { Served, ServeOptions } from "./types";

/** Where the front door is. */
type Front = Served["front"];

/** See the file's comment. */
export class Running {
  private readonly notes: string[];
  private readonly nodes = new Map<LoadBalancer, LoadBalancerNode>();
  private readonly services: RunningService[] = [];
  private readonly pools = new Map<string, TargetPool>();
  private readonly parties: Parties;
  private readonly logDir: string;
  private readonly host: string;
  private edge?: Edge;
  private starting: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly topology: Topology,
    private readonly options: ServeOptions,
    /** Wished port of the front door. */
    private readonly port: number,
  ) {
    this.notes = [...topology.notes];
    this.parties = new Parties(topology, options.callerAddress);
    this.logDir = path.join(options.stateDir, "s3");
    this.host = namesOf(topology, frontOf(topology))[0] ?? "localhost";
  }

  private readonly emit = (event: ServeEvent): void => {
    this.options.onEvent?.(event);
  };

  /** Starts everything; on failure `close` ends what has been started. */
  async open(): Promise<Served> {
    const { topology, notes } = this;
    this.planServices(this.groups());
    // Tasks start while the CA is read and listeners open.
    const tasks = Promise.all(this.services.map((s) => s.start()));
    this.starting = tasks.catch(() => undefined);
    const authority = await Authority.open(path.join(this.options.stateDir, "ca"));
    for (const index of topology.loadBalancers.keys()) {
      await this.openLoadBalancer(index, authority);
    }
    const front = await this.openFront(authority);
    await tasks;
    return {
      front,
      loadBalancers: topology.loadBalancers.map((lb) => ({
        name: lb.name,
        internal: lb.internal,
        host: namesOf(topology, lb)[0] ?? lb.dnsName,
        listeners: servedPorts(lb, this.nodes.get(lb)),
      })),
      services: this.services.map((service) => ({
        name: service.service.name,
        get tasks() {
          return service.running.map(({ name, address, pids }) => ({ name, address, pids }));
        },
        replaceTask: () => service.replaceTask(),
      })),
      caFile: authority.caFile,
      logDir: this.logDir,
      notes,
      close: () => this.close(),
    };
  }

  /** Viewers first, tasks last, so that nothing is asked of what is gone. */
  async close(): Promise<void> {
    await this.edge?.close();
    await Promise.all([...this.nodes.values()].map((n) => n.close()));
    for (const pool of this.pools.values()) pool.close();
    // A task that is just starting could not be ended before it is up.
    await this.starting;
    await Promise.all(this.services.map((s) => s.close()));
  }

  /** The target groups that listeners forward to. */
  private groups(): Map<string, GroupInUse> {
    const groups = new Map<string, GroupInUse>();
    for (const [index, loadBalancer] of this.topology.loadBalancers.entries()) {
      const nodeAddress = nodeAddressOf(index);
      this.parties.addNode(nodeAddress, loadBalancer);
      const actions = loadBalancer.listeners.flatMap((l) => [
        l.defaultAction,
        ...l.rules.map((r) => r.action),
      ]);
      for (const { arn } of actions.flatMap((a) => (a.type === "forward" ? a.groups : []))) {
        const group = this.topology.targetGroups.get(arn);
        if (!group || groups.has(arn)) continue;
        const pool = new TargetPool(group);
        this.pools.set(arn, pool);
        groups.set(arn, { pool, loadBalancer, nodeAddress });
      }
    }
    return groups;
  }

  private planServices(groups: ReadonlyMap<string, GroupInUse>): void {
    for (const service of this.topology.services) {
      if (service.targets.length === 0) {
        this.notes.push(`The service ${service.name} has no load balancer: nothing is started.`);
        continue;
      }
      const plan = planTask(service, this.topology, this.options.projectDir);
      this.notes.push(...plan.notes);
      this.services.push(
        new RunningService({
          plan,
          groups,
          parties: this.parties,
          nginx: this.options.nginx,
          stateDir: path.join(this.options.stateDir, "tasks"),
          onEvent: this.emit,
        }),
      );
    }
  }

  private async openLoadBalancer(index: number, authority: Authority): Promise<void> {
    const loadBalancer = this.topology.loadBalancers[index];
    if (!loadBalancer) return;
    const isFront = loadBalancer === frontOf(this.topology);
    const nodeAddress = nodeAddressOf(index);
    const certificates = await listenerCertificates(
      this.topology,
      loadBalancer,
      authority,
      isFront,
      this.notes,
    );
    const node = await openNode(
      {
        loadBalancer,
        nodeAddress,
        certificates,
        pools: this.pools,
        accessLog: new AccessLog({
          root: this.logDir,
          ...loadBalancer.accessLogs,
          loadBalancerArn: loadBalancer.arn,
          nodeAddress,
        }),
        callerAddress: this.options.callerAddress,
        ...(isFront && { frontName: this.host }),
        admits: (lb, port, address) => this.admits(lb, port, address),
        onEvent: this.emit,
      },
      isFront ? this.port : undefined,
      this.notes,
    );
    this.nodes.set(loadBalancer, node);
  }

  private admits(loadBalancer: LoadBalancer, port: number, address: string): boolean {
    const decision = this.parties.toLoadBalancer(address, loadBalancer, port);
    if (decision.admitted) return true;
    const caller = this.parties.party(address).what;
    const at = `load balancer ${loadBalancer.name}`;
    this.emit({ kind: "refused", at, port, caller, why: decision.missing });
    return false;
  }

  /** The front door: the edge, or the load balancer that is open already. */
  private async openFront(authority: Authority): Promise<Front> {
    const { topology, host } = this;
    const loadBalancer = topology.loadBalancers.find((lb) => lb === frontOf(topology));
    if (loadBalancer) {
      const ports = servedPorts(loadBalancer, this.nodes.get(loadBalancer));
      const main = ports.find((p) => p.main);
      if (!main) {
        throw new Error(`The load balancer ${loadBalancer.name} has no listener to be served.`);
      }
      const plain = ports.find((p) => !p.main && p.protocol === "HTTP");
      return frontAt(host, main, plain?.localPort);
    }
    this.edge = new Edge({
      distributions: topology.distributions,
      certificates: await viewerCertificates(topology, authority, this.notes),
      ca: authority.certificate,
      localAddress: `${networks.cloudfront}.1`,
      callerAddress: this.options.callerAddress,
      frontName: host,
      reach: (origin, port) => {
        const { nodes, parties } = this;
        const context = { nodes, parties, onEvent: this.emit };
        return reachOrigin(originLoadBalancer(topology, origin), origin, port, context);
      },
      onEvent: this.emit,
    });
    const address = `${networks.internet}.1`;
    const localPort = await this.edge.open(address, this.port);
    const plainPort = await this.openPlain(this.edge, address);
    return frontAt(host, { protocol: "HTTPS", address, localPort }, plainPort);
  }

  /** CloudFront's port 80; that it is taken is only a note. */
  private async openPlain(edge: Edge, address: string): Promise<number | undefined> {
    const wish = plainPortOf(this.port);
    try {
      return await edge.openPlain(address, wish);
    } catch {
      this.notes.push(`Port ${wish} is taken: CloudFront's port 80 is not served.`);
      return undefined;
    }
  }
}

/** Address that the connections of the n-th load balancer come from. */
function nodeAddressOf(index: number): string {
  return `${networks.loadBalancer}.${index + 1}`;
}

function frontAt(
  host: string,
  main: Pick<ServedPort, "protocol" | "address" | "localPort">,
  plainPort: number | undefined,
): Front {
  const { address, localPort: port } = main;
  return {
    url: `${main.protocol.toLowerCase()}://${address}:${port}`,
    host,
    address,
    port,
    plainPort,
  };
}
