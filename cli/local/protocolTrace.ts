import type { HttpProtocol } from "../../path/types";
import type { RequestEvent, ServeEvent } from "../../local/serve/events";

/** Follows single requests by what the hops report of them: which protocol on which connection. */
export class ProtocolTrace {
  private events: RequestEvent[] = [];
  private heard: () => void = () => undefined;

  /**
   * @param settleMilliseconds how long the hops get to report a request after its answer arrived;
   * only those that are not what was expected wait for so long
   */
  constructor(private readonly settleMilliseconds = 10_000) {}

  /** To be given every event. */
  readonly onEvent = (event: ServeEvent): void => {
    if (event.kind !== "request") return;
    this.events.push(event);
    this.heard();
  };

  /** Forgets what came before: a request starts. */
  start(): void {
    this.events = [];
  }

  /** Whose tasks the load balancer sent the request to; undefined outside of deployments. */
  get revision(): RequestEvent["revision"] {
    return this.events.filter(({ hop }) => hop === "load-balancer").at(-1)?.revision;
  }

  /** Protocols of the connections so far, the viewer's first. */
  protocols(): HttpProtocol[] {
    const at = (hop: RequestEvent["hop"]): RequestEvent[] =>
      this.events.filter((event) => event.hop === hop);
    const loadBalancer = at("load-balancer").at(-1);
    const protocols = [
      ...at("cloudfront").map((event) => event.protocol),
      ...(loadBalancer ? [loadBalancer.protocol, loadBalancer.sentTo?.protocol] : []),
    ];
    return protocols.filter((protocol) => protocol !== undefined) as HttpProtocol[];
  }

  /**
   * Protocols of the connections, as soon as they are the expected ones, or what there is at the
   * end of the wait: hops report a request when its last byte left them, maybe after it arrived.
   */
  async settled(expected: readonly HttpProtocol[]): Promise<HttpProtocol[]> {
    const deadline = Date.now() + this.settleMilliseconds;
    while (!sameProtocols(this.protocols(), expected)) {
      const left = deadline - Date.now();
      if (left <= 0) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.heard = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.protocols();
  }
}

/** True when both name the same protocols in the same order. */
export function sameProtocols(a: readonly HttpProtocol[], b: readonly HttpProtocol[]): boolean {
  return a.length === b.length && a.every((protocol, i) => protocol === b[i]);
}
