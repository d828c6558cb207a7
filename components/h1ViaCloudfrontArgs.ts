import type * as pulumi from "@pulumi/pulumi";
import type { MinimumTls } from "../path/tlsPolicies";
import type { EdgeHttpVersion } from "../path/types";
import type { PathAlarmsArgs } from "./alarms";
import type { DomainArgs } from "./domain";
import type { EdgeLogFormat } from "./edgeLogs";
import type { EdgeLogs } from "./logBucketPolicy";
import type { OriginSecretArgs } from "./originSecret";
import type { PlacementArgs } from "./placement";
import type { SiteArgs } from "./staticSite";
import type { WafArgs } from "./webAclArgs";
import type { ServiceArgs } from "./webService";

/** Timeouts of the hops behind CloudFront, in seconds. */
export interface H1TimeoutsArgs {
  /** The load balancer keeps an idle connection this long; nginx 15 s longer. 1 to 4000. @default 60 */
  idle?: number;
  /** CloudFront waits this long for an answer. 1 to 120. @default 30 */
  read?: number;
  /** CloudFront keeps an idle connection this long; under `idle`. 1 to 120. @default 5 */
  keepAlive?: number;
  /** A stopping task may finish its requests this long. At most 115. @default 30 */
  drain?: number;
}

/** The way from CloudFront to the tasks. */
export interface H1OriginArgs {
  /**
   * `prefix-list`: a public load balancer that admits CloudFront's addresses only;
   * `vpc-origin`: an internal one, which CloudFront reaches inside AWS's network.
   * @default "prefix-list"
   */
  access?: "prefix-list" | "vpc-origin";
  /** Protocol from the load balancer to the tasks. @default "http" */
  protocol?: "http" | "https";
  /** Which values of the secret header are in use, for its rotation. */
  secret?: OriginSecretArgs;
  timeouts?: H1TimeoutsArgs;
}

/** What viewers may speak to CloudFront. */
export interface H1ViewersArgs {
  /** @default "http2and3" */
  httpVersions?: EdgeHttpVersion;
  /** Oldest TLS version for viewers. CloudFront's own certificate allows no choice. @default "1.2" */
  minimumTls?: MinimumTls;
}

/** Logs of both ends of the path, in one bucket. */
export interface H1LogsArgs {
  /**
   * A bucket of the load balancer's region whose policy admits the writers already, as that of a
   * `LogBucket` does: AWS writes a test object when a log is switched on.
   */
  bucketName: pulumi.Input<string>;
  /** The load balancer's access log, a line for each request: where a 464 is found. @default false */
  access?: boolean;
  /** The load balancer's connections, with what came of their TLS handshakes. @default false */
  connections?: boolean;
  /** The load balancer's health checks. @default false */
  healthChecks?: boolean;
  /**
   * CloudFront's standard logs: version 2, or the legacy ones, whose bucket must take ACLs.
   * @default "off"
   */
  edge?: EdgeLogs;
  /**
   * A bucket apart for the legacy logs, one that takes ACLs: CloudFront adds a grant to the bucket's
   * ACL and leaves it there, so that ACLs can never be switched off again. @default `bucketName`
   */
  legacyBucketName?: pulumi.Input<string>;
  /** Format of version 2. @default "w3c" */
  edgeFormat?: EdgeLogFormat;
}

export interface H1ViaCloudfrontArgs {
  placement: PlacementArgs;
  service: ServiceArgs;
  /**
   * The name viewers call. Without it they call the distribution's own *.cloudfront.net name, and
   * `origin.access` must be `vpc-origin`: a public load balancer needs a certificate.
   */
  domain?: DomainArgs;
  origin?: H1OriginArgs;
  viewers?: H1ViewersArgs;
  /** A static site in S3 beside the service. @default none */
  site?: SiteArgs;
  /** Logs of CloudFront and of the load balancer. @default none */
  logs?: H1LogsArgs;
  /** A web ACL at CloudFront; `{}` for all defaults. @default no web ACL */
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
