import * as pulumi from "@pulumi/pulumi";
import type { MinimumTls } from "../path/tlsPolicies";
import type { Finding, Hop } from "../path/types";
import type { DomainArgs } from "./domain";
import { createOriginParts, keepingChildrenOf } from "./originParts";
import { loadBalancerTarget, pathDns } from "./pathDns";
import type { PathLoadBalancer } from "./pathLoadBalancer";
import { planH2Direct } from "./pathPlan";
import type { PathSecurityGroups } from "./pathSecurityGroups";
import type { PlacementArgs } from "./placement";
import { reportFindings } from "./reportFindings";
import type { ServiceArgs, WebService } from "./webService";

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
  /** True where other systems share the VPC; weighs in the findings. @default false */
  sharedVpc?: boolean;
  /** True to refuse deletion of the load balancer. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * viewer → ALB (HTTP/2) → target group HTTP2 → nginx over HTTP/2, without CloudFront.
 *
 * Every HTTP/1.1 client gets 464
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version).
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class H2Direct extends pulumi.ComponentResource {
  /** What viewers call. */
  public readonly url: pulumi.Output<string>;
  public readonly hops: readonly Hop[];
  /** Warnings and notes; also printed at preview. */
  public readonly findings: readonly Finding[];
  public readonly securityGroups: PathSecurityGroups;
  public readonly loadBalancer: PathLoadBalancer;
  public readonly service: WebService;

  constructor(name: string, args: H2DirectArgs, opts?: pulumi.ComponentResourceOptions) {
    const { spec, hops, findings } = planH2Direct(name, args);
    super("hopwise:index:H2Direct", name, {}, keepingChildrenOf("H1ViaCloudfront", opts));
    this.hops = hops;
    this.findings = findings;
    reportFindings(findings, this);

    const certificateNames = { loadBalancer: args.domain === undefined ? [] : [args.domain.name] };
    const dns = pathDns(name, certificateNames, args, this);
    const { securityGroups, loadBalancer, service } = createOriginParts(this, name, spec, args, {
      certificateArn: dns.loadBalancerCertificateArn,
      minimumTls: args.viewers?.minimumTls,
    });
    this.securityGroups = securityGroups;
    this.loadBalancer = loadBalancer;
    this.service = service;
    const { dnsName } = loadBalancer.loadBalancer;
    if (args.domain !== undefined) {
      const { ipAddressType } = args.placement;
      dns.alias(
        "viewers",
        args.domain.name,
        loadBalancerTarget(loadBalancer.loadBalancer, ipAddressType),
      );
    }

    this.url = pulumi.interpolate`https://${args.domain?.name ?? dnsName}`;
    this.registerOutputs({ url: this.url });
  }
}
