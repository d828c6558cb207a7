/** A load balancer: its listeners, opened on loopback, with rules in front of its target groups. */
import { randomBytes } from "node:crypto";
import type { ServerCertificate } from "../certificates";
import type { ServeEvent } from "../events";
import {
  Acceptor,
  type Connection,
  type Request,
  type Response,
  type Upgrade,
} from "../http/acceptor";
import { coveringIndex } from "../names";
import type { Listener, LoadBalancer } from "../topology/types";
import type { AccessLog } from "./accessLog";
import { malformedAnswer, serverHeader } from "./answers";
import { forward } from "./forward";
import { forwardedCount } from "./headers";
import { decide, pickGroup, redirectLocation } from "./rules";
import type { TargetPool } from "./targets";
import { type Site, Visit } from "./visit";

/** A certificate as a listener uses it. */
export interface ListenerCertificate {
  readonly arn: string;
  readonly names: readonly string[];
  readonly certificate: ServerCertificate;
}

export interface NodeOptions {
  readonly loadBalancer: LoadBalancer;
  /** Address it listens on. */
  readonly address: string;
  /** Address its connections to tasks come from; logs show it as the node's. */
  readonly nodeAddress: string;
  /** Local port for a listener's port; 0 for any. */
  readonly localPort: (port: number) => number;
  readonly certificates: ReadonlyMap<Listener, readonly ListenerCertificate[]>;
  readonly pools: ReadonlyMap<string, TargetPool>;
  readonly accessLog: AccessLog;
  readonly callerAddress?: string;
  readonly frontName?: string;
  /** Decides (and reports) whether a caller is let in to a listener's port. */
  readonly admits: (loadBalancer: LoadBalancer, port: number, address: string) => boolean;
  readonly onEvent: (event: ServeEvent) => void;
}

/** Limits that AWS documents as fixed: 16 K a request line or header, 64 K all headers. */
const limits = { line: 16 * 1024, header: 16 * 1024, headers: 64 * 1024 } as const;

/** See the file's comment. */
export class LoadBalancerNode {
  private readonly acceptors: Acceptor[] = [];
  /** Local port by the listener's own. */
  readonly ports = new Map<number, number>();
  private readonly connections = new WeakMap<
    object,
    { readonly id: string; readonly since: number }
  >();

  constructor(private readonly options: NodeOptions) {}

  /** Address it listens on. */
  get address(): string {
    return this.options.address;
  }

  /**
   * Opens every listener. On failure nothing stays open that `close` does not end.
   *
   * @param skip says whether to go on without a listener whose local port is taken
   */
  async open(skip: (port: number) => boolean = () => false): Promise<void> {
    for (const listener of this.options.loadBalancer.listeners) {
      const certificates = this.options.certificates.get(listener) ?? [];
      if (listener.protocol === "HTTPS" && certificates.length === 0) continue;
      const acceptor = this.acceptor(listener, certificates);
      this.acceptors.push(acceptor);
      try {
        const wish = this.options.localPort(listener.port);
        this.ports.set(listener.port, await acceptor.listen(this.options.address, wish));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || !skip(listener.port))
          throw error;
      }
    }
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    await Promise.all(this.acceptors.map((a) => a.close()));
    this.options.accessLog.flush();
  }

  private acceptor(listener: Listener, certificates: readonly ListenerCertificate[]): Acceptor {
    const { loadBalancer, admits } = this.options;
    const [first] = certificates;
    const lists = certificates.map((c) => c.names);
    const chosen = (servername?: string): ListenerCertificate | undefined =>
      certificates[coveringIndex(lists, servername) ?? 0];
    const site = (): Site => ({
      loadBalancer,
      listener,
      localPort: this.ports.get(listener.port) ?? listener.port,
      nodeAddress: this.options.nodeAddress,
      callerAddress: this.options.callerAddress,
      frontName: this.options.frontName,
      certificateArn: (servername) => chosen(servername)?.arn,
    });
    return new Acceptor({
      idleSeconds: loadBalancer.idleSeconds,
      maxHeaderBytes: limits.headers,
      // An HTTPS listener without a certificate is not opened at all.
      ...(first && {
        tls: {
          certificate: (name) => (chosen(name) ?? first).certificate,
          http2: () => loadBalancer.http2,
          minVersion: listener.minimumTls,
          maxVersion: listener.maximumTls,
        },
      }),
      admits: (address) => admits(loadBalancer, listener.port, address),
      handle: (request, response, connection, upgrade) => {
        void this.visit(site(), request, response, connection, upgrade);
      },
      malformed: (code) => malformedAnswer(code, listener),
    });
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
    if (Date.now() - since > this.options.loadBalancer.clientKeepAliveSeconds * 1000) {
      visit.endConnection();
    }
    await this.act(visit);
    await over;
    this.options.accessLog.write(visit.entry(id));
    this.report(visit);
  }

  private async act(visit: Visit): Promise<void> {
    const { request, subject, headers } = visit;
    if (subject.method === "TRACE") {
      visit.refuse(405, "a load balancer answers TRACE with 405");
    } else if ((request.url ?? "").length > limits.line) {
      visit.refuse(414, "the URL is longer than 16 KB");
    } else if (headers.some(([n, v]) => n.length + v.length > limits.header)) {
      visit.refuse(400, "a header is longer than 16 KB");
    } else if (forwardedCount(headers) > 30) {
      visit.refuse(463, "X-Forwarded-For has more than 30 addresses");
    } else {
      const { action, priority } = decide(visit.site.listener, subject);
      visit.priority = priority;
      visit.log.action = action.type;
      if (action.type === "redirect") this.redirect(visit, action);
      else if (action.type === "fixed-response") {
        const rule = priority === 0 ? "the listener's default action" : `listener rule ${priority}`;
        visit.why = `${rule} answers so`;
        const type = [["content-type", action.contentType] as const];
        visit.answer(action.status, [...serverHeader(visit.site.listener), ...type], action.body);
      } else {
        const pool = this.options.pools.get(pickGroup(action.groups, Math.random()) ?? "");
        if (pool) await forward(visit, pool);
        else visit.refuse(503, "no target group of the action has a weight above 0");
      }
    }
  }

  private redirect(visit: Visit, action: Parameters<typeof redirectLocation>[0]): void {
    const { arrival, subject, site } = visit;
    const to = redirectLocation(action, subject, {
      protocol: arrival.protocol,
      port: arrival.port,
    });
    // Where one of this load balancer's own listeners is meant, the client needs its local port and
    // the name it called, which the front's leniency may have replaced.
    const local = this.ports.get(to.port);
    const called = visit.request.headers.host?.replace(/:\d+$/, "") ?? to.host;
    const host = to.host === subject.host.replace(/:\d+$/, "") ? called : to.host;
    const usual = to.protocol === "https" ? 443 : 80;
    const port = local ?? to.port;
    const location = `${to.protocol}://${host}${port === usual ? "" : `:${port}`}${to.path}`;
    visit.log.redirectUrl = location;
    visit.why = "a redirect action answers so";
    visit.answer(action.status, [...serverHeader(site.listener), ["location", location]], "");
  }

  /** What is kept of a connection from its first request on. */
  private connectionOf(socket: object): { readonly id: string; readonly since: number } {
    const known = this.connections.get(socket);
    const kept = known ?? { id: `TID_${randomBytes(16).toString("hex")}`, since: Date.now() };
    this.connections.set(socket, kept);
    return kept;
  }

  private report(visit: Visit): void {
    const { target, targetStatus } = visit.log;
    const pool = this.options.pools.get(visit.log.targetGroupArn ?? "");
    this.options.onEvent({
      kind: "request",
      hop: "load-balancer",
      at: this.options.loadBalancer.name,
      client: visit.arrival.clientAddress,
      method: visit.subject.method,
      host: visit.subject.host,
      path: visit.path,
      protocol: visit.protocol,
      status: visit.status,
      milliseconds: Date.now() - visit.started.getTime(),
      ...(target !== undefined &&
        targetStatus !== undefined && {
          sentTo: {
            address: target,
            protocol: pool?.group.protocolVersion === "HTTP1" ? "HTTP/1.1" : "HTTP/2",
          },
        }),
      ...(visit.why !== undefined && { why: visit.why }),
    });
  }
}
