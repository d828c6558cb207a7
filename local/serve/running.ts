/** Everything that runs for one stack, from the first listener to the last process. */
import path from "node:path";
import { Authority } from "./certificates";
import { clientCheck } from "./clientChecks";
import { frontChange } from "./frontChange";
import type { EdgeDeclaration } from "./edge/declaration";
import type { ServeEvent } from "./events";
import { frontName } from "./front";
import { type FrontAddress, FrontServer } from "./frontServer";
import { LoadBalancers } from "./loadBalancer/loadBalancers";
import type { NodeDeclaration } from "./loadBalancer/node";
import type { TargetPool } from "./loadBalancer/pool";
import { listenerCertificates, namesToCertify } from "./namesToCertify";
import { Peers } from "./peers";
import { closeRunFolder, openRunFolder } from "./runFolder";
import { ServeError } from "./serveError";
import { Fleet } from "./tasks/fleet";
import type { ClientCheck } from "./http/clientCheck";
import type { Listener, LoadBalancer, Topology } from "../../topology/types";
import type { ServeOptions } from "./types";

/** The running parts of one stack, and how they start, change and end. */
export class Running {
  readonly peers: Peers;
  readonly loadBalancers: LoadBalancers;
  readonly fleet: Fleet;
  readonly logDir: string;
  /** The output of tasks. */
  private readonly runFolder: string;
  notes: readonly string[] = [];
  private readonly frontServer: FrontServer;
  private ca?: Authority;
  /** Each change waits for the one before it. */
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(
    /** What is served, for all parts that do not keep their own share. */
    public topology: Topology,
    private readonly options: ServeOptions,
    /** Requested port of the front. */
    port: number,
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
      trusted: () => (this.ca === undefined ? [] : [this.ca.certificate]),
      closedTo: (lb, port) => {
        const out = this.peers.toIdentityProvider(lb, port);
        return out.admitted ? undefined : out.missing;
      },
      onEvent: this.emit,
    });
    this.frontServer = new FrontServer({
      options,
      port,
      logDir: this.logDir,
      peers: this.peers,
      loadBalancers: this.loadBalancers,
      topology: () => this.topology,
      onEvent: this.emit,
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
    return this.frontServer.address;
  }

  /** The name that replaces loopback names. */
  get host(): string {
    return frontName(this.topology);
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
    await this.frontServer.open(topology, this.ca, notes);
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
      this.frontServer.declare(edge);
      await this.offerHttp3(notes);
    }
    await Promise.all([this.loadBalancers.withdraw(), this.fleet.shrink()]);
    this.peers.settle(topology);
  }

  /** Viewers first, tasks last, so that no request is sent to a closed part. */
  async close(): Promise<void> {
    this.closed = true;
    await this.frontServer.close();
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
      this.frontServer.prepare(topology, ca, notes),
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
        clientChecks: await this.clientChecks(loadBalancer, ca),
        certificates: await listenerCertificates(topology, loadBalancer, ca, isFront, notes),
        ...(isFront && { frontName: frontName(topology) }),
      };
    };
  }

  private async clientChecks({ listeners }: LoadBalancer, ca: Authority) {
    const checks = new Map<Listener, ClientCheck>();
    for (const listener of listeners)
      if (listener.clientCertificates)
        checks.set(
          listener,
          await clientCheck(listener.clientCertificates, ca, this.options.projectDir),
        );
    return checks;
  }

  /** Offers HTTP/3, if distributions have it. */
  private async offerHttp3(notes: string[]): Promise<void> {
    const note = await this.frontServer.offerHttp3();
    if (note === undefined) return;
    notes.push(note);
    // The notes may have been printed already, so this also needs an event.
    if (this.notes === notes) this.emit({ kind: "note", message: note });
  }

  private admits(loadBalancer: LoadBalancer, port: number, address: string): boolean {
    const decision = this.peers.toLoadBalancer(address, loadBalancer, port);
    if (decision.admitted) return true;
    const caller = this.peers.host(address).what;
    const at = `load balancer ${loadBalancer.name}`;
    this.emit({ kind: "refused", at, port, caller, why: decision.missing });
    return false;
  }
}
