/** Options and results of the data plane. */
import type { NginxChoice } from "../nginx";
import type { LocalResource } from "../model/types";
import type { ServedDeployment } from "./deployments";
import type { ServeEvent } from "./events";

/** See `ServeOptions.securityGroups`. */
export type NotAdmitted = "reset" | "drop";

/** A server that already runs. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

/** A program that serves HTTP/3: where it is, and its version. */
export interface Http3Choice {
  readonly path: string;
  readonly version: string;
}

export interface ServeOptions {
  /** Folder of the Pulumi program; image contexts are relative to it. */
  readonly projectDir: string;
  /** Folder for the local CA, access logs and what nginx writes. */
  readonly stateDir: string;
  /** Port of the front on 127.0.0.1; 0 for any free one. @default 8443 */
  readonly port?: number;
  /** A real nginx, or `embedded` for a small server with the same protocol behaviour. */
  readonly nginx: NginxChoice;
  /** Public address that 127.0.0.1 and ::1 represent. @default 198.51.100.7, and 2001:db8::7 over IPv6 */
  readonly callerAddress?: string;
  /**
   * What happens to a connection that no security group admits: it is reset at once, or left
   * waiting until the caller gives up, as on AWS, which drops the packets. @default "reset"
   */
  readonly securityGroups?: NotAdmitted;
  /** Servers that already run and replace containers, by the container's name or `SERVICE/NAME`. */
  readonly upstreams?: ReadonlyMap<string, Upstream>;
  /** Shell commands, started in `projectDir`, that replace containers, named the same way. */
  readonly commands?: ReadonlyMap<string, string>;
  /**
   * A server for HTTP/3 in front of the edge, or the search for one, which only HTTP/3 waits for.
   * @default none: HTTP/3 is not served
   */
  readonly http3?: Http3Choice | Promise<Http3Choice | undefined>;
  readonly onEvent?: (event: ServeEvent) => void;
}

/** A load balancer that is being served. */
interface ServedLoadBalancer {
  readonly name: string;
  readonly internal: boolean;
  /** The name that clients would call on AWS. */
  readonly host: string;
  readonly listeners: readonly {
    readonly protocol: "HTTP" | "HTTPS";
    /** The listener's port on AWS. */
    readonly port: number;
    readonly address: string;
    readonly localPort: number;
  }[];
}

/** A service whose tasks are running. */
interface ServedService {
  readonly name: string;
  readonly tasks: readonly {
    readonly name: string;
    readonly address: string;
    readonly pids: number[];
  }[];
  /** Starts a new task, then drains and stops the oldest one, as a deployment does. */
  replaceTask(): Promise<void>;
}

/** What is being served. */
export interface Served {
  readonly front: {
    /** Its URL; loopback names are replaced by the front's own name. */
    readonly url: string;
    /** The same over IPv6; absent: it has no IPv6 address, or this machine has none. */
    readonly url6?: string;
    /** The first of the front's own names. */
    readonly host: string;
    readonly address: string;
    readonly port: number;
    /** The port for plain HTTP, if it has one. */
    readonly plainPort?: number;
  };
  readonly loadBalancers: readonly ServedLoadBalancer[];
  readonly services: readonly ServedService[];
  /** The services whose deployments shift requests, and where each one is. */
  readonly deployments: readonly ServedDeployment[];
  /** The local CA's certificate, for clients that should trust it. */
  readonly caFile: string;
  /** Folder that represents S3: access logs under AWS's keys. */
  readonly logDir: string;
  readonly notes: readonly string[];
  /**
   * Changes the running system to a new declaration without dropping a connection or failing a
   * request, in the order of `pulumi up`: new parts are created and healthy first, then load
   * balancers change, then the edge, and parts that are no longer declared are removed last.
   * Resolves when all of that is done, including draining. Every property of this object then shows
   * the new state. One update runs at a time; others wait.
   *
   * @throws {ServeError} if the resources cannot be served, the front would change its port or kind, or
   * new tasks do not become healthy; nothing has changed then
   */
  update(resources: readonly LocalResource[]): Promise<void>;
  /**
   * Moves the deployment of a service to one of its steps, by index; to 0, its new tasks end and the
   * old ones have all requests again. Resolves when the weights are set and the tasks are healthy.
   *
   * @throws {ServeError} if new tasks do not become healthy; nothing has changed then
   */
  moveDeployment(service: string, at: number): Promise<void>;
  /** Ends everything, without leaving a process, port or file open. */
  close(): Promise<void>;
}
