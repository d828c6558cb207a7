/** What can be chosen about a path, in plain values. */
import type { AppSocket } from "./appSocket";
import type { ClientCertificateMode } from "./clientCertificates";
import type { CountryRestriction, FrontSpec } from "./front";
import type { EdgeHttpVersion, OriginHttpVersion, RequestKind } from "./types";

/** Choices that every variant has. */
export interface PathChoices {
  /** Port that nginx listens on in the task. @default 8080 */
  readonly servicePort?: number;
  /** Port of an app behind nginx in the same task. Absent: nginx answers by itself. */
  readonly appPort?: number;
  /** What that port takes, where the load balancer calls the app. Absent: nginx is in front of it. */
  readonly appSocket?: AppSocket;
  /**
   * Full names of gRPC services, next to ordinary requests. Of a variant that is for gRPC only, all
   * services are. @default none
   */
  readonly grpcServices?: readonly string[];
  /** Port on which the app takes gRPC. @default `appPort` */
  readonly grpcPort?: number;
  /** Protocol between the load balancer and the tasks. @default "http" */
  readonly originProtocol?: "http" | "https";
  /** Seconds the load balancer keeps an idle connection; 1 to 4000. @default 60 */
  readonly idleSeconds?: number;
  /** Address family of the load balancer. @default "ipv4" */
  readonly ipAddressType?: "ipv4" | "dualstack";
  /** True where the subnets were given, so that other systems may share the VPC. @default false */
  readonly sharedVpc?: boolean;
  /** What is decided about a request before a service gets it. @default every request passes */
  readonly front?: FrontSpec;
  /** What viewers are asked for in the TLS handshake. @default nothing */
  readonly clientCertificates?: ClientCertificateMode;
  /** True when a web ACL (AWS WAF) protects what viewers call. @default false */
  readonly waf?: boolean;
  /** Kinds of request that must be answered. @default those of the variant */
  readonly mustWork?: readonly RequestKind[];
  /**
   * True when the load balancer has a certificate. Without one its listener is plain HTTP on
   * port 80, which only a VPC origin allows; a path without CloudFront cannot do without.
   */
  readonly loadBalancerCertificate: boolean;
  /** A listener for tests of a deployment's new tasks, and the ranges it admits. @default none */
  readonly testListener?: { readonly port: number; readonly cidrs: readonly string[] };
  /** Names on that certificate. Leave out where only its ARN is known. */
  readonly loadBalancerCertificateNames?: readonly string[];
}

/** Choices of the variants behind CloudFront. */
export interface ViaCloudfrontChoices extends PathChoices {
  /** How CloudFront reaches the load balancer. @default "prefix-list" */
  readonly access?: "prefix-list" | "vpc-origin";
  /**
   * What CloudFront asks the load balancer for, where the variant leaves a choice. `http2` needs the
   * load balancer's certificate. @default "http1.1"
   */
  readonly originHttpVersion?: OriginHttpVersion;
  /** Names viewers call: the distribution's aliases. Empty: its own *.cloudfront.net name. */
  readonly viewerNames: readonly string[];
  /** The origin's domain name; CloudFront's TLS check accepts a certificate that has it. */
  readonly originName: string;
  /** True when the viewer's Host header reaches the load balancer. @default true */
  readonly forwardsHost?: boolean;
  /** Countries whose viewers are admitted. @default all */
  readonly countries?: CountryRestriction;
  /** What viewers may speak to CloudFront. @default "http2and3" */
  readonly httpVersions?: EdgeHttpVersion;
  /** Seconds CloudFront waits for an answer. @default 30 */
  readonly readSeconds?: number;
  /** Seconds CloudFront keeps an idle connection to the load balancer. @default 5 */
  readonly keepAliveSeconds?: number;
}

/** Choices of the variants whose viewers call the load balancer. */
export interface DirectChoices extends PathChoices {
  /** Who may call. @default ["0.0.0.0/0"], the internet: the variant is defined by it */
  readonly allowedCidrs?: readonly string[];
  /** True for a second listener on port 80 that redirects to HTTPS. @default false */
  readonly redirectHttp?: boolean;
}

/** Choices of any variant. Each reads its own and leaves the others alone. */
export interface VariantChoices extends ViaCloudfrontChoices, DirectChoices {}
