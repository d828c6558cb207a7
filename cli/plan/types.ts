/**
 * A stack's plan: what `hopwise plan` prints, as plain data. `docs/plan.schema.json` describes its
 * JSON form; every change here that is not an addition increases `schemaVersion`.
 */
import type { Position } from "../../topology/resource";
import type { ResourcePlace, ProgramFinding } from "../findings";
import type { PlanTasks } from "./tasks";
import type { Hop, HttpProtocol, Node, PathAnswer, RequestKind } from "../../path/types";

export const planSchemaVersion = 3;

/** Everything that is known about a stack before it is deployed. */
export interface Plan {
  readonly schemaVersion: typeof planSchemaVersion;
  readonly project: string;
  readonly stack: string;
  /** Region of the stack's AWS provider; absent if the settings name none. */
  readonly region?: string;
  /** The variant, from the program's output of that name. */
  readonly variant?: string;
  /**
   * False when the program was refused (what is said of resources is then what there was by then), and
   * when something that decides a path is not known.
   */
  readonly complete: boolean;
  /**
   * `error` when a finding is an error or the program was refused; `unknown` when nothing is wrong in
   * what is known, but the plan is not complete.
   */
  readonly verdict: "ok" | "error" | "unknown";
  /** What AWS refuses, and no finding says. */
  readonly refusals: readonly PlanRefusal[];
  /** Every path to a container, the viewers' main path at index 0. */
  readonly paths: readonly PlanPath[];
  /** Ends of paths whose beginning is not known; only in a plan that is not complete. */
  readonly partialPaths: readonly PlanPartialPath[];
  /** Behaviours of distributions that end at something else than a load balancer of the program. */
  readonly otherOrigins: readonly OtherOrigin[];
  /** Containers of services without a load balancer, which their callers reach directly. */
  readonly direct: readonly PlanDirectContainer[];
  /** Services whose deployments shift requests between two target groups. */
  readonly deployments: readonly PlanDeployment[];
  /** Services whose deployments ECS ends by alarms, with any strategy. */
  readonly rollbacks: readonly PlanRollback[];
  /** How many tasks each service has, and what changes it. */
  readonly tasks: readonly PlanTasks[];
  /** Worst first: the first one is the headline. */
  readonly findings: readonly PlanFinding[];
  /** Findings that the policy pack's configuration disables or excepts. They decide nothing. */
  readonly accepted: readonly PlanAccepted[];
  readonly notChecked: readonly PlanNotChecked[];
  /** What the model does not know: each makes the plan incomplete where it may decide a path. */
  readonly notModelled: readonly PlanNotModelled[];
  /** What the program does not say, and was assumed. */
  readonly assumed: readonly string[];
  /** The resources under their components. */
  readonly components: PlanComponent;
  readonly resources: readonly PlanResource[];
  /** What is open to whom, in and out. */
  readonly openings: readonly Opening[];
  readonly cost: PlanCost;
}

export interface PlanRefusal {
  /** AWS's own error code, if it has one. */
  readonly code?: string;
  readonly message: string;
  readonly source?: string;
  /** The resource that AWS refuses; absent if the program itself failed. */
  readonly resource?: ResourcePlace;
  /** Where the program failed, if that is known. */
  readonly position?: Position;
}

/** One path, hop by hop. */
export interface PlanPath {
  /** What a viewer calls: `app.example.com/api/*`. */
  readonly title: string;
  /** Path pattern of the distribution's behaviour. */
  readonly pathPattern?: string;
  /** Priority of the listener's rule; absent for the default action. */
  readonly rulePriority?: number;
  /** The resources that are the path's nodes. */
  readonly nodes: readonly PlanNode[];
  readonly hops: readonly PlanHop[];
  /** What requests get, the typical ones first. None where something that is not known decides it. */
  readonly requests: readonly PlanRequest[];
  /**
   * Values that are not known, e.g. `protocolVersion of web`: the path is shown as if the program had
   * left them to AWS. Absent: all are known.
   */
  readonly unknown?: readonly string[];
}

/** A container behind a load balancer whose paths are not known. */
export interface PlanPartialPath {
  /** Logical name of the target group; absent where it is not known either. */
  readonly targetGroup?: string;
  readonly protocolVersion?: string;
  /** Logical name of the service. */
  readonly service: string;
  readonly container: string;
  readonly port?: number;
  /** Rules and listeners of the program that forward to it: `rule 2013 (path /orders/*)`. */
  readonly forwardedBy?: readonly string[];
}

/** A port of a container that no load balancer calls. */
export interface PlanDirectContainer {
  /** Logical name of the service. */
  readonly service: string;
  readonly container: string;
  readonly port: number;
  /** Whom its security groups admit, in words; nobody: empty. Absent: not known. */
  readonly who?: readonly string[];
  /** True: each task has an address that the internet reaches. Absent: its instances decide. */
  readonly publicAddress?: boolean;
  /** True: everybody on the internet can call it. Absent: not known. */
  readonly internet?: boolean;
}

/** How a service is deployed, where its new tasks are in another target group than the old ones. */
export interface PlanDeployment {
  /** Logical name of the service. */
  readonly service: string;
  readonly strategy: "blue-green" | "linear" | "canary";
  /** Shares of the new tasks, each with the minutes that it stays. */
  readonly steps: readonly { readonly percent: number; readonly minutes: number }[];
  /** Minutes that all steps take together. */
  readonly minutes: number;
  /** Logical names of both target groups. */
  readonly targetGroups: readonly string[];
  /** Tasks that run in addition meanwhile. */
  readonly furtherTasks: number;
  /** What requests get from the old tasks, and from the new ones. Empty: not known. */
  readonly requests: readonly {
    readonly title: string;
    readonly old: string;
    readonly new: string;
  }[];
  /** The listener for tests of the new tasks, and who may call it. Absent: none that is reached. */
  readonly test?: { readonly port: number; readonly who: string };
}

/** If one of these alarms fires, ECS ends the deployment and goes back to the old tasks. */
export interface PlanRollback {
  /** Logical name of the service. */
  readonly service: string;
  /** Logical names of the program's alarms, names of others. */
  readonly alarms: readonly string[];
}

export interface PlanNode {
  readonly node: Node;
  /** Name of the container, or of AWS's service. */
  readonly label: string;
  /** Logical name of the resource in the program. */
  readonly resource?: string;
  /** What is worth knowing about it, a few words each. */
  readonly details: readonly string[];
}

/** A hop; `broken` if requests that must work end there, and why. */
export interface PlanHop extends Hop {
  readonly broken?: { readonly status?: number; readonly why: string };
}

/** A request, and its result. */
export interface PlanRequest {
  /** `a viewer, HTTP/2`. */
  readonly title: string;
  readonly kind: RequestKind;
  readonly protocol: HttpProtocol;
  readonly tls: boolean;
  readonly entry: "front" | "load-balancer";
  readonly reaches: boolean;
  readonly status?: number;
  readonly outcome: PathAnswer["outcome"];
  readonly at: PathAnswer["at"];
  readonly travelled: readonly HttpProtocol[];
  readonly why: string;
}

export interface OtherOrigin {
  /** Logical name of the distribution. */
  readonly distribution: string;
  readonly viewerNames: readonly string[];
  readonly pathPattern: string;
  readonly origin: string;
  /**
   * `bucket`: in S3, so that no container answers. `function`: the URL of a Lambda function.
   * `elsewhere`: not one of the program's.
   * `not-followed`: a load balancer of the program, of another type than application. `unknown`:
   * its name is not known before the deployment.
   */
  readonly kind: "bucket" | "elsewhere" | "function" | "not-followed" | "unknown";
  /** Whether CloudFront connects to it with TLS, for viewers that use it, and on which port. */
  readonly tls: boolean;
  readonly port: number;
}

/** A finding, its place, and AWS's refusal. */
export interface PlanFinding extends ProgramFinding {
  /** AWS's refusal of the resource, if there is one. */
  readonly refused?: { readonly code: string; readonly message: string };
}

/** A finding that somebody accepts. */
interface PlanAccepted {
  readonly code: string;
  readonly resource?: ResourcePlace;
  /** From the configuration; `disabled` where the rule is. */
  readonly reason: string;
}

/** What could not be checked, and why. */
export interface PlanNotChecked {
  /** A property of a resource, or a resource. */
  readonly what: string;
  readonly why: string;
  /** Codes of the rules that could not be checked; empty: all rules about that resource. */
  readonly codes: readonly string[];
}

/** Resources of a type, or calls of a function, whose computed values the model does not know. */
export interface PlanNotModelled {
  /** Pulumi type token, or the function's; `apply`: what is created in `apply` of an unknown value. */
  readonly type: string;
  /** Logical names; of a function and of `apply`, where it is called. */
  readonly names: readonly string[];
  /** True where requests may enter or end there, so that there may be paths which are not shown. */
  readonly decides: boolean;
}

export interface PlanComponent {
  readonly type: string;
  readonly name: string;
  /** Number of resources in it that are not components. */
  readonly count: number;
  /** Those directly in it, by type. */
  readonly types: Readonly<Record<string, number>>;
  readonly children: readonly PlanComponent[];
}

export interface PlanResource {
  readonly type: string;
  readonly name: string;
  /** Names of the components that contain it, outermost first: `H1ViaCloudfront web`. */
  readonly in: readonly string[];
  /** True where AWS refuses it. */
  readonly refused?: true;
  /** True where Pulumi refuses to delete or replace it. */
  readonly protected?: true;
}

/** One inbound or outbound access. */
export interface Opening {
  readonly direction: "in" | "out";
  /** What is open: the security group, or the distribution. */
  readonly of: string;
  /** The resources that are in the security group. */
  readonly usedBy: readonly string[];
  /** Who may connect (in), or to whom connections are allowed (out). */
  readonly who: string;
  /** True when that is everybody. */
  readonly internet: boolean;
  /** `443`, `1024-65535`, `all`. */
  readonly ports: string;
  readonly protocol: string;
  /** Description of the rule, otherwise its logical name. */
  readonly why: string;
}

export interface PlanCost {
  readonly currency: "USD";
  /** The region of the prices; absent if there are none, and then there is no sum. */
  readonly region?: string;
  /** The date of the prices. */
  readonly asOf: string;
  /** Where they are from. */
  readonly source: string;
  /** Fixed cost of a month of 730 hours without any use; absent if the prices are unknown. */
  readonly monthly?: number;
  /** The same with the most tasks; absent if their number does not change. */
  readonly most?: number;
  readonly items: readonly {
    readonly resource: string;
    readonly what: string;
    readonly quantity: number;
    readonly monthly: number;
    /** Both with the most tasks. */
    readonly most?: { readonly quantity: number; readonly monthly: number };
  }[];
  /** What is paid by use in addition. */
  readonly usageBased: readonly string[];
  /** Types of resources whose price is not in the table. */
  readonly unknown: readonly { readonly type: string; readonly count: number }[];
}
