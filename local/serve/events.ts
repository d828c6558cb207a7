/** Events while a stack is served, for reporters. */
import type { DeploymentStep } from "./deployments";

/** A request that CloudFront or the load balancer handled; each reports it once. */
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
  /** 0 if the client disconnected before a response. */
  readonly status: number;
  readonly milliseconds: number;
  /** Where it was forwarded, `address:port`, and the protocol of the connection; absent if answered here. */
  readonly sentTo?: { readonly address: string; readonly protocol: "HTTP/1.1" | "HTTP/2" };
  /** Whether a deployment's old (blue) or new tasks (green) got it; absent outside of deployments. */
  readonly revision?: "blue" | "green";
  /** Why this hop itself answered; absent if the response came from the next hop. */
  readonly why?: string;
}

/** A connection that a security group does not admit. */
export interface RefusedEvent {
  readonly kind: "refused";
  /** What refused it, e.g. `load balancer web` or `task web-1`. */
  readonly at: string;
  readonly port: number;
  /** The caller, for people. */
  readonly caller: string;
  /** The missing rule. AWS drops such packets, so the caller waits until it times out. */
  readonly why: string;
}

/** A target became healthy or unhealthy. */
interface HealthEvent {
  readonly kind: "health";
  readonly targetGroup: string;
  readonly target: string;
  readonly healthy: boolean;
  /** AWS's reason code and the cause, e.g. `Target.ResponseCodeMismatch: 404`. */
  readonly reason: string;
}

/** A line that a task's containers wrote. */
export interface LogEvent {
  readonly kind: "log";
  readonly task: string;
  readonly line: string;
}

/** A deployment reached another step. */
interface DeploymentEvent extends DeploymentStep {
  readonly kind: "deployment";
  /** Name of the service. */
  readonly service: string;
}

/** Something worth knowing. */
interface NoteEvent {
  readonly kind: "note";
  readonly message: string;
}

/** Something that stopped working unexpectedly, or did not start. */
interface TroubleEvent {
  readonly kind: "trouble";
  /** What it happened to, e.g. `task web-1, container app`. */
  readonly at: string;
  readonly message: string;
}

export type ServeEvent =
  RequestEvent | RefusedEvent | HealthEvent | LogEvent | DeploymentEvent | NoteEvent | TroubleEvent;
