import type * as pulumi from "@pulumi/pulumi";
import type { MinimumTls } from "../../path/tlsPolicies";
import type { PathAlarmsArgs } from "../alarms/alarms";
import type { DomainArgs } from "../dns/domain";
import type { LoadBalancerLogsArgs } from "../service/pathLoadBalancer";
import type { PlacementArgs } from "../network/placement";
import type { WafArgs } from "../security/webAclArgs";
import type { ServiceArgs } from "../service/webService";

/** Timeouts of the path, in seconds. */
export interface PathTimeoutsArgs {
  /**
   * How long the load balancer keeps an idle connection; nginx 15 s more. 1 to 4000.
   * @default 60
   */
  idle?: number;
  /** How long a stopping task may finish its requests. At most 115. @default 30 */
  drain?: number;
}

/** The hops to the tasks. */
export interface PathOriginArgs {
  /** Protocol from the load balancer to the tasks. @default "http" */
  protocol?: "http" | "https";
  timeouts?: PathTimeoutsArgs;
}

/** The protocols that viewers may use. */
export interface PathViewersArgs {
  /** Oldest TLS version for viewers; fixed with CloudFront's default certificate. @default "1.2" */
  minimumTls?: MinimumTls;
}

/** Arguments that the components of all variants take. */
export interface PathArgs {
  placement: PlacementArgs;
  service: ServiceArgs;
  /** The name that viewers call. */
  domain?: DomainArgs;
  origin?: PathOriginArgs;
  viewers?: PathViewersArgs;
  /** The load balancer's logs. @default none */
  logs?: LoadBalancerLogsArgs;
  /** A web ACL in front of what viewers call; `{}` for all defaults. @default no web ACL */
  waf?: WafArgs;
  /** True if other systems share the VPC, which some rules consider. @default false */
  sharedVpc?: boolean;
  /** CloudWatch alarms and whom they notify; `{}` for all defaults. @default no alarms */
  alarms?: PathAlarmsArgs;
  /**
   * True if GuardDuty's Runtime Monitoring monitors the tasks (see `ThreatDetection`): they may
   * pull its agent, and the cluster is tagged for it. @default false
   */
  runtimeMonitoring?: boolean;
  /** True to refuse deletion of the load balancer. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}
