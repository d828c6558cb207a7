/** What happens while a stack is served, for whoever prints it. */

/** Answered by CloudFront or by the load balancer, each of which reports a request once. */
export interface RequestEvent {
  readonly kind: "request";
  readonly hop: "cloudfront" | "load-balancer";
  /** This hop's own id of the request: CloudFront's X-Amz-Cf-Id, the load balancer's trace id. */
  readonly id: string;
  /** The X-Amz-Cf-Id that the request came with: the edge's event of that `id` is its first hop. */
  readonly edgeId?: string;
  /** Name of the load balancer, or id of the distribution. */
  readonly at: string;
  /** Address that AWS would see, e.g. 198.51.100.7. */
  readonly client: string;
  readonly method: string;
  readonly host: string;
  /** Path with the query string. */
  readonly path: string;
  /** What the client spoke to this hop. */
  readonly protocol: "HTTP/1.0" | "HTTP/1.1" | "HTTP/2" | "HTTP/3";
  /** 0 when the client went away before an answer. */
  readonly status: number;
  readonly milliseconds: number;
  /** Where it was sent on to, `address:port`, and in which protocol; absent when answered here. */
  readonly sentTo?: { readonly address: string; readonly protocol: "HTTP/1.1" | "HTTP/2" };
  /** Why this hop answered by itself; absent when the answer came from further on. */
  readonly why?: string;
}

/** A connection that a security group does not admit. */
export interface RefusedEvent {
  readonly kind: "refused";
  /** What refused it, e.g. `load balancer web` or `task web-1`. */
  readonly at: string;
  readonly port: number;
  /** Who called, for people. */
  readonly caller: string;
  /** Which rule is missing. AWS drops such packets, so that the caller waits until it times out. */
  readonly why: string;
}

/** A target became healthy or unhealthy. */
interface HealthEvent {
  readonly kind: "health";
  readonly targetGroup: string;
  readonly target: string;
  readonly healthy: boolean;
  /** AWS's reason code and what was seen, e.g. `Target.ResponseCodeMismatch: 404`. */
  readonly reason: string;
}

/** A line that a task's containers wrote. */
export interface LogEvent {
  readonly kind: "log";
  readonly task: string;
  readonly line: string;
}

/** Something worth knowing. */
interface NoteEvent {
  readonly kind: "note";
  readonly message: string;
}

/** Something that stopped working, or never began to, and that nobody asked for. */
interface TroubleEvent {
  readonly kind: "trouble";
  /** What it happened to, e.g. `task web-1, container app`. */
  readonly at: string;
  readonly message: string;
}

export type ServeEvent =
  RequestEvent | RefusedEvent | HealthEvent | LogEvent | NoteEvent | TroubleEvent;
