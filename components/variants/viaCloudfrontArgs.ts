import type * as pulumi from "@pulumi/pulumi";
import type { EdgeHttpVersion } from "../../path/types";
import type { DomainArgs } from "../dns/domain";
import type { CountriesArgs, ErrorPagesArgs, ViewerPasswordArgs } from "../edge/frontArgs";
import type { EdgeLogFormat } from "../edge/edgeLogs";
import type { EdgeLogs } from "../logs/logBucketPolicy";
import type { OriginSecretArgs } from "../security/originSecret";
import type { PathArgs, PathOriginArgs, PathTimeoutsArgs, PathViewersArgs } from "./pathArgs";
import type { LoadBalancerLogsArgs } from "../service/pathLoadBalancer";
import type { SiteArgs } from "../site/staticSite";

/** Timeouts of the hops behind CloudFront, in seconds. */
export interface CloudfrontTimeoutsArgs extends PathTimeoutsArgs {
  /** How long CloudFront waits for a response. 1 to 120. @default 30 */
  read?: number;
  /** How long CloudFront keeps an idle connection; below `idle`. 1 to 120. @default 5 */
  keepAlive?: number;
}

/** The hops from CloudFront to the tasks. */
export interface CloudfrontOriginArgs extends PathOriginArgs {
  /**
   * `prefix-list`: a public load balancer that only admits CloudFront's addresses;
   * `vpc-origin`: an internal one, which CloudFront reaches inside AWS's network.
   * @default "prefix-list"
   */
  access?: "prefix-list" | "vpc-origin";
  /** Which values of the secret header are in use, for its rotation. */
  secret?: OriginSecretArgs;
  timeouts?: CloudfrontTimeoutsArgs;
}

/** The protocols that viewers may use with CloudFront. */
export interface CloudfrontViewersArgs extends PathViewersArgs {
  /** @default "http2and3" */
  httpVersions?: EdgeHttpVersion;
  /** Countries whose viewers are admitted; all others get 403. @default all */
  countries?: CountriesArgs;
  /** A password for everything but error pages. @default none */
  password?: ViewerPasswordArgs;
  /** Pages for errors. @default those of the origin and of CloudFront */
  errorPages?: ErrorPagesArgs;
  /** Paths that are redirected with 301, each with a path or an https:// address. @default none */
  redirects?: Record<string, string>;
}

/** Logs of CloudFront and the load balancer, in one bucket with the policy of a `LogBucket`. */
export interface CloudfrontLogsArgs extends LoadBalancerLogsArgs {
  /**
   * CloudFront's standard logs: version 2, or the legacy ones, whose bucket must allow ACLs.
   * @default "off"
   */
  edge?: EdgeLogs;
  /**
   * A separate bucket for the legacy logs, with ACLs enabled: CloudFront adds a grant to the
   * bucket's ACL and leaves it there, so that ACLs can never be switched off again. @default
   * `bucketName`
   */
  legacyBucketName?: pulumi.Input<string>;
  /** Format of version 2. @default "w3c" */
  edgeFormat?: EdgeLogFormat;
}

/** Arguments of every variant behind CloudFront. */
export interface ViaCloudfrontArgs extends PathArgs {
  /**
   * The name that viewers call. Without it they call the distribution's own *.cloudfront.net name,
   * and `origin.access` must be `vpc-origin`: a public load balancer needs a certificate.
   */
  domain?: DomainArgs;
  origin?: CloudfrontOriginArgs;
  viewers?: CloudfrontViewersArgs;
  /** A static site in S3, in addition to the service. @default none */
  site?: SiteArgs;
  /** Logs of CloudFront and of the load balancer. @default none */
  logs?: CloudfrontLogsArgs;
}
