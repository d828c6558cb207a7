/**
 * A load balancer: its listeners, opened on loopback, with rules in front of its target groups. Its
 * declaration may change while it runs.
 */
import path from "node:path";
import type { ServerCertificate } from "../certificates";
import type { ServeEvent } from "../events";
import { Acceptor, type AcceptorOptions } from "../http/acceptor";
import { type ClientCheck, turnedAwayText } from "../http/clientCheck";
import { coveringIndex } from "../names";
import type { Listener, LoadBalancer } from "../../../topology/types";
import type { NotAdmitted } from "../types";
import { ClaimSigner } from "./claims";
import { Logs } from "./logs";
import type { TargetPool } from "./pool";
import { Requests } from "./requests";
import { answerMalformed, requestTimeout } from "./malformed";
import type { ListenerContext } from "./requestContext";

/** A certificate of a listener. */
export interface ListenerCertificate {
  readonly arn: string;
  readonly names: readonly string[];
  readonly certificate: ServerCertificate;
}

/** What the program declares for a load balancer, resolved for this machine. */
export interface NodeDeclaration {
  readonly loadBalancer: LoadBalancer;
  readonly certificates: ReadonlyMap<Listener, readonly ListenerCertificate[]>;
  /** What listeners ask clients for; absent: nothing. */
  readonly clientChecks?: ReadonlyMap<Listener, ClientCheck>;
  /** By target group ARN. */
  readonly pools: ReadonlyMap<string, TargetPool>;
  /** Name that replaces loopback names; undefined: nothing is replaced. */
  readonly frontName?: string;
}

export interface NodeOptions {
  /** Address on which it listens. */
  readonly address: string;
  /** Source address of its connections to tasks; logs show it as the node's. */
  readonly nodeAddress: string;
  /** Local port for a listener's port; 0 for any. */
  readonly localPort: (port: number) => number;
  /** Folder that represents S3. */
  readonly logDir: string;
  readonly callerAddress?: string;
  /** Decides (and reports) whether a caller is admitted to a listener's port. */
  readonly admits: (loadBalancer: LoadBalancer, port: number, address: string) => boolean;
  readonly notAdmitted?: NotAdmitted;
  /** Certificates that identity providers' may be signed by, in addition to the public ones. */
  readonly trusted?: () => readonly string[];
  /** Why a load balancer cannot connect to an identity provider's port; undefined: it can. */
  readonly closedTo?: (loadBalancer: LoadBalancer, port: number) => string | undefined;
  readonly onEvent: (event: ServeEvent) => void;
}

/** "The maximum size for all headers", of a request: fixed, as AWS documents. */
const maxHeaderBytes = 64 * 1024;
/**
 * Folder, in the one that represents S3, with the public keys of claims. On AWS they are at
 * `https://public-keys.auth.elb.REGION.amazonaws.com/KEY-ID`.
 */
const publicKeys = "aws-elb-public-keys";
/** Milliseconds that requests may take on listeners that are no longer declared. */
export const drainMs = 10_000;

/** One running load balancer. */
export class LoadBalancerNode {
  /** By the listener's port. */
  private readonly acceptors = new Map<number, Acceptor>();
  /** Ports opened by the last `open`. */
  private opened: number[] = [];
  private readonly logs: Logs;
  private claimSigner: ClaimSigner | undefined;
  /** Local port by the listener's own. */
  readonly ports = new Map<number, number>();
  private readonly requests: Requests;

  constructor(
    private readonly options: NodeOptions,
    /** What is served now. */
    private declared: NodeDeclaration,
  ) {
    const { logDir: root, nodeAddress, onEvent } = options;
    const onProblem = (message: string): void => {
      onEvent({ kind: "note", message });
    };
    this.logs = new Logs({ root, nodeAddress, onProblem }, declared.loadBalancer);
    this.logs.follow(declared.pools.values());
    this.requests = new Requests(options, this.logs);
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
   * Opens declared listeners that are not open yet; `abandon` reverts that.
   *
   * @param taken what to do if a listener's local port is taken: fail, continue without it, or use
   *   any other port
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

  /** Serves the open listeners on another address too. @throws the operating system's error */
  async openToo(address: string): Promise<void> {
    for (const [port, acceptor] of this.acceptors)
      await acceptor.listenToo(address, this.ports.get(port) ?? 0);
  }

  /** Closes what the last `open` opened. */
  async abandon(): Promise<void> {
    await Promise.all(this.opened.map((port) => this.closeListener(port, 0)));
  }

  /** Replaces the declaration; later requests use the new rules. */
  declare(declaration: NodeDeclaration): void {
    this.declared = declaration;
    this.opened = [];
    this.logs.declare(declaration.loadBalancer);
    this.logs.follow(declaration.pools.values());
    for (const listener of servable(declaration)) {
      this.acceptors.get(listener.port)?.renew(this.accepting(listener, declaration));
    }
  }

  /** Closes listeners that are no longer declared, after their requests are answered. */
  async withdraw(): Promise<void> {
    const declared = new Set(servable(this.declared).map((l) => l.port));
    const over = [...this.acceptors.keys()].filter((port) => !declared.has(port));
    await Promise.all(over.map((port) => this.closeListener(port, drainMs)));
  }

  /** Stops listening and ends every connection; with milliseconds, once requests are answered. */
  async close(milliseconds = 0): Promise<void> {
    await Promise.all(
      [...this.acceptors.keys()].map((port) => this.closeListener(port, milliseconds)),
    );
    this.logs.flush();
  }

  /** Closes a listener. */
  private async closeListener(port: number, milliseconds: number): Promise<void> {
    const acceptor = this.acceptors.get(port);
    this.acceptors.delete(port);
    await (milliseconds > 0 ? acceptor?.retire(milliseconds) : acceptor?.close());
    this.ports.delete(port);
  }

  /** Made for the first user, as most load balancers need none. */
  private signer(): ClaimSigner {
    this.claimSigner ??= new ClaimSigner(path.join(this.options.logDir, publicKeys));
    return this.claimSigner;
  }

  private accepting(listener: Listener, declaration: NodeDeclaration): AcceptorOptions {
    const { loadBalancer } = declaration;
    const certificates = declaration.certificates.get(listener) ?? [];
    const [first] = certificates;
    const lists = certificates.map((c) => c.names);
    const check = declaration.clientChecks?.get(listener);
    const chosen = (servername?: string): ListenerCertificate | undefined =>
      certificates[coveringIndex(lists, servername) ?? 0];
    const listenerContext = (): ListenerContext => ({
      loadBalancer,
      listener,
      localPort: this.ports.get(listener.port) ?? listener.port,
      ports: this.ports,
      pools: declaration.pools,
      nodeAddress: this.options.nodeAddress,
      callerAddress: this.options.callerAddress,
      frontName: declaration.frontName,
      certificateArn: (servername) => chosen(servername)?.arn,
      signIn: {
        trusted: this.options.trusted?.() ?? [],
        closedTo: (port) => this.options.closedTo?.(loadBalancer, port),
        signer: () => this.signer(),
      },
    });
    return {
      idleSeconds: loadBalancer.idleSeconds,
      maxHeaderBytes,
      ...(first && {
        tls: {
          certificate: (name) => (chosen(name) ?? first).certificate,
          http2: () => loadBalancer.http2,
          ...(check && { asks: true, clientCheck: () => check }),
          minVersion: listener.minimumTls,
          maxVersion: listener.maximumTls,
        },
      }),
      admits: (address) => this.options.admits(loadBalancer, listener.port, address),
      notAdmitted: this.options.notAdmitted,
      handle: (request, response, connection, upgrade) => {
        void this.requests.context(listenerContext(), request, response, connection, upgrade);
      },
      malformed: (code, connection, bytes) => {
        const verdict = answerMalformed(code, bytes, loadBalancer.desyncMode ?? "defensive");
        return this.requests.answerMalformed(listenerContext(), connection, verdict, bytes);
      },
      requestTimeout: (connection) =>
        this.requests.answerMalformed(listenerContext(), connection, requestTimeout),
      truncated: (request) => {
        this.requests.truncate(request);
      },
      connected: (connection, handshake) => {
        this.requests.connected(listener, connection, handshake);
        const why = turnedAwayText(handshake?.error);
        if (why === undefined) return;
        const at = `load balancer ${loadBalancer.name}`;
        this.options.onEvent({ kind: "trouble", at, message: `ended a connection: ${why}` });
      },
    };
  }
}

/** An HTTPS listener without a certificate is not opened at all. */
function servable({ loadBalancer, certificates }: NodeDeclaration): Listener[] {
  return loadBalancer.listeners.filter(
    (l) => l.protocol === "HTTP" || (certificates.get(l) ?? []).length > 0,
  );
}
