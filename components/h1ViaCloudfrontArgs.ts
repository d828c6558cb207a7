import type * as pulumi from "@pulumi/pulumi";
import type { MinimumTls } from "../path/tlsPolicies";
import type { EdgeHttpVersion } from "../path/types";
import type { DomainArgs } from "./domain";
import type { OriginSecretArgs } from "./originSecret";
import type { PlacementArgs } from "./placement";
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
  /** True where other systems share the VPC; weighs in the findings. @default false */
  sharedVpc?: boolean;
  /** True to refuse deletion of the load balancer. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}
