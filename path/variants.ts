/**
 * The variants' decisions: from a few plain choices to the whole path. Nothing is refused here;
 * `resolvePath` judges the result, so that a bad choice is explained by the rule it breaks.
 */
import { defaults, keepAliveMarginSeconds } from "./defaults";
import { edgeMethods } from "./protocols";
import type {
  ContainerSpec,
  EdgeHttpVersion,
  EdgeSpec,
  ListenerSpec,
  PathSpec,
  RequestKind,
  Source,
  TargetSpec,
} from "./types";

/** Choices that every variant has. */
export interface PathChoices {
  /** Port that nginx listens on in the task. @default 8080 */
  readonly servicePort?: number;
  /** Port of an app behind nginx in the same task. Absent: nginx answers by itself. */
  readonly appPort?: number;
  /** Protocol between the load balancer and the tasks. @default "http" */
  readonly originProtocol?: "http" | "https";
  /** Seconds the load balancer keeps an idle connection; 1 to 4000. @default 60 */
  readonly idleSeconds?: number;
  /** Address family of the load balancer. @default "ipv4" */
  readonly ipAddressType?: "ipv4" | "dualstack";
  /** True where the subnets were given, so that other systems may share the VPC. @default false */
  readonly sharedVpc?: boolean;
  /** True when a web ACL (AWS WAF) protects what viewers call. @default false */
  readonly waf?: boolean;
  /** Kinds of request that must be answered. @default ["http"] */
  readonly mustWork?: readonly RequestKind[];
  /**
   * True when the load balancer has a certificate. Without one its listener is plain HTTP on
   * port 80, which only a VPC origin allows; h2-direct cannot do without.
   */
  readonly loadBalancerCertificate: boolean;
  /** Names on that certificate. Leave out where only its ARN is known. */
  readonly loadBalancerCertificateNames?: readonly string[];
}

/** Choices of `h1-via-cloudfront`. */
export interface H1ViaCloudfrontChoices extends PathChoices {
  /** How CloudFront reaches the load balancer. @default "prefix-list" */
  readonly access?: "prefix-list" | "vpc-origin";
  /** Names viewers call: the distribution's aliases. Empty: its own *.cloudfront.net name. */
  readonly viewerNames: readonly string[];
  /** The origin's domain name; CloudFront's TLS check accepts a certificate that has it. */
  readonly originName: string;
  /** True when the viewer's Host header reaches the load balancer. @default true */
  readonly forwardsHost?: boolean;
  /** What viewers may speak to CloudFront. @default "http2and3" */
  readonly httpVersions?: EdgeHttpVersion;
  /** Seconds CloudFront waits for an answer. @default 30 */
  readonly readSeconds?: number;
  /** Seconds CloudFront keeps an idle connection to the load balancer. @default 5 */
  readonly keepAliveSeconds?: number;
}

/** Choices of `h2-direct`. */
export interface H2DirectChoices extends PathChoices {
  /** Who may call. @default ["0.0.0.0/0"], the internet: the variant is defined by it */
  readonly allowedCidrs?: readonly string[];
  /** True for a second listener on port 80 that redirects to HTTPS. @default false */
  readonly redirectHttp?: boolean;
}

/**
 * viewer → CloudFront (HTTP/1.1, 2, 3) → load balancer → target group `HTTP1` → nginx HTTP/1.1:
 * CloudFront speaks HTTP/1.1 to its origins, so everything behind it does.
 */
export function h1ViaCloudfrontSpec(
  choices: H1ViaCloudfrontChoices,
): PathSpec & { readonly edge: EdgeSpec } {
  const origin = (choices.access ?? defaults.origin.access) === "vpc-origin" ? "vpc" : "public";
  const tls = choices.loadBalancerCertificate;
  return {
    edge: {
      origin,
      httpVersion: choices.httpVersions ?? defaults.viewers.httpVersions,
      viewerProtocolPolicy: "redirect-to-https",
      originProtocolPolicy: tls ? "https-only" : "http-only",
      grpc: false,
      allowedMethods: edgeMethods,
      forwardsHost: choices.forwardsHost ?? true,
      viewerNames: choices.viewerNames,
      originName: choices.originName,
      sendsSecretHeader: true,
      keepAliveSeconds: choices.keepAliveSeconds ?? defaults.origin.timeouts.keepAlive,
      readSeconds: choices.readSeconds ?? defaults.origin.timeouts.read,
    },
    listener: {
      scheme: origin === "vpc" ? "internal" : "internet-facing",
      ...(tls ? httpsListener(choices) : plainListener),
      requiresSecretHeader: true,
      admits: cloudfrontSources(origin, choices),
      idleSeconds: idleSeconds(choices),
      // A public load balancer behind CloudFront opens no port 80: CloudFront redirects viewers.
      redirectsHttp: false,
    },
    target: target(choices, "HTTP1"),
    container: container(choices, ["HTTP/1.1"]),
    ...rest(choices),
  };
}

/** viewer → load balancer (HTTP/2) → target group `HTTP2` → nginx HTTP/2. No CloudFront. */
export function h2DirectSpec(choices: H2DirectChoices): PathSpec {
  const cidrs: readonly string[] = choices.allowedCidrs ?? defaults.viewers.allowedCidrs;
  return {
    listener: {
      scheme: "internet-facing",
      ...httpsListener(choices),
      requiresSecretHeader: false,
      admits: cidrs.map((cidr): Source => ({ kind: "cidr", cidr })),
      idleSeconds: idleSeconds(choices),
      redirectsHttp: choices.redirectHttp ?? defaults.viewers.redirectHttp,
    },
    target: target(choices, "HTTP2"),
    // nginx with `http2 on` answers both on one port; the target group decides that it is HTTP/2.
    container: container(choices, ["HTTP/2", "HTTP/1.1"]),
    ...rest(choices),
  };
}

type ListenerProtocol = Pick<ListenerSpec, "protocol" | "port" | "http2" | "certificateNames">;

const plainListener: ListenerProtocol = { protocol: "HTTP", port: 80, http2: true };

/** An HTTPS listener; without a certificate its list of names is empty, which is a finding. */
function httpsListener(choices: PathChoices): ListenerProtocol {
  return {
    protocol: "HTTPS",
    port: 443,
    http2: true,
    certificateNames: choices.loadBalancerCertificate ? choices.loadBalancerCertificateNames : [],
  };
}

/** IPv6 only where CloudFront can use it: a VPC origin is IPv4 only. */
function cloudfrontSources(origin: "public" | "vpc", choices: PathChoices): Source[] {
  const ipv4: Source = { kind: "cloudfront", ipVersion: 4 };
  const ipv6: Source = { kind: "cloudfront", ipVersion: 6 };
  return origin === "public" && choices.ipAddressType === "dualstack" ? [ipv4, ipv6] : [ipv4];
}

function idleSeconds(choices: PathChoices): number {
  return choices.idleSeconds ?? defaults.origin.timeouts.idle;
}

function target(choices: PathChoices, protocolVersion: TargetSpec["protocolVersion"]): TargetSpec {
  return {
    protocol: originTls(choices) ? "HTTPS" : "HTTP",
    protocolVersion,
    port: choices.servicePort ?? defaults.service.port,
    admits: [{ kind: "load-balancer" }],
  };
}

function container(choices: PathChoices, accepts: ContainerSpec["accepts"]): ContainerSpec {
  return {
    port: choices.servicePort ?? defaults.service.port,
    tls: originTls(choices),
    accepts,
    keepAliveSeconds: idleSeconds(choices) + keepAliveMarginSeconds,
  };
}

function originTls(choices: PathChoices): boolean {
  return (choices.originProtocol ?? defaults.origin.protocol) === "https";
}

function rest(choices: PathChoices): Pick<PathSpec, "appPort" | "mustWork" | "sharedVpc" | "waf"> {
  return {
    appPort: choices.appPort,
    mustWork: choices.mustWork ?? ["http"],
    sharedVpc: choices.sharedVpc ?? false,
    waf: choices.waf ?? false,
  };
}
