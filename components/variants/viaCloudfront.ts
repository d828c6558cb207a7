import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SiteRewrite } from "../../path/frontFunction";
import type { Variant } from "../../path/variants";
import type { Alarms } from "../alarms/alarms";
import type { PathDashboard } from "../dashboard/pathDashboard";
import { watchPath } from "../dashboard/watchPath";
import { EdgeLogDelivery } from "../edge/edgeLogs";
import { errorPagePattern, errorPagePrefix, errorPagesOf } from "../edge/errorPages";
import { FrontFunctions } from "../edge/frontFunction";
import { type OriginSecret, secretHeaderName } from "../security/originSecret";
import { PathComponent } from "./pathComponent";
import { distributionTarget, loadBalancerTarget } from "../dns/pathDns";
import { PathDistribution, type PathDistributionArgs } from "../edge/pathDistribution";
import { type PathPlan, planPath, viewerNames } from "./pathPlan";
import { reportMissingGateway } from "../network/internetGateway";
import { requireImages } from "../service/images";
import { PathVpcOrigin } from "../edge/pathVpcOrigin";
import { plannedRegion } from "../shared/region";
import { StaticSite } from "../site/staticSite";
import type { ViaCloudfrontArgs } from "./viaCloudfrontArgs";

/**
 * The base of the variants behind CloudFront. The load balancer only admits CloudFront's addresses
 * and only forwards requests with a secret header; all others get 403.
 */
export abstract class ViaCloudfront extends PathComponent {
  public readonly url: pulumi.Output<string>;
  public readonly distribution: PathDistribution;
  public readonly alarms: Alarms | undefined;
  public readonly dashboard: PathDashboard | undefined;
  /** Values of the secret header; never absent behind CloudFront. */
  declare public readonly originSecret: OriginSecret;
  /** With `origin.access: "vpc-origin"` only. */
  public readonly vpcOrigin: PathVpcOrigin | undefined;
  /** With `site` only. */
  public readonly site: StaticSite | undefined;
  /** Viewer-request function of the services' behaviours; only if something is decided there. */
  public readonly frontFunction: aws.cloudfront.Function | undefined;
  /** Bucket of the error pages; with `viewers.errorPages.folder` only. */
  public readonly errorSite: StaticSite | undefined;
  /** With `logs.edge: "v2"` only. */
  public readonly edgeLogs: EdgeLogDelivery | undefined;

  protected constructor(
    variant: Variant,
    name: string,
    args: ViaCloudfrontArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    requireImages(name, args);
    const plan = planPath(variant, name, args, plannedRegion(opts));
    super(plan, name, args, opts);
    const parent = { parent: this };
    this.vpcOrigin = this.createVpcOrigin(name, plan, args.placement.vpcId);
    const { front } = plan;
    const functions = new FrontFunctions(name, { front, password: args.viewers?.password }, this);
    this.frontFunction = functions.function;
    const functionCode = (site: SiteRewrite) => functions.code(site);
    const { deletionProtection, tags } = args;
    const siteArgs = args.site && { ...args.site, functionCode, deletionProtection, tags };
    this.site = siteArgs && new StaticSite(name, siteArgs, parent);
    this.errorSite = this.createErrorSite(name, args);
    this.distribution = new PathDistribution(name, this.distributionArgs(plan, args), parent);
    this.edgeLogs = this.createEdgeLogs(name, args);
    this.site?.admit(this.distribution.distribution);
    this.errorSite?.admit(this.distribution.distribution);
    this.createRecords(plan, args);
    const { distribution } = this.distribution;
    ({ alarms: this.alarms, dashboard: this.dashboard } = watchPath(
      name,
      plan,
      args,
      this,
      distribution,
    ));

    const { domainName } = distribution;
    this.url = pulumi.interpolate`https://${args.domain?.name ?? domainName}`;
    this.registerOutputs({ url: this.url });
    this.judgeChildren();
  }

  private createVpcOrigin(
    name: string,
    { spec }: PathPlan,
    vpcId: pulumi.Input<string>,
  ): PathVpcOrigin | undefined {
    if (spec.edge?.origin !== "vpc") return undefined;
    reportMissingGateway(vpcId, this);
    const { listener, loadBalancer } = this.loadBalancer;
    return new PathVpcOrigin(
      name,
      { listener: spec.listener, loadBalancerArn: loadBalancer.arn },
      { parent: this, dependsOn: listener },
    );
  }

  private createErrorSite(
    name: string,
    { viewers, tags }: ViaCloudfrontArgs,
  ): StaticSite | undefined {
    const { folder } = viewers?.errorPages ?? {};
    if (folder === undefined) return undefined;
    return new StaticSite(
      `${name}-errors`,
      { folder, paths: [], prefix: errorPagePrefix, originId: "errors", forceDestroy: true, tags },
      { parent: this },
    );
  }

  private errorPages({ viewers }: ViaCloudfrontArgs): PathDistributionArgs["errorPages"] {
    if (viewers?.errorPages === undefined) return undefined;
    const own = this.errorSite?.beside({ paths: [] });
    return {
      pages: errorPagesOf(viewers.errorPages),
      bucket: own && { ...own, pathPattern: errorPagePattern },
    };
  }

  private distributionArgs(plan: PathPlan, args: ViaCloudfrontArgs): PathDistributionArgs {
    const { edge, listener } = plan.spec;
    if (edge === undefined) {
      throw new Error(`The row of ${plan.variant} in path/variants.ts has no CloudFront (edge).`);
    }
    const { site, viewers, logs, deletionProtection, tags } = args;
    return {
      deletionProtection,
      httpVersions: edge.httpVersion,
      grpc: edge.grpc,
      originProtocol: listener.protocol === "HTTPS" ? "https" : "http",
      originPort: listener.port,
      originHttpVersion: edge.originHttpVersion,
      originAddresses: edge.originAddresses,
      readSeconds: edge.readSeconds,
      keepAliveSeconds: edge.keepAliveSeconds,
      forwardsHost: edge.forwardsHost,
      originDomainName: plan.originName ?? this.loadBalancer.loadBalancer.dnsName,
      vpcOriginId: this.vpcOrigin?.vpcOrigin.id,
      secretHeader: { name: secretHeaderName, value: this.originSecret.sent },
      site: site && this.site?.beside(site),
      errorPages: this.errorPages(args),
      functionArn: this.frontFunction?.arn,
      countries: plan.countries,
      grpcServices: plan.spec.grpc?.services,
      serviceBehaviors: plan.behaviors,
      aliases: viewerNames(args),
      certificateArn: this.dns.edgeCertificateArn,
      minimumTls: viewers?.minimumTls,
      clientCertificates: this.askedCertificates,
      webAclArn: this.waf?.webAcl.arn,
      legacyLogBucketName:
        logs?.edge === "legacy" ? (logs.legacyBucketName ?? logs.bucketName) : undefined,
      tags,
    };
  }

  private createEdgeLogs(
    name: string,
    { logs, tags }: ViaCloudfrontArgs,
  ): EdgeLogDelivery | undefined {
    if (logs?.edge !== "v2") return undefined;
    const { bucketName, edgeFormat: format } = logs;
    const distributionArn = this.distribution.distribution.arn;
    const args = { distributionArn, bucketName, format, tags };
    return new EdgeLogDelivery(name, args, { parent: this });
  }

  private createRecords({ originName }: PathPlan, args: ViaCloudfrontArgs): void {
    if (originName !== undefined) {
      const { loadBalancer } = this.loadBalancer;
      this.dns.alias(
        "origin",
        originName,
        loadBalancerTarget(loadBalancer, args.placement.ipAddressType),
      );
    }
    const target = distributionTarget(this.distribution.distribution);
    for (const viewerName of viewerNames(args)) this.dns.alias("viewers", viewerName, target);
  }
}
