/** Everything that runs for one stack, from the first listener to the last process. */
import path from "node:path";
import { networks } from "./addresses";
import { Authority } from "./certificates";
import { frontChange } from "./frontChange";
import type { EdgeDeclaration } from "./edge/declaration";
import { Edge } from "./edge/edge";
import type { ServeEvent } from "./events";
import { type ServedPort, frontOf, plainPortOf, servedPorts } from "./front";
import { Http3 } from "./http3/http3";
import { LoadBalancers } from "./loadBalancer/loadBalancers";
import type { NodeDeclaration } from "./loadBalancer/node";
import type { TargetPool } from "./loadBalancer/pool";
import { listenerCertificates, namesToCertify, viewerCertificates } from "./namesToCertify";
import { Peers } from "./peers";
import { reachOrigin } from "./reach";
import { closeRunFolder, openRunFolder } from "./runFolder";
import { ServeError } from "./serveError";
import { Fleet } from "./tasks/fleet";
import { viewerNamesOf, originLoadBalancer } from "../../topology";
import type { LoadBalancer, Topology } from "../../topology/types";
import type { ServeOptions } from "./types";

/** Where the front is on this machine. */
export interface FrontAddress extends Pick<ServedPort, "protocol" | "address" | "localPort"> {
  /** The port for plain HTTP. */
  readonly plainPort?: number;
}

/** The running parts of one stack, and how they start, change and end. */
export class Running {
  readonly peers: Peers;
  readonly loadBalancers: LoadBalancers;
  readonly fleet: Fleet;
  readonly logDir: string;
  /** The output of tasks. */
  private readonly runFolder: string;
  notes: readonly string[] = [];
  private edge?: Edge;
  private readonly http3: Http3;
  private ca?: Authority;
  private frontAddress?: FrontAddress;
  /** Each change waits for the one before it. */
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(
    /** What is served, for all parts that do not keep their own share. */
    public topology: Topology,
    private readonly options: ServeOptions,
    /** Requested port of the front. */
    private readonly port: number,
  ) {
    const { callerAddress, stateDir, nginx, projectDir } = options;
    this.logDir = path.join(stateDir, "s3");
    this.runFolder = openRunFolder(path.join(stateDir, "tasks"));
    this.peers = new Peers(callerAddress);
    this.loadBalancers = new LoadBalancers({
      callerAddress,
      frontPort: port,
      logDir: this.logDir,
      admits: (lb, listenerPort, address) => this.admits(lb, listenerPort, address),
      notAdmitted: options.securityGroups,
      onEvent: this.emit,
    });
    this.http3 = new Http3({
      choice: options.http3,
      stateDir: path.join(stateDir, "http3"),
      onNote: (message) => {
        this.emit({ kind: "note", message });
      },
    });
    this.fleet = new Fleet({
      peers: this.peers,
      nginx,
      projectDir,
      stateDir: this.runFolder,
      upstreams: options.upstreams,
      commands: options.commands,
      notAdmitted: options.securityGroups,
      addressOf: (lb) => this.loadBalancers.addressOf(lb),
      onEvent: this.emit,
    });
  }

  private readonly emit = (event: ServeEvent): void => {
    this.options.onEvent?.(event);
  };

  /** The front, once it is open. */
  get front(): FrontAddress {
    if (!this.frontAddress) throw new Error("nothing is open yet");
    return this.frontAddress;
  }

  /** The name that replaces loopback names. */
  get host(): string {
    return hostOf(this.topology);
  }

  /** The file of the CA that issues all certificates here. */
  get caFile(): string {
    return this.ca?.caFile ?? "";
  }

  /** Runs one change after another. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.last.then(change);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Starts everything; after a failure `close` ends what has been started. */
  async open(): Promise<void> {
    const { topology } = this;
    const notes = [...topology.notes];
    this.peers.settle(topology);
    const pools = this.plan(topology, notes);
    // Tasks start while the CA is read and listeners open.
    const tasks = this.fleet.start();
    this.last = tasks.catch(() => undefined);
    const names = namesToCertify(topology);
    this.ca = await Authority.open(path.join(this.options.stateDir, "ca"), names);
    await this.loadBalancers.open(topology, this.declaring(topology, pools, notes), notes);
    this.frontAddress = await this.openFront(this.ca, notes);
    // Not awaited: viewers use HTTP/2 until HTTP/3 is advertised to them.
    void this.offerHttp3(notes);
    await tasks;
    await this.fleet.shrink();
    this.notes = notes;
  }

  /**
   * Changes to a new topology, in the order of `pulumi up`: new parts are created and healthy
   * first, then the load balancers change, then the edge, and old parts are removed last.
   *
   * @throws {ServeError} or an error of the machine; nothing has changed then
   */
  async change(topology: Topology): Promise<void> {
    const refused = frontChange(this.topology, topology);
    if (refused !== undefined) throw new ServeError(refused);
    const notes = [...topology.notes];
    const edge = await this.grow(topology, notes);
    this.topology = topology;
    this.notes = notes;
    this.loadBalancers.commit();
    if (edge) {
      this.edge?.declare(edge);
      await this.offerHttp3(notes);
    }
    await Promise.all([this.loadBalancers.withdraw(), this.fleet.shrink()]);
    this.peers.settle(topology);
  }

  /** Viewers first, tasks last, so that no request is sent to a closed part. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.http3.close(), this.edge?.close()]);
    await this.loadBalancers.close();
    this.fleet.disconnect();
    // A task that is just starting can only be ended once it has started.
    await this.last;
    await Promise.all([this.loadBalancers.close(), this.fleet.close()]);
    closeRunFolder(this.runFolder);
  }

  private ended(): boolean {
    return this.closed;
  }

  /** Creates the parts of a topology next to those that are served. @throws with nothing changed */
  private async grow(topology: Topology, notes: string[]): Promise<EdgeDeclaration | undefined> {
    const ca = this.ca;
    if (!ca || this.ended()) throw new ServeError("Nothing is served any longer.");
    this.peers.widen(topology);
    const pools = this.plan(topology, notes);
    const parts = await Promise.allSettled([
      this.fleet.grow(),
      this.loadBalancers.open(topology, this.declaring(topology, pools, notes), notes),
      this.edge && edgeOf(topology, ca, notes),
    ]);
    const failed = parts.find((p): p is PromiseRejectedResult => p.status === "rejected");
    if (failed || this.ended()) {
      await Promise.all([this.loadBalancers.abandon(this.topology), this.fleet.abandon()]);
      this.peers.settle(this.topology);
      // Later failures are a consequence of this.
      if (this.ended()) throw new ServeError("Serving ended before the change was made.");
      throw failed?.reason;
    }
    return parts[2].status === "fulfilled" ? parts[2].value : undefined;
  }

  private plan(topology: Topology, notes: string[]): ReadonlyMap<string, TargetPool> {
    for (const loadBalancer of topology.loadBalancers) {
      this.peers.addNode(this.loadBalancers.addressOf(loadBalancer), loadBalancer.arn);
    }
    return this.fleet.plan(topology, notes);
  }

  /** The declaration of each load balancer of a topology. */
  private declaring(topology: Topology, pools: NodeDeclaration["pools"], notes: string[]) {
    return async (loadBalancer: LoadBalancer, isFront: boolean): Promise<NodeDeclaration> => {
      const ca = this.ca;
      if (!ca) throw new Error("the CA is not open yet");
      return {
        loadBalancer,
        pools,
        certificates: await listenerCertificates(topology, loadBalancer, ca, isFront, notes),
        ...(isFront && { frontName: hostOf(topology) }),
      };
    };
  }

  private admits(loadBalancer: LoadBalancer, port: number, address: string): boolean {
    const decision = this.peers.toLoadBalancer(address, loadBalancer, port);
    if (decision.admitted) return true;
    const caller = this.peers.host(address).what;
    const at = `load balancer ${loadBalancer.name}`;
    this.emit({ kind: "refused", at, port, caller, why: decision.missing });
    return false;
  }

  /** The front: the edge, or the load balancer that is already open. */
  private async openFront(ca: Authority, notes: string[]): Promise<FrontAddress> {
    const { topology, peers, loadBalancers } = this;
    const loadBalancer = topology.loadBalancers.find((lb) => lb === frontOf(topology));
    if (loadBalancer) {
      const ports = servedPorts(loadBalancer, loadBalancers.node(loadBalancer));
      const main = ports.find((p) => p.main);
      if (!main) {
        throw new Error(`The load balancer ${loadBalancer.name} has no listener to be served.`);
      }
      const plain = ports.find((p) => !p.main && p.protocol === "HTTP");
      return { ...main, plainPort: plain?.localPort };
    }
    const context = {
      nodeOf: (lb: LoadBalancer) => loadBalancers.node(lb),
      peers,
      drops: this.options.securityGroups === "drop",
      onEvent: this.emit,
    };
    this.edge = new Edge(
      {
        ca: ca.certificates,
        localAddress: `${networks.cloudfront}.1`,
        callerAddress: this.options.callerAddress,
        projectDir: this.options.projectDir,
        s3Dir: this.logDir,
        viewerHook: this.http3.arrivals.hook,
        reach: (origin, port) =>
          reachOrigin(originLoadBalancer(this.topology, origin), origin, port, context),
        onEvent: this.emit,
      },
      await edgeOf(topology, ca, notes),
    );
    const address = `${networks.internet}.1`;
    const localPort = await this.edge.open(address, this.port);
    const plainPort = await this.openPlain(this.edge, address, notes);
    return { protocol: "HTTPS", address, localPort, plainPort };
  }

  /** HTTP/3 on the front's UDP port, if distributions have it. */
  private async offerHttp3(notes: string[]): Promise<void> {
    if (!this.edge) return;
    const { address, localPort: port } = this.front;
    const note = await this.http3.follow(this.edge, { address, port });
    if (note === undefined) return;
    notes.push(note);
    // The notes may have been printed already, so this also needs an event.
    if (this.notes === notes) this.emit({ kind: "note", message: note });
  }

  /** CloudFront's port 80; if it is taken, there is only a note. */
  private async openPlain(edge: Edge, address: string, notes: string[]) {
    const wish = plainPortOf(this.port);
    try {
      return await edge.openPlain(address, wish);
    } catch {
      notes.push(`Port ${wish} is taken: CloudFront's port 80 is not served.`);
      return undefined;
    }
  }
}

function hostOf(topology: Topology): string {
  return viewerNamesOf(topology, frontOf(topology))[0] ?? "localhost";
}

async function edgeOf(topology: Topology, ca: Authority, notes: string[]) {
  const certificates = await viewerCertificates(topology, ca, notes);
  const { distributions, buckets } = topology;
  return { distributions, buckets, certificates, frontName: hostOf(topology) };
}
