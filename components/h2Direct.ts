import * as pulumi from "@pulumi/pulumi";
import type { Hop } from "../path/types";
import type { Finding } from "../rules/finding";
import type { Alarms } from "./alarms";
import type { H2DirectArgs } from "./h2DirectArgs";
import { createOriginParts, keepingChildrenOf } from "./originParts";
import { pathAlarms } from "./pathAlarms";
import { loadBalancerTarget, pathDns, type PathDns } from "./pathDns";
import type { PathLoadBalancer } from "./pathLoadBalancer";
import { planH2Direct } from "./pathPlan";
import type { PathSecurityGroups } from "./pathSecurityGroups";
import { plannedRegion } from "./region";
import { reportFindings } from "./reportFindings";
import { WebAcl } from "./webAcl";
import type { WebService } from "./webService";

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
  /** Certificates and records, as far as they were made. */
  public readonly dns: PathDns;
  /** With `waf` only. */
  public readonly waf: WebAcl | undefined;
  /** With `alarms` only. */
  public readonly alarms: Alarms | undefined;

  constructor(name: string, args: H2DirectArgs, opts?: pulumi.ComponentResourceOptions) {
    const region = plannedRegion(opts);
    const { spec, hops, findings } = planH2Direct(name, { ...args, region });
    super("hopwise:index:H2Direct", name, {}, keepingChildrenOf("H1ViaCloudfront", opts));
    this.hops = hops;
    this.findings = findings;
    reportFindings(findings, this);

    const certificateNames = { loadBalancer: args.domain === undefined ? [] : [args.domain.name] };
    const dns = (this.dns = pathDns(name, certificateNames, args, this));
    const parts = createOriginParts(this, name, spec, args, {
      certificateArn: dns.loadBalancerCertificateArn,
      minimumTls: args.viewers?.minimumTls,
    });
    const { securityGroups, loadBalancer, service } = parts;
    this.securityGroups = securityGroups;
    this.loadBalancer = loadBalancer;
    this.service = service;
    this.alarms = pathAlarms(name, args, parts, dns, { component: this, region, edge: false });
    this.waf =
      args.waf === undefined
        ? undefined
        : new WebAcl(
            name,
            {
              ...args.waf,
              scope: "REGIONAL",
              loadBalancerArn: loadBalancer.loadBalancer.arn,
              tags: args.tags,
            },
            { parent: this },
          );
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
