/** What the kit takes and gives back. These types are published; the command's own are not. */
import type {
  HttpProtocol,
  Method,
  PathAnswer,
  PathRequest,
  RequestKind,
  Hop,
} from "../path/types";
import type { Finding } from "../rules/finding";
import type { Position } from "../topology/resource";
import type { ServedStack, ServeOptions } from "./servedTypes";

/** Which program to evaluate, and with what. The options are those of the `hopwise plan` command. */
export interface EvaluateOptions {
  /** Folder with Pulumi.yaml. @default the working directory */
  readonly projectDir?: string;
  /**
   * A file that declares resources, in place of a project: a program of the test itself, for example
   * with one component. Its settings are only those of `config`.
   *
   * @default the program of `projectDir`
   */
  readonly main?: string;
  /** Stack whose settings are used. @default the only one with a file, or else `dev` */
  readonly stack?: string;
  /**
   * Settings in place of those in the stack's file, by key: `"aws:region"`, or a key of the project
   * by itself. Everything but a text is passed as JSON.
   *
   * @default only those of the file
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Outputs of other stacks, by the name with which the program refers to them. @default unknown */
  readonly stackOutputs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Values of the stack's ESC environments, by name. @default unknown */
  readonly environments?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Seconds that the program may take. @default 60 */
  readonly timeLimit?: number;
  /**
   * What happens if AWS, or a component of hopwise, refuses the program: the promise rejects, or the
   * result has the reasons and every answer is `"not known"`. @default "throw"
   */
  readonly onRefusal?: "throw" | "continue";
}

/** A resource or provider function of the program, and where that is. */
export interface ResourcePlace {
  /** Absent for a function. */
  readonly urn?: string;
  /** Pulumi type token, or the function's. */
  readonly type: string;
  /** Logical name. Absent for a function. */
  readonly name?: string;
  /** File and line, relative to the program's folder. */
  readonly position?: Position;
}

/** A resource that the program declares. */
export interface Resource {
  readonly urn: string;
  /** Pulumi type token, e.g. `aws:lb/targetGroup:TargetGroup`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** URN of the component that contains it. */
  readonly parent?: string;
  /** Id, as AWS would return it. Empty for a component. */
  readonly id: string;
  /** What the program wrote. A secret is `[secret]`, an unknown value {@link UNKNOWN}. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs, and what AWS computes. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly position?: Position;
}

/** A finding, and the resource that has to change. */
export interface StackFinding extends Finding {
  readonly resource?: ResourcePlace;
  /** Indexes in {@link Stack.paths}; empty: it is about resources. */
  readonly paths: readonly number[];
}

/** Something that AWS refuses. */
export interface Refusal {
  /** AWS's error code, if it has one. */
  readonly code?: string;
  readonly message: string;
  /** AWS's page about it. */
  readonly source?: string;
  readonly resource?: ResourcePlace;
}

/** One connection of a path. */
export interface PathHop extends Hop {
  /** Set if requests that must work end here. */
  readonly broken?: { readonly status?: number; readonly why: string };
}

/** A typical request of a path, and its result. */
export interface TypicalRequest {
  /** `a viewer, HTTP/2`. */
  readonly title: string;
  readonly kind: RequestKind;
  readonly protocol: HttpProtocol;
  readonly status: AnswerStatus;
  readonly why: string;
}

/** A route of requests from viewer to container. */
export interface StackPath {
  /** What a viewer calls: `app.example.com/api/*`. */
  readonly title: string;
  readonly hops: readonly PathHop[];
  /** Empty if something unknown decides the results. */
  readonly requests: readonly TypicalRequest[];
  /** Values of the path that are not known before the deployment. Absent: all are known. */
  readonly unknown?: readonly string[];
}

/** A container's port, and who can open a connection to it. */
export interface ContainerAccess {
  /** Logical name of the ECS service. */
  readonly service: string;
  /** Absent, with everything below, if the program does not say which containers the service has. */
  readonly container?: string;
  readonly port?: number;
  /**
   * Whom the service's security groups admit: `security group alb`, `10.0.0.0/16`,
   * `the internet (IPv4)`. Empty: nobody. Absent: not known.
   */
  readonly who?: readonly string[];
  /** True if the tasks have public addresses. Absent: not known. */
  readonly publicAddress?: boolean;
}

/**
 * The status that the caller sees; 200 stands for the container's own answer. `not admitted`: a
 * security group drops the connection. `refused`: nothing listens, or TLS or the protocol is refused.
 * `not known`: something unknown, or not modelled, decides it.
 */
export type AnswerStatus = number | "not admitted" | "refused" | "not known";

/** What one request gets. */
export interface Answer {
  readonly status: AnswerStatus;
  /** Who answers, or where it is decided: `load balancer web`, `container nginx of web`. */
  readonly by: string;
  /** The reason, in a sentence. */
  readonly why: string;
  /** Protocol of each connection that the request travels, the caller's first. */
  readonly travelled: PathAnswer["travelled"];
  /** What the program does not say, and the answer depends on. */
  readonly assumed: readonly string[];
}

/** A request. */
export interface RequestOptions {
  /** @default "websocket" for a ws: or wss: URL, otherwise "http" */
  readonly kind?: RequestKind;
  /** @default "POST" for gRPC, otherwise "GET" */
  readonly method?: Method;
  /** @default the newest that is offered, HTTP/3 aside; HTTP/1.1 for a WebSocket and without TLS */
  readonly protocol?: HttpProtocol;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Who sends it: another CloudFront distribution, a host in the VPC, or an address.
   * @default a caller on the internet
   */
  readonly from?: PathRequest["from"];
  /** True: the caller has signed in, where a listener asks for it. @default false */
  readonly signedIn?: boolean;
  /**
   * The viewer's country, as ISO 3166-1 alpha-2, for CloudFront's geographic restriction.
   * @default one that CloudFront does not know: it serves such viewers
   */
  readonly country?: string;
  /** True: the caller has the password of `viewers.password`. @default false */
  readonly password?: boolean;
  /** True: the caller shows a client certificate that is trusted, where one is asked for. @default false */
  readonly clientCertificate?: boolean;
  /**
   * Logical name of the load balancer or distribution that the caller connects to, whatever the URL's
   * name resolves to: past CloudFront, or if the name is not in the program.
   * @default the one with the name in the URL
   */
  readonly connectTo?: string;
}

/** Paths and findings as plain data that only changes when the program's behaviour does. */
export interface Snapshot {
  readonly paths: readonly {
    readonly path: string;
    readonly hops: readonly string[];
    readonly requests: Readonly<Record<string, AnswerStatus>>;
    readonly unknown?: readonly string[];
  }[];
  /** `error edge-http1-to-http2-target: nginx`. */
  readonly findings: readonly string[];
}

/** An evaluated stack. */
export interface Stack {
  readonly project: string;
  readonly stack: string;
  /** `error`: a finding is an error, or AWS refuses something. `unknown`: not everything that decides a path is known. */
  readonly verdict: "ok" | "error" | "unknown";
  /** False if something that decides a path is not known, or AWS refuses something. */
  readonly complete: boolean;
  /** In the order of their creation. */
  readonly resources: readonly Resource[];
  /** The stack's outputs, without secrets. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Worst first; the same as those of `hopwise plan` and the policy pack. */
  readonly findings: readonly StackFinding[];
  /** What AWS refuses; only with `onRefusal: "continue"`. */
  readonly refusals: readonly Refusal[];
  /** The viewers' main path at index 0. */
  readonly paths: readonly StackPath[];
  /** Who can open a connection to the containers, past load balancers too. */
  readonly containers: readonly ContainerAccess[];
  /** What the program does not say, and was assumed. */
  readonly assumed: readonly string[];
  /**
   * The resource with a logical name.
   *
   * @param type its type token, or the last part of it (`TargetGroup`). @default any
   * @throws Error if there is none, or there are several
   */
  resource(name: string, type?: string): Resource;
  /**
   * What a request gets.
   *
   * @param url as on AWS, or only its path, on the viewers' main name
   * @throws Error if the name in the URL is not one of the stack's
   */
  answer(url: string, options?: RequestOptions): Answer;
  /** For the snapshot function of the test runner. */
  snapshot(): Snapshot;
  /**
   * Serves the stack on this machine, as `hopwise local` does, in a separate process.
   *
   * @throws Error if it cannot be served, or a container has neither nginx nor a replacement
   */
  serve(options?: ServeOptions): Promise<ServedStack>;
}
