import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { MinimumTls } from "../path/tlsPolicies";
import type { EdgeHttpVersion, Finding, Hop } from "../path/types";
import type { DomainArgs } from "./domain";
import { createOriginParts, keepingChildrenOf } from "./originParts";
import { distributionTarget, loadBalancerTarget, pathDns } from "./pathDns";
import { PathDistribution } from "./pathDistribution";
import type { PathLoadBalancer } from "./pathLoadBalancer";
import { loadBalancerCertificateNames, originName, planH1ViaCloudfront } from "./pathPlan";
import type { PathSecurityGroups } from "./pathSecurityGroups";
import { PathVpcOrigin } from "./pathVpcOrigin";
import type { PlacementArgs } from "./placement";
import { reportFindings } from "./reportFindings";
import type { ServiceArgs, WebService } from "./webService";

/** Name of the header that CloudFront adds and the load balancer's rule asks for. */
export const secretHeaderName = "X-Hopwise-Origin-Secret";

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

/**
 * viewer → CloudFront → ALB → target group HTTP1 → nginx over HTTP/1.1, because CloudFront speaks
 * HTTP/1.1 to its origins
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html).
 * The load balancer admits CloudFront's addresses only and forwards only what carries a secret
 * header; everything else gets 403.
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class H1ViaCloudfront extends pulumi.ComponentResource {
  /** What viewers call. */
  public readonly url: pulumi.Output<string>;
  public readonly hops: readonly Hop[];
  /** Warnings and notes; also printed at preview. */
  public readonly findings: readonly Finding[];
  public readonly securityGroups: PathSecurityGroups;
  public readonly loadBalancer: PathLoadBalancer;
  public readonly service: WebService;
  public readonly distribution: PathDistribution;
  /** With `origin.access: "vpc-origin"` only. */
  public readonly vpcOrigin: PathVpcOrigin | undefined;
  /** Value of the secret header. A secret. */
  public readonly originSecret: pulumi.Output<string>;

  constructor(name: string, args: H1ViaCloudfrontArgs, opts?: pulumi.ComponentResourceOptions) {
    const { spec, edge, hops, findings } = planH1ViaCloudfront(name, args);
    super("hopwise:index:H1ViaCloudfront", name, {}, keepingChildrenOf("H2Direct", opts));
    const parent = { parent: this };
    this.hops = hops;
    this.findings = findings;
    reportFindings(findings, this);

    this.originSecret = pulumi.secret(
      new random.RandomPassword(
        `${name}-origin-secret`,
        // Letters and digits: `*` and `?` would be wildcards in the listener's rule.
        { length: 48, special: false },
        parent,
      ).result,
    );
    const secretHeader = { name: secretHeaderName, value: this.originSecret };
    const certificateNames = {
      loadBalancer: loadBalancerCertificateNames(args),
      edge: args.domain === undefined ? [] : [args.domain.name],
    };
    const dns = pathDns(name, certificateNames, args, this);
    const { securityGroups, loadBalancer, service } = createOriginParts(this, name, spec, args, {
      certificateArn: dns.loadBalancerCertificateArn,
      secretHeader,
    });
    this.securityGroups = securityGroups;
    this.loadBalancer = loadBalancer;
    this.service = service;
    this.vpcOrigin =
      edge.origin === "vpc"
        ? new PathVpcOrigin(
            name,
            { listener: spec.listener, loadBalancerArn: loadBalancer.loadBalancer.arn },
            { ...parent, dependsOn: loadBalancer.listener },
          )
        : undefined;
    const ownName = originName(args);
    this.distribution = new PathDistribution(
      name,
      {
        edge,
        originPort: spec.listener.port,
        originDomainName: ownName ?? loadBalancer.loadBalancer.dnsName,
        vpcOriginId: this.vpcOrigin?.vpcOrigin.id,
        secretHeader,
        aliases: args.domain === undefined ? [] : [args.domain.name],
        certificateArn: dns.edgeCertificateArn,
        minimumTls: args.viewers?.minimumTls,
        tags: args.tags,
      },
      parent,
    );
    const { distribution } = this.distribution;
    if (ownName !== undefined) {
      const { ipAddressType } = args.placement;
      dns.alias("origin", ownName, loadBalancerTarget(loadBalancer.loadBalancer, ipAddressType));
    }
    if (args.domain !== undefined) {
      dns.alias("viewers", args.domain.name, distributionTarget(distribution));
    }

    this.url = pulumi.interpolate`https://${args.domain?.name ?? distribution.domainName}`;
    this.registerOutputs({ url: this.url });
  }
}
