/** A target group's targets: who is registered, who is healthy, whose turn it is. */
import http from "node:http";
import https from "node:https";
import type { ServeEvent } from "../events";
import { Http2Client } from "../http/overHttp2";
import type { TargetGroup } from "../../../topology/types";
import { check } from "./health";

/** Where a task takes requests. */
export interface TargetAddress {
  /** The address that AWS would have registered, for people and logs. */
  readonly shown: string;
  /** The address to connect to. */
  readonly dial: string;
  readonly port: number;
  /** Why security groups do not let the load balancer in now; undefined when they do. */
  readonly refused: () => string | undefined;
}

export interface TargetOptions {
  readonly group: TargetGroup;
  readonly address: TargetAddress;
  /** Address that connections to it come from. */
  readonly localAddress: string;
  /** The load balancer's idle timeout, as it is now. */
  readonly idleSeconds: () => number;
  readonly onEvent: (event: ServeEvent) => void;
}

/** A registered target with its connections. */
export class Target {
  state: "initial" | "healthy" | "unhealthy" | "draining" = "initial";
  /** What the last health check found. */
  reason = "not checked yet";
  /** Its target group, as it is now. */
  group: TargetGroup;
  readonly address: TargetAddress;
  /** Requests that are under way. */
  outstanding = 0;
  readonly agent: http.Agent;
  private client?: Http2Client;
  private run = 0;
  private timer?: NodeJS.Timeout;
  private drained?: () => void;

  constructor(private readonly options: TargetOptions) {
    this.group = options.group;
    this.address = options.address;
    const { localAddress } = options;
    const kept = { keepAlive: true, localAddress, timeout: options.idleSeconds() * 1000 };
    this.agent =
      this.group.protocol === "HTTPS"
        ? // "The load balancer does not validate these certificates", ALB user guide, target groups.
          new https.Agent({ ...kept, rejectUnauthorized: false })
        : new http.Agent(kept);
  }

  /** `address:port`, for logs. */
  get label(): string {
    return `${this.address.shown}:${this.address.port}`;
  }

  /** HTTP/2 connections to it, made when first asked for. */
  http2(): Http2Client {
    const { localAddress, idleSeconds } = this.options;
    return (this.client ??= new Http2Client({
      host: this.address.dial,
      port: this.address.port,
      localAddress,
      tls: this.group.protocol === "HTTPS",
      connectSeconds: 10,
      get readSeconds() {
        return idleSeconds();
      },
      get idleSeconds() {
        return idleSeconds();
      },
    }));
  }

  /** Starts health checks; resolves after the first one. */
  async watch(): Promise<void> {
    if (!this.group.healthCheck.enabled) {
      this.state = "healthy";
      return;
    }
    const again = (): void => {
      this.timer = setTimeout(() => {
        void this.checkOnce().then(again);
      }, this.group.healthCheck.intervalSeconds * 1000);
      this.timer.unref();
    };
    await this.checkOnce();
    if (!this.stopped) again();
  }

  private get stopped(): boolean {
    return this.state === "draining";
  }

  /** "A new target is in service after its first passed check"; after that thresholds count. */
  private async checkOnce(): Promise<void> {
    const { healthyThreshold, unhealthyThreshold, port } = this.group.healthCheck;
    const refused = this.address.refused();
    const result =
      refused === undefined
        ? await check(
            this.group,
            {
              host: this.address.dial,
              port: port === "traffic-port" ? this.address.port : Number(port),
              localAddress: this.options.localAddress,
            },
            () => this.http2(),
          )
        : { passed: false, reason: `Target.Timeout: ${refused}` };
    if (this.stopped) return;
    this.reason = result.reason;
    this.run =
      result.passed === this.run > 0 ? this.run + (result.passed ? 1 : -1) : result.passed ? 1 : -1;
    const first = this.state === "initial";
    if (result.passed && this.state !== "healthy" && (first || this.run >= healthyThreshold)) {
      this.become("healthy", result.reason);
    }
    if (
      !result.passed &&
      this.state !== "unhealthy" &&
      (first || -this.run >= unhealthyThreshold)
    ) {
      this.become("unhealthy", result.reason);
    }
  }

  private become(state: "healthy" | "unhealthy", reason: string): void {
    this.state = state;
    this.options.onEvent({
      kind: "health",
      targetGroup: this.group.name,
      target: this.label,
      healthy: state === "healthy",
      reason,
    });
  }

  /** A request begins. */
  begin(): void {
    this.outstanding += 1;
  }

  /** A request is over. */
  end(): void {
    this.outstanding -= 1;
    if (this.outstanding === 0) this.drained?.();
  }

  /** Takes no new requests; resolves when the last one is over, or after the group's delay. */
  async drain(): Promise<void> {
    this.state = "draining";
    clearTimeout(this.timer);
    if (this.outstanding > 0) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, this.group.deregistrationSeconds * 1000);
        this.drained = () => {
          clearTimeout(late);
          resolve();
        };
      });
    }
    this.close();
  }

  /** Ends every connection. */
  close(): void {
    this.state = "draining";
    clearTimeout(this.timer);
    this.agent.destroy();
    this.client?.close();
    this.drained?.();
  }
}

/** The targets of one group. */
export class TargetPool {
  private readonly targets = new Set<Target>();
  /** Deregistered, with requests under way. */
  private readonly draining = new Set<Target>();
  private turn = 0;

  constructor(private declared: TargetGroup) {}

  /** The target group, as it is now. */
  get group(): TargetGroup {
    return this.declared;
  }

  /** Changes the attributes and the health check; protocols need another pool. */
  change(group: TargetGroup): void {
    this.declared = group;
    for (const target of this.targets) target.group = group;
  }

  /** Registers a target; resolves after its first health check. */
  async register(target: Target): Promise<void> {
    this.targets.add(target);
    await target.watch();
  }

  /** Deregisters it and lets its requests finish. */
  async deregister(target: Target): Promise<void> {
    this.targets.delete(target);
    this.draining.add(target);
    await target.drain();
    this.draining.delete(target);
  }

  /**
   * The target of the next request; undefined without any registered. When none is healthy all of
   * them get requests ("fail open"), which is why a broken health check is not a 503.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
   */
  pick(): Target | undefined {
    const all = [...this.targets];
    const healthy = all.filter((t) => t.state === "healthy");
    const candidates = healthy.length > 0 ? healthy : all;
    if (candidates.length === 0) return undefined;
    if (this.group.algorithm === "least_outstanding_requests") {
      return candidates.reduce((best, t) => (t.outstanding < best.outstanding ? t : best));
    }
    if (this.group.algorithm === "weighted_random") {
      return candidates[Math.floor(Math.random() * candidates.length)];
    }
    this.turn = (this.turn + 1) % candidates.length;
    return candidates[this.turn];
  }

  /** Ends every target's connections. */
  close(): void {
    for (const target of [...this.targets, ...this.draining]) target.close();
    this.targets.clear();
  }
}
