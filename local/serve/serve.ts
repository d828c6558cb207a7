/** Serves recorded resources on loopback: CloudFront, load balancers, tasks, security groups. */
import path from "node:path";
import type { NginxChoice } from "../nginx";
import type { LocalResource } from "../types";
import { networks } from "./addresses";
import { Authority } from "./certificates";
import { Edge } from "./edge/edge";
import type { ServeEvent } from "./events";
import { frontOf, listenError, openNode, plainPortOf, servedPorts } from "./front";
import { AccessLog } from "./loadBalancer/accessLog";
import type { LoadBalancerNode } from "./loadBalancer/node";
import { TargetPool } from "./loadBalancer/targets";
import { listenerCertificates, viewerCertificates } from "./namesToCertify";
import { Parties } from "./parties";
import { type GroupInUse, RunningService } from "./tasks/service";
import { planTask } from "./tasks/plan";
import { namesOf, originLoadBalancer, readTopology } from "./topology";
import type { LoadBalancer, Topology } from "./topology/types";
import { reachOrigin } from "./reach";

export type { ServeEvent } from "./events";

export interface ServeOptions {
  /** Folder of the Pulumi program; image contexts are relative to it. */
  readonly projectDir: string;
  /** Folder for the local CA, access logs and what nginx writes. */
  readonly stateDir: string;
  /** Port of the front door on 127.0.0.1; 0 for any free one. @default 8443 */
  readonly port?: number;
  /** A real nginx, or `embedded` for a small server of the same protocol behaviour. */
  readonly nginx: NginxChoice;
  /** Public address that 127.0.0.1 stands for. @default "198.51.100.7" */
  readonly callerAddress?: string;
  onEvent?(this: void, event: ServeEvent): void;
}

/** A load balancer that is being served. */
export interface ServedLoadBalancer {
  readonly name: string;
  readonly internal: boolean;
  /** The name that clients would call on AWS. */
  readonly host: string;
  readonly listeners: readonly {
    readonly protocol: "HTTP" | "HTTPS";
    /** The listener's port on AWS. */
    readonly port: number;
    readonly address: string;
    readonly localPort: number;
  }[];
}

/** A service whose tasks are running. */
export interface ServedService {
  readonly name: string;
  readonly tasks: readonly {
    readonly name: string;
    readonly address: string;
    readonly pids: number[];
  }[];
  /** Starts a new task, then drains and stops the oldest one, as a deployment does. */
  replaceTask(): Promise<void>;
}

/** What is being served. */
export interface Served {
  readonly front: {
    /** Where to call it; loopback names stand for the front's own name. */
    readonly url: string;
    /** The first of the front's own names. */
    readonly host: string;
    readonly address: string;
    readonly port: number;
    /** HTTP port beside it, where it has one. */
    readonly plainPort?: number;
  };
  readonly loadBalancers: readonly ServedLoadBalancer[];
  readonly services: readonly ServedService[];
  /** The local CA's certificate, for clients that should trust it. */
  readonly caFile: string;
  /** Folder that stands for S3: access logs under AWS's keys. */
  readonly logDir: string;
  readonly notes: readonly string[];
  /** Ends everything; no process, port or file stays open. */
  close(): Promise<void>;
}

/** The resources cannot be served, or the machine does not let them be. */
export class ServeError extends Error {}

/**
 * Serves the resources until closed.
 *
 * @throws {ServeError} with every problem at once; nothing is left running
 */
export async function serve(
  resources: readonly LocalResource[],
  options: ServeOptions,
): Promise<Served> {
  const topology = readTopology(resources);
  if (topology.problems.length > 0) {
    throw new ServeError(
      ["These resources cannot be served:", ...topology.problems.map((p) => `  ${p}`)].join("\n"),
    );
  }
  const running = new Running(topology, options);
  try {
    return await running.open();
  } catch (error) {
    await running.close();
    throw listenError(error as NodeJS.ErrnoException, options.port ?? defaultPort);
  }
}

const defaultPort = 8443;

/** Everything that runs for one stack, in the order it has to be closed. */
class Running {
  private readonly notes: string[];
  private readonly nodes = new Map<LoadBalancer, LoadBalancerNode>();
  private readonly services: RunningService[] = [];
  private readonly pools = new Map<string, TargetPool>();
  private readonly parties: Parties;
  private readonly logDir: string;
  private edge?: Edge;

  constructor(
    private readonly topology: Topology,
    private readonly options: ServeOptions,
  ) {
    this.notes = [...topology.notes];
    this.parties = new Parties(topology, options.callerAddress);
    this.logDir = path.join(options.stateDir, "s3");
  }

  private readonly emit = (event: ServeEvent): void => {
    this.options.onEvent?.(event);
  };

  async open(): Promise<Served> {
    const { topology, options, notes } = this;
    const front = frontOf(topology);
    const frontName = namesOf(topology, front)[0] ?? "localhost";
    const port = options.port ?? defaultPort;
    const authority = await Authority.open(path.join(options.stateDir, "ca"));

    const groups = this.groups();
    const services = this.startServices(groups);
    // Tasks start while listeners open; a failure there must not go unheard in the meantime.
    services.catch(() => undefined);
    const frontLoadBalancer = topology.loadBalancers.find((lb) => lb === front);
    for (const [index, loadBalancer] of topology.loadBalancers.entries()) {
      await this.openLoadBalancer(loadBalancer, index, authority, {
        isFront: loadBalancer === front,
        frontName,
        port,
      });
    }
    let address = "127.0.0.1";
    let frontPort: number;
    let plainPort: number | undefined;
    let scheme = "https";
    if (frontLoadBalancer) {
      const ports = servedPorts(frontLoadBalancer, this.nodes.get(frontLoadBalancer));
      const main = ports.find((p) => p.main);
      if (!main)
        throw new ServeError(
          `The load balancer ${frontLoadBalancer.name} has no listener that can be served.`,
        );
      ({ localPort: frontPort, address } = main);
      scheme = main.protocol.toLowerCase();
      plainPort = ports.find((p) => !p.main && p.protocol === "HTTP")?.localPort;
    } else {
      this.edge = new Edge({
        distributions: topology.distributions,
        certificates: await viewerCertificates(topology, authority, notes),
        ca: authority.certificate,
        localAddress: `${networks.cloudfront}.1`,
        callerAddress: options.callerAddress,
        frontName,
        reach: (origin, originPort) =>
          reachOrigin(originLoadBalancer(topology, origin), origin, originPort, {
            nodes: this.nodes,
            parties: this.parties,
            onEvent: this.emit,
          }),
        onEvent: this.emit,
      });
      frontPort = await this.edge.open(address, port);
      plainPort = await this.openPlain(this.edge, port);
    }
    await services;
    const ownServices = this.services;
    return {
      front: {
        url: `${scheme}://${address}:${frontPort}`,
        host: frontName,
        address,
        port: frontPort,
        ...(plainPort !== undefined && { plainPort }),
      },
      loadBalancers: topology.loadBalancers.map((lb) => ({
        name: lb.name,
        internal: lb.internal,
        host: namesOf(topology, lb)[0] ?? lb.dnsName,
        listeners: servedPorts(lb, this.nodes.get(lb)),
      })),
      services: ownServices.map((service) => ({
        name: service.service.name,
        get tasks() {
          return service.running.map(({ name, address: at, pids }) => ({
            name,
            address: at,
            pids,
          }));
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
    await Promise.all(this.services.map((s) => s.close()));
  }

  private groups(): Map<string, GroupInUse> {
    const groups = new Map<string, GroupInUse>();
    for (const [index, loadBalancer] of this.topology.loadBalancers.entries()) {
      const nodeAddress = `${networks.loadBalancer}.${index + 1}`;
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

  private async startServices(groups: ReadonlyMap<string, GroupInUse>): Promise<void> {
    for (const service of this.topology.services) {
      if (service.targets.length === 0) {
        this.notes.push(
          `The service ${service.name} has no load balancer: nothing is started for it.`,
        );
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
    await Promise.all(this.services.map((s) => s.start()));
  }

  private async openLoadBalancer(
    loadBalancer: LoadBalancer,
    index: number,
    authority: Authority,
    front: { isFront: boolean; frontName: string; port: number },
  ): Promise<void> {
    const nodeAddress = `${networks.loadBalancer}.${index + 1}`;
    const certificates = await listenerCertificates(
      this.topology,
      loadBalancer,
      authority,
      front.isFront,
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
        ...(front.isFront && { frontName: front.frontName }),
        admits: (lb, port, address) => {
          const decision = this.parties.toLoadBalancer(address, lb, port);
          if (decision.admitted) return true;
          const caller = this.parties.party(address).what;
          this.emit({
            kind: "refused",
            at: `load balancer ${lb.name}`,
            port,
            caller,
            why: decision.missing,
          });
          return false;
        },
        onEvent: this.emit,
      },
      front.isFront ? front.port : undefined,
      this.notes,
    );
    this.nodes.set(loadBalancer, node);
  }

  /** The HTTP port beside the front's HTTPS port; a taken one is only a note. */
  private async openPlain(edge: Edge, port: number): Promise<number | undefined> {
    const wish = plainPortOf(port);
    try {
      return await edge.openPlain("127.0.0.1", wish);
    } catch {
      this.notes.push(`Port ${wish} is taken: CloudFront's port 80 is not served.`);
      return undefined;
    }
  }
}
