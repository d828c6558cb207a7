import * as pulumi from "@pulumi/pulumi";
import type { Hop } from "../path/types";
import type { Finding } from "../rules/finding";
import type { Alarms } from "./alarms";
import type { H1ViaCloudfrontArgs } from "./h1ViaCloudfrontArgs";
import { EdgeLogDelivery } from "./edgeLogs";
import { OriginSecret } from "./originSecret";
import { createOriginParts, keepingChildrenOf } from "./originParts";
import { pathAlarms } from "./pathAlarms";
import { distributionTarget, loadBalancerTarget, pathDns, type PathDns } from "./pathDns";
import { PathDistribution } from "./pathDistribution";
import type { PathLoadBalancer } from "./pathLoadBalancer";
import { loadBalancerCertificateNames, originName, planH1ViaCloudfront } from "./pathPlan";
import type { PathSecurityGroups } from "./pathSecurityGroups";
import { PathVpcOrigin } from "./pathVpcOrigin";
import { plannedRegion } from "./region";
import { reportFindings } from "./reportFindings";
import { StaticSite } from "./staticSite";
import { WebAcl } from "./webAcl";
import type { WebService } from "./webService";

/** Name of the header that CloudFront adds and the load balancer's rule asks for. */
export const secretHeaderName = "X-Hopwise-Origin-Secret";

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
  /** Certificates and records, as far as they were made. */
  public readonly dns: PathDns;
  /** With `origin.access: "vpc-origin"` only. */
  public readonly vpcOrigin: PathVpcOrigin | undefined;
  /** With `site` only. */
  public readonly site: StaticSite | undefined;
  /** With `logs.edge: "v2"` only. */
  public readonly edgeLogs: EdgeLogDelivery | undefined;
  /** With `waf` only. */
  public readonly waf: WebAcl | undefined;
  /** With `alarms` only. */
  public readonly alarms: Alarms | undefined;
  /** Values of the secret header. */
  public readonly originSecret: OriginSecret;

  constructor(name: string, args: H1ViaCloudfrontArgs, opts?: pulumi.ComponentResourceOptions) {
    const region = plannedRegion(opts);
    const { spec, edge, hops, findings } = planH1ViaCloudfront(name, { ...args, region });
    super("hopwise:index:H1ViaCloudfront", name, {}, keepingChildrenOf("H2Direct", opts));
    const parent = { parent: this };
    this.hops = hops;
    this.findings = findings;
    reportFindings(findings, this);

    this.originSecret = new OriginSecret(name, args.origin?.secret, parent);
    const certificateNames = {
      loadBalancer: loadBalancerCertificateNames(args),
      edge: args.domain === undefined ? [] : [args.domain.name],
    };
    const dns = (this.dns = pathDns(name, certificateNames, args, this));
    const parts = createOriginParts(this, name, spec, args, {
      certificateArn: dns.loadBalancerCertificateArn,
      secretHeader: { name: secretHeaderName, values: this.originSecret.accepted },
    });
    const { securityGroups, loadBalancer, service } = parts;
    this.securityGroups = securityGroups;
    this.loadBalancer = loadBalancer;
    this.service = service;
    this.alarms = pathAlarms(name, args, parts, dns, { component: this, region, edge: true });
    this.vpcOrigin =
      edge.origin === "vpc"
        ? new PathVpcOrigin(
            name,
            { listener: spec.listener, loadBalancerArn: loadBalancer.loadBalancer.arn },
            { ...parent, dependsOn: loadBalancer.listener },
          )
        : undefined;
    this.site =
      args.site === undefined
        ? undefined
        : new StaticSite(name, { ...args.site, tags: args.tags }, parent);
    this.waf =
      args.waf === undefined
        ? undefined
        : new WebAcl(
            name,
            {
              ...args.waf,
              scope: "CLOUDFRONT",
              redactedHeaders: [secretHeaderName],
              tags: args.tags,
            },
            parent,
          );
    const ownName = originName(args);
    this.distribution = new PathDistribution(
      name,
      {
        edge,
        originPort: spec.listener.port,
        originDomainName: ownName ?? loadBalancer.loadBalancer.dnsName,
        vpcOriginId: this.vpcOrigin?.vpcOrigin.id,
        secretHeader: { name: secretHeaderName, value: this.originSecret.sent },
        site: args.site && this.site?.beside(args.site),
        aliases: args.domain === undefined ? [] : [args.domain.name],
        certificateArn: dns.edgeCertificateArn,
        minimumTls: args.viewers?.minimumTls,
        webAclArn: this.waf?.webAcl.arn,
        legacyLogBucketName:
          args.logs?.edge === "legacy"
            ? (args.logs.legacyBucketName ?? args.logs.bucketName)
            : undefined,
        tags: args.tags,
      },
      parent,
    );
    const { distribution } = this.distribution;
    this.edgeLogs =
      args.logs?.edge === "v2"
        ? new EdgeLogDelivery(
            name,
            {
              distributionArn: distribution.arn,
              bucketName: args.logs.bucketName,
              format: args.logs.edgeFormat,
              tags: args.tags,
            },
            parent,
          )
        : undefined;
    this.site?.admit(distribution);
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
