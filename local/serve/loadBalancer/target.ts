/** A registered target: its connections, its health, its requests. */
import type { ServeEvent } from "../events";
import { Connections } from "../http/connections";
import { targetSpeaks } from "../../../path/protocols";
import type { TargetGroup } from "../../../topology/types";
import { type CheckResult, check, timedOut } from "./health";

/** The endpoint of a task. */
export interface TargetAddress {
  /** The address that AWS would have registered, for people and logs. */
  readonly shown: string;
  /** The address to connect to. */
  readonly dial: string;
  readonly port: number;
  /** Why security groups do not admit the load balancer now; undefined if they do. */
  readonly refused: () => string | undefined;
}

export interface TargetOptions {
  readonly group: TargetGroup;
  readonly address: TargetAddress;
  /** Source address of connections to it. */
  readonly localAddress: string;
  /** The load balancer's current idle timeout. */
  readonly idleSeconds: () => number;
  readonly onEvent: (event: ServeEvent) => void;
}

/** A completed health check. */
export interface HealthCheckRecord extends CheckResult {
  /** Its start, in milliseconds since 1970, and its duration. */
  readonly started: number;
  readonly milliseconds: number;
}

/** A registered target with its connections. */
export class Target {
  state: "initial" | "healthy" | "unhealthy" | "draining" = "initial";
  /** The result of the last health check. */
  reason = "not checked yet";
  /** Its target group's current declaration. */
  group: TargetGroup;
  readonly address: TargetAddress;
  /** Number of outstanding requests. */
  outstanding = 0;
  /** When it became healthy, in milliseconds since 1970. */
  healthySince?: number;
  /** Called with every health check. */
  onCheck?: (check: HealthCheckRecord) => void;
  readonly connections: Connections;
  /** For checks on a different port than requests. */
  private checkConnections?: Connections;
  private run = 0;
  private timer?: NodeJS.Timeout;
  private drained?: () => void;

  constructor(private readonly options: TargetOptions) {
    this.group = options.group;
    this.address = options.address;
    this.connections = this.connectionsTo(this.address.port, this.group.protocol);
  }

  /** `address:port`, for logs. */
  get label(): string {
    return `${this.address.shown}:${this.address.port}`;
  }

  private connectionsTo(port: number, protocol: "HTTP" | "HTTPS"): Connections {
    const { localAddress, idleSeconds } = this.options;
    const speaks = targetSpeaks(this.group.protocolVersion);
    return new Connections({
      host: this.address.dial,
      port,
      localAddress,
      connectSeconds: 10,
      readSeconds: idleSeconds,
      idleSeconds,
      otherwise: speaks,
      // "The load balancer does not validate these certificates", ALB user guide, target groups.
      ...(protocol === "HTTPS" && {
        tls: { offers: [speaks === "HTTP/2" ? "h2" : "http/1.1"] },
      }),
    });
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
    const { healthyThreshold, unhealthyThreshold, port, protocol } = this.group.healthCheck;
    const started = Date.now();
    const refused = this.address.refused();
    const checkPort = port === "traffic-port" ? this.address.port : Number(port);
    const apart = checkPort !== this.address.port || protocol !== this.group.protocol;
    const result =
      refused === undefined
        ? await check(
            this.group,
            {
              host: this.address.dial,
              port: checkPort,
              localAddress: this.options.localAddress,
            },
            () =>
              apart
                ? (this.checkConnections ??= this.connectionsTo(checkPort, protocol))
                : this.connections,
          )
        : timedOut(refused);
    this.onCheck?.({ ...result, started, milliseconds: Date.now() - started });
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
    this.healthySince = state === "healthy" ? Date.now() : undefined;
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

  /** A request has ended. */
  end(): void {
    this.outstanding -= 1;
    if (this.outstanding === 0) this.drained?.();
  }

  /** Accepts no new requests; resolves when the last one has ended, or after the group's delay. */
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
    this.connections.close();
    this.checkConnections?.close();
    this.drained?.();
  }
}
