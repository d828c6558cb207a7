import type * as pulumi from "@pulumi/pulumi";
import type { MinimumTls } from "../path/tlsPolicies";
import type { PathAlarmsArgs } from "./alarms";
import type { DomainArgs } from "./domain";
import type { LoadBalancerLogsArgs } from "./pathLoadBalancer";
import type { PlacementArgs } from "./placement";
import type { WafArgs } from "./webAclArgs";
import type { ServiceArgs } from "./webService";

/** Timeouts of the path, in seconds. */
export interface H2TimeoutsArgs {
  /** The load balancer keeps an idle connection this long; nginx 15 s longer. 1 to 4000. @default 60 */
  idle?: number;
  /** A stopping task may finish its requests this long. At most 115. @default 30 */
  drain?: number;
}

/** The way from the load balancer to the tasks. */
export interface H2OriginArgs {
  /** Protocol from the load balancer to the tasks. @default "http" */
  protocol?: "http" | "https";
  timeouts?: H2TimeoutsArgs;
}

/** Who may call the load balancer, and how. */
export interface H2ViewersArgs {
  /**
   * Address ranges that may call, IPv4 or IPv6. The default is the internet: the variant is
   * defined by viewers reaching the load balancer. @default ["0.0.0.0/0"]
   */
  allowedCidrs?: string[];
  /** Oldest TLS version. @default "1.2" */
  minimumTls?: MinimumTls;
  /** True for a second listener on port 80 that redirects to HTTPS. @default false */
  redirectHttp?: boolean;
}

export interface H2DirectArgs {
  placement: PlacementArgs;
  service: ServiceArgs;
  /**
   * The name viewers call. Without it there is no certificate, without a certificate no HTTPS
   * listener, and without that no HTTP/2: leaving it out is an error that says so.
   */
  domain?: DomainArgs;
  origin?: H2OriginArgs;
  viewers?: H2ViewersArgs;
  /** The load balancer's logs. @default none */
  logs?: LoadBalancerLogsArgs;
  /** A web ACL at the load balancer; `{}` for all defaults. @default no web ACL */
  waf?: WafArgs;
  /** True where other systems share the VPC; weighs in the findings. @default false */
  sharedVpc?: boolean;
  /** CloudWatch alarms and whom they tell; `{}` for all defaults. @default no alarms */
  alarms?: PathAlarmsArgs;
  /**
   * True where GuardDuty's Runtime Monitoring watches the tasks (see `ThreatDetection`): they may
   * pull its agent, and the cluster is marked for it. @default false
   */
  runtimeMonitoring?: boolean;
  /** True to refuse deletion of the load balancer. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}
