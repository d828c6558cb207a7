import type * as pulumi from "@pulumi/pulumi";
import type { EdgeHttpVersion } from "../../path/types";
import type { DomainArgs } from "../dns/domain";
import type { EdgeLogFormat } from "../edge/edgeLogs";
import type { EdgeLogs } from "../logs/logBucketPolicy";
import type { OriginSecretArgs } from "../security/originSecret";
import type { PathArgs, PathOriginArgs, PathTimeoutsArgs, PathViewersArgs } from "./pathArgs";
import type { LoadBalancerLogsArgs } from "../service/pathLoadBalancer";
import type { SiteArgs } from "../site/staticSite";

/** Timeouts of the hops behind CloudFront, in seconds. */
export interface CloudfrontTimeoutsArgs extends PathTimeoutsArgs {
  /** CloudFront waits this long for an answer. 1 to 120. @default 30 */
  read?: number;
  /** CloudFront keeps an idle connection this long; under `idle`. 1 to 120. @default 5 */
  keepAlive?: number;
}

/** The way from CloudFront to the tasks. */
export interface CloudfrontOriginArgs extends PathOriginArgs {
  /**
   * `prefix-list`: a public load balancer that admits CloudFront's addresses only;
   * `vpc-origin`: an internal one, which CloudFront reaches inside AWS's network.
   * @default "prefix-list"
   */
  access?: "prefix-list" | "vpc-origin";
  /** Which values of the secret header are in use, for its rotation. */
  secret?: OriginSecretArgs;
  timeouts?: CloudfrontTimeoutsArgs;
}

/** What viewers may speak to CloudFront. */
export interface CloudfrontViewersArgs extends PathViewersArgs {
  /** @default "http2and3" */
  httpVersions?: EdgeHttpVersion;
}

/** Logs of both ends of the path, in one bucket, whose policy a `LogBucket` has. */
export interface CloudfrontLogsArgs extends LoadBalancerLogsArgs {
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

/** Arguments of every variant behind CloudFront. */
export interface ViaCloudfrontArgs extends PathArgs {
  /**
   * The name viewers call. Without it they call the distribution's own *.cloudfront.net name, and
   * `origin.access` must be `vpc-origin`: a public load balancer needs a certificate.
   */
  domain?: DomainArgs;
  origin?: CloudfrontOriginArgs;
  viewers?: CloudfrontViewersArgs;
  /** A static site in S3 beside the service. @default none */
  site?: SiteArgs;
  /** Logs of CloudFront and of the load balancer. @default none */
  logs?: CloudfrontLogsArgs;
}
