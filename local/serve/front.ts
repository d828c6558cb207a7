/** Which part of a topology viewers call, and which local ports represent AWS's. */
import { networks } from "./addresses";
import { LoadBalancerNode, type NodeDeclaration, type NodeOptions } from "./loadBalancer/node";
import { viewerNamesOf } from "../../topology";
import type { Distribution, Listener, LoadBalancer, Topology } from "../../topology/types";

/** A listener with where it is served. */
export interface ServedPort {
  readonly protocol: "HTTP" | "HTTPS";
  readonly port: number;
  readonly address: string;
  readonly localPort: number;
  /** True for the listener that viewers of the load balancer should call. */
  readonly main: boolean;
}

/**
 * What viewers call: the first distribution, otherwise an internet-facing load balancer, or any.
 */
export function frontOf(topology: Topology): Distribution | LoadBalancer {
  const listening = topology.loadBalancers.filter((lb) => lb.listeners.length > 0);
  const front =
    topology.distributions[0] ??
    listening.find((lb) => !lb.internal) ??
    listening[0] ??
    topology.loadBalancers[0];
  if (!front) throw new Error("there is nothing to serve");
  return front;
}

/** The front's best name for viewers, which replaces loopback names. */
export function frontName(topology: Topology): string {
  return viewerNamesOf(topology, frontOf(topology))[0] ?? "localhost";
}

/** The listener that viewers should call: the first with HTTPS, otherwise the first. */
export function mainListener(loadBalancer: LoadBalancer): Listener | undefined {
  return loadBalancer.listeners.find((l) => l.protocol === "HTTPS") ?? loadBalancer.listeners[0];
}

/** Local port of an AWS port: the same, or 8000 more for ports that only root may open. */
function localPort(port: number): number {
  return port < 1024 ? port + 8000 : port;
}

/** The HTTP port for an HTTPS port: as far below it as 80 is below 443. */
export function plainPortOf(port: number): number {
  const plain = port - (443 - 80);
  return port === 0 || plain < 1024 ? 0 : plain;
}

/** Where a load balancer's listeners are served. */
export function servedPorts(
  loadBalancer: LoadBalancer,
  node: LoadBalancerNode | undefined,
): ServedPort[] {
  return loadBalancer.listeners.flatMap((listener) => {
    const local = node?.ports.get(listener.port);
    if (node === undefined || local === undefined) return [];
    return [
      {
        protocol: listener.protocol,
        port: listener.port,
        address: node.address,
        localPort: local,
        main: listener === mainListener(loadBalancer),
      },
    ];
  });
}

/** How many addresses an inner load balancer tries when others are taken. */
const attempts = 50;

/** Continues without a listener of the front whose port is taken. */
function skipTaken(loadBalancer: LoadBalancer, port: number, notes: string[]): "skip" {
  notes.push(`The port of listener ${port} of ${loadBalancer.name} is taken: it is not served.`);
  return "skip";
}

/** Opens the listeners that are new to a load balancer: the front's, or an inner one's. */
export function openMore(
  node: LoadBalancerNode,
  declaration: NodeDeclaration,
  isFront: boolean,
  notes: string[],
): Promise<void> {
  const { loadBalancer } = declaration;
  return node.open(declaration, (port) => {
    if (isFront) return skipTaken(loadBalancer, port, notes);
    // Its address is already chosen, and only the edge needs to know the port.
    notes.push(
      `Port ${localPort(port)} on ${node.address} is taken: the listener ${port} of ${loadBalancer.name} is served on another one.`,
    );
    return "any";
  });
}

/**
 * Opens a load balancer: the front on 127.0.0.1 with its main listener on the requested port, an
 * inner one on the first free address of 127.0.2.*.
 */
export async function openNode(
  options: Omit<NodeOptions, "address" | "localPort">,
  declaration: NodeDeclaration,
  frontPort: number | undefined,
  notes: string[],
): Promise<LoadBalancerNode> {
  const { loadBalancer } = declaration;
  if (frontPort !== undefined) {
    const main = mainListener(loadBalancer)?.port;
    const ports = (port: number): number =>
      port === main
        ? frontPort
        : port === 80
          ? plainPortOf(frontPort)
          : frontPort === 0
            ? 0
            : localPort(port);
    const place = { ...options, address: "127.0.0.1", localPort: ports };
    const node = new LoadBalancerNode(place, declaration);
    try {
      await node.open(declaration, (port) =>
        port === main ? "fail" : skipTaken(loadBalancer, port, notes),
      );
    } catch (error) {
      await node.close();
      throw error;
    }
    return node;
  }
  for (let n = 1; ; n += 1) {
    const address = `${networks.loadBalancer}.${n}`;
    const node = new LoadBalancerNode({ ...options, address, localPort }, declaration);
    try {
      await node.open();
      return node;
    } catch (error) {
      await node.close();
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || n >= attempts) throw error;
    }
  }
}

/**
 * Gives macOS the addresses of a stack with up to 50 tasks and load balancers, until it restarts. A
 * Mac has no loopback address but 127.0.0.1.
 */
const macAddresses =
  "for net in 1 2 3 4 5; do for n in $(seq 50); do sudo ifconfig lo0 alias 127.0.$net.$n; done; done";

/** What to do if the operating system refuses an address; undefined for other errors. */
export function explainListenError(
  error: NodeJS.ErrnoException & { address?: string; port?: number },
  wished: number,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const { code, address = "", port = 0 } = error;
  if (code === "EADDRINUSE") {
    const instead =
      port === wished
        ? "choose another one with --port"
        : "choose another port for the listener or container";
    return `Port ${port} on ${address} is taken. Stop what listens there, or ${instead}.`;
  }
  if (code === "EACCES") {
    return `Port ${port} on ${address} needs root. Choose one above 1023 with --port.`;
  }
  if (code === "EADDRNOTAVAIL") {
    const missing = `${address} is not an address of this machine.`;
    return platform === "darwin"
      ? `${missing} Add the loopback addresses that hopwise uses, until the next restart: ${macAddresses}`
      : `${missing} hopwise needs all of 127.0.0.0/8 on loopback, as Linux has it.`;
  }
  return undefined;
}
