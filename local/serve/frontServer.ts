/** What viewers call: CloudFront, or a load balancer that is not behind CloudFront. */
import path from "node:path";
import { loopback6, networks } from "./addresses";
import type { Authority } from "./certificates";
import { clientCheck } from "./clientChecks";
import type { EdgeDeclaration } from "./edge/declaration";
import { Edge } from "./edge/edge";
import type { ServeEvent } from "./events";
import { frontName, frontOf, plainPortOf, type ServedPort, servedPorts } from "./front";
import { Http3 } from "./http3/http3";
import type { LoadBalancers } from "./loadBalancer/loadBalancers";
import { viewerCertificates } from "./namesToCertify";
import type { Peers } from "./peers";
import { reachOrigin } from "./reach";
import type { ServeOptions } from "./types";
import { originLoadBalancer } from "../../topology";
import type { LoadBalancer, Topology } from "../../topology/types";

/** Where the front is on this machine. */
export interface FrontAddress extends Pick<ServedPort, "protocol" | "address" | "localPort"> {
  /** The port for plain HTTP. */
  readonly plainPort?: number;
  /** Where viewers call it over IPv6; absent: it has no IPv6 address, or this machine has none. */
  readonly address6?: string;
}

/** The parts of a running stack that the front uses. */
interface FrontContext {
  readonly options: ServeOptions;
  /** Requested port. */
  readonly port: number;
  /** Folder that represents S3. */
  readonly logDir: string;
  readonly peers: Peers;
  readonly loadBalancers: LoadBalancers;
  /** What is served now. */
  readonly topology: () => Topology;
  readonly onEvent: (event: ServeEvent) => void;
}

/** Opens, changes and closes the front. */
export class FrontServer {
  private readonly http3: Http3;
  private edge?: Edge;
  private opened?: FrontAddress;

  constructor(private readonly context: FrontContext) {
    const { options, onEvent } = context;
    this.http3 = new Http3({
      choice: options.http3,
      stateDir: path.join(options.stateDir, "http3"),
      onNote: (message) => {
        onEvent({ kind: "note", message });
      },
    });
  }

  /** Where the front is, once it is open. */
  get address(): FrontAddress {
    if (!this.opened) throw new Error("nothing is open yet");
    return this.opened;
  }

  /** Opens CloudFront, or finds the load balancer, which is open already. */
  async open(topology: Topology, ca: Authority, notes: string[]): Promise<void> {
    const loadBalancer = topology.loadBalancers.find((lb) => lb === frontOf(topology));
    const opened = loadBalancer
      ? this.loadBalancerAddress(loadBalancer)
      : await this.openEdge(topology, ca, notes);
    this.opened = opened;
    if (frontOf(topology).ipv6 !== true) return;
    const node = loadBalancer && this.context.loadBalancers.node(loadBalancer);
    try {
      await (node?.openToo(loopback6) ?? this.edge?.openToo(loopback6, opened.plainPort));
      this.opened = { ...opened, address6: loopback6 };
    } catch (error) {
      const { message } = error as Error;
      notes.push(`What viewers call has IPv6 addresses, and is served over IPv4 only: ${message}.`);
    }
  }

  /** The declaration of CloudFront for a new topology; undefined where there is no CloudFront. */
  async prepare(
    topology: Topology,
    ca: Authority,
    notes: string[],
  ): Promise<EdgeDeclaration | undefined> {
    const { projectDir } = this.context.options;
    return this.edge && edgeDeclaration(topology, ca, projectDir, notes);
  }

  /** Changes CloudFront to what was prepared. */
  declare(declaration: EdgeDeclaration): void {
    this.edge?.declare(declaration);
  }

  /** Serves HTTP/3 on the front's UDP port, if distributions have it. @returns why it cannot */
  async offerHttp3(): Promise<string | undefined> {
    if (!this.edge) return undefined;
    const { address, localPort: port } = this.address;
    return this.http3.follow(this.edge, { address, port });
  }

  /** Closes what `open` opened. */
  async close(): Promise<void> {
    await Promise.all([this.http3.close(), this.edge?.close()]);
  }

  private loadBalancerAddress(loadBalancer: LoadBalancer): FrontAddress {
    const ports = servedPorts(loadBalancer, this.context.loadBalancers.node(loadBalancer));
    const main = ports.find((p) => p.main);
    if (!main) {
      throw new Error(`The load balancer ${loadBalancer.name} has no listener to be served.`);
    }
    const plain = ports.find((p) => !p.main && p.protocol === "HTTP");
    return { ...main, plainPort: plain?.localPort };
  }

  private async openEdge(
    topology: Topology,
    ca: Authority,
    notes: string[],
  ): Promise<FrontAddress> {
    const { options, peers, loadBalancers, onEvent } = this.context;
    const reach = {
      nodeOf: (lb: LoadBalancer) => loadBalancers.node(lb),
      peers,
      drops: options.securityGroups === "drop",
      onEvent,
    };
    this.edge = new Edge(
      {
        ca: ca.certificates,
        localAddress: `${networks.cloudfront}.1`,
        callerAddress: options.callerAddress,
        projectDir: options.projectDir,
        s3Dir: this.context.logDir,
        viewerHook: this.http3.arrivals.hook,
        reach: (origin, port) =>
          reachOrigin(originLoadBalancer(this.context.topology(), origin), origin, port, reach),
        onEvent,
      },
      await edgeDeclaration(topology, ca, options.projectDir, notes),
    );
    const address = `${networks.internet}.1`;
    const localPort = await this.edge.open(address, this.context.port);
    const plainPort = await this.openPlain(this.edge, address, notes);
    return { protocol: "HTTPS", address, localPort, plainPort };
  }

  /** CloudFront's port 80; if it is taken, there is only a note. */
  private async openPlain(edge: Edge, address: string, notes: string[]) {
    const wish = plainPortOf(this.context.port);
    try {
      return await edge.openPlain(address, wish);
    } catch {
      notes.push(`Port ${wish} is taken: CloudFront's port 80 is not served.`);
      return undefined;
    }
  }
}

/** What CloudFront is here, for a topology. */
export async function edgeDeclaration(
  topology: Topology,
  ca: Authority,
  projectDir: string,
  notes: string[],
): Promise<EdgeDeclaration> {
  const certificates = await viewerCertificates(topology, ca, notes);
  const { distributions, buckets } = topology;
  const origins = distributions.flatMap((d) => [...d.origins.values()]);
  const client = origins.some(({ showsCertificate }) => showsCertificate)
    ? { client: await ca.clientCertificate() }
    : {};
  const clientChecks = await Promise.all(
    distributions.map(async ({ clientCertificates: asked }) =>
      asked ? await clientCheck(asked, ca, projectDir) : undefined,
    ),
  );
  const front = frontName(topology);
  return { distributions, buckets, certificates, clientChecks, ...client, frontName: front };
}
