/**
 * A load balancer: its listeners, opened on loopback, with rules in front of its target groups. What
 * is declared of it may change while it runs.
 */
import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { ServerCertificate } from "../certificates";
import type { ServeEvent } from "../events";
import {
  Acceptor,
  type AcceptorOptions,
  type Connection,
  type Request,
  type Response,
  type Upgrade,
} from "../http/acceptor";
import { coveringIndex } from "../names";
import type { Listener, LoadBalancer } from "../../../topology/types";
import { AccessLog } from "./accessLog";
import { act } from "./act";
import { malformedAnswer } from "./answers";
import type { TargetPool } from "./targets";
import { reportOf } from "./report";
import { type Site, Visit } from "./visit";

/** A certificate as a listener uses it. */
export interface ListenerCertificate {
  readonly arn: string;
  readonly names: readonly string[];
  readonly certificate: ServerCertificate;
}

/** What the program declares of a load balancer, with what that means here. */
export interface NodeDeclaration {
  readonly loadBalancer: LoadBalancer;
  readonly certificates: ReadonlyMap<Listener, readonly ListenerCertificate[]>;
  /** By target group ARN. */
  readonly pools: ReadonlyMap<string, TargetPool>;
  /** Name that loopback names stand for; undefined: nothing is replaced. */
  readonly frontName?: string;
}

export interface NodeOptions {
  /** Address it listens on. */
  readonly address: string;
  /** Address its connections to tasks come from; logs show it as the node's. */
  readonly nodeAddress: string;
  /** Local port for a listener's port; 0 for any. */
  readonly localPort: (port: number) => number;
  /** Folder that stands for S3. */
  readonly logDir: string;
  readonly callerAddress?: string;
  /** Decides (and reports) whether a caller is let in to a listener's port. */
  readonly admits: (loadBalancer: LoadBalancer, port: number, address: string) => boolean;
  readonly onEvent: (event: ServeEvent) => void;
}

/** "The maximum size for all headers", of a request: fixed, as AWS documents. */
const maxHeaderBytes = 64 * 1024;
/** Milliseconds that requests to what is no longer declared may take. */
export const patience = 10_000;

/** See the file's comment. */
export class LoadBalancerNode {
  /** By the listener's port. */
  private readonly acceptors = new Map<number, Acceptor>();
  /** Ports that `open` opened last. */
  private opened: number[] = [];
  private accessLog: AccessLog;
  /** Local port by the listener's own. */
  readonly ports = new Map<number, number>();
  private readonly connections = new WeakMap<
    object,
    { readonly id: string; readonly since: number }
  >();

  constructor(
    private readonly options: NodeOptions,
    /** What is served now. */
    private declared: NodeDeclaration,
  ) {
    this.accessLog = this.logOf(declared.loadBalancer);
  }

  /** Address it listens on. */
  get address(): string {
    return this.options.address;
  }

  /** What is served now. */
  get loadBalancer(): LoadBalancer {
    return this.declared.loadBalancer;
  }

  /**
   * Opens those of the declared listeners that are not open yet; `abandon` takes that back.
   *
   * @param taken what to do about a listener whose local port is taken: fail, go on without it, or
   * take any other port
   */
  async open(
    declaration: NodeDeclaration = this.declared,
    taken: (port: number) => "fail" | "skip" | "any" = () => "fail",
  ): Promise<void> {
    this.opened = [];
    for (const listener of servable(declaration)) {
      if (this.acceptors.has(listener.port)) continue;
      const acceptor = new Acceptor(this.accepting(listener, declaration));
      this.acceptors.set(listener.port, acceptor);
      this.opened.push(listener.port);
      const { address, localPort } = this.options;
      try {
        this.ports.set(listener.port, await acceptor.listen(address, localPort(listener.port)));
      } catch (error) {
        const inUse = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
        const instead = inUse ? taken(listener.port) : "fail";
        if (instead === "fail") throw error;
        if (instead === "any") this.ports.set(listener.port, await acceptor.listen(address, 0));
        // The next change tries again.
        else this.acceptors.delete(listener.port);
      }
    }
  }

  /** Closes what `open` opened last. */
  async abandon(): Promise<void> {
    await Promise.all(this.opened.map((port) => this.give(port, 0)));
  }

  /** Swaps what is declared; requests from here on meet the new rules. */
  declare(declaration: NodeDeclaration): void {
    const { accessLogs } = this.declared.loadBalancer;
    this.declared = declaration;
    this.opened = [];
    if (!isDeepStrictEqual(accessLogs, declaration.loadBalancer.accessLogs)) {
      this.accessLog.flush();
      this.accessLog = this.logOf(declaration.loadBalancer);
    }
    for (const listener of servable(declaration)) {
      this.acceptors.get(listener.port)?.renew(this.accepting(listener, declaration));
    }
  }

  /** Closes the listeners that are declared no longer, their requests answered. */
  async withdraw(): Promise<void> {
    const declared = new Set(servable(this.declared).map((l) => l.port));
    const over = [...this.acceptors.keys()].filter((port) => !declared.has(port));
    await Promise.all(over.map((port) => this.give(port, patience)));
  }

  /** Stops listening and ends every connection; with milliseconds, once requests are answered. */
  async close(milliseconds = 0): Promise<void> {
    await Promise.all([...this.acceptors.keys()].map((port) => this.give(port, milliseconds)));
    this.accessLog.flush();
  }

  /** Gives a listener up. */
  private async give(port: number, milliseconds: number): Promise<void> {
    const acceptor = this.acceptors.get(port);
    this.acceptors.delete(port);
    this.ports.delete(port);
    await (milliseconds > 0 ? acceptor?.retire(milliseconds) : acceptor?.close());
  }

  private logOf({ arn, accessLogs }: LoadBalancer): AccessLog {
    const { logDir, nodeAddress } = this.options;
    return new AccessLog({ root: logDir, ...accessLogs, loadBalancerArn: arn, nodeAddress });
  }

  private accepting(listener: Listener, declaration: NodeDeclaration): AcceptorOptions {
    const { loadBalancer } = declaration;
    const certificates = declaration.certificates.get(listener) ?? [];
    const [first] = certificates;
    const lists = certificates.map((c) => c.names);
    const chosen = (servername?: string): ListenerCertificate | undefined =>
      certificates[coveringIndex(lists, servername) ?? 0];
    const site = (): Site => ({
      loadBalancer,
      listener,
      localPort: this.ports.get(listener.port) ?? listener.port,
      ports: this.ports,
      pools: declaration.pools,
      nodeAddress: this.options.nodeAddress,
      callerAddress: this.options.callerAddress,
      frontName: declaration.frontName,
      certificateArn: (servername) => chosen(servername)?.arn,
    });
    return {
      idleSeconds: loadBalancer.idleSeconds,
      maxHeaderBytes,
      ...(first && {
        tls: {
          certificate: (name) => (chosen(name) ?? first).certificate,
          http2: () => loadBalancer.http2,
          minVersion: listener.minimumTls,
          maxVersion: listener.maximumTls,
        },
      }),
      admits: (address) => this.options.admits(loadBalancer, listener.port, address),
      handle: (request, response, connection, upgrade) => {
        void this.visit(site(), request, response, connection, upgrade);
      },
      malformed: (code, _connection, bytes) => malformedAnswer(code, listener, bytes),
    };
  }

  private async visit(
    site: Site,
    request: Request,
    response: Response,
    connection: Connection,
    upgrade?: Upgrade,
  ): Promise<void> {
    const visit = new Visit(site, request, response, connection, upgrade);
    const over = new Promise<void>((resolve) => {
      if (response.writableFinished || response.destroyed) resolve();
      response.on("close", resolve);
      response.on("finish", resolve);
      upgrade?.socket.on("close", () => {
        resolve();
      });
    });
    const { id, since } = this.connectionOf(connection.socket);
    if (Date.now() - since > site.loadBalancer.clientKeepAliveSeconds * 1000) {
      visit.endConnection();
    }
    await act(visit);
    await over;
    this.accessLog.write(visit.entry(id));
    this.options.onEvent(reportOf(visit));
  }

  /** What is kept of a connection from its first request on. */
  private connectionOf(socket: object): { readonly id: string; readonly since: number } {
    const known = this.connections.get(socket);
    const kept = known ?? { id: `TID_${randomBytes(16).toString("hex")}`, since: Date.now() };
    this.connections.set(socket, kept);
    return kept;
  }
}

/** An HTTPS listener without a certificate is not opened at all. */
function servable({ loadBalancer, certificates }: NodeDeclaration): Listener[] {
  return loadBalancer.listeners.filter(
    (l) => l.protocol === "HTTP" || (certificates.get(l) ?? []).length > 0,
  );
}
