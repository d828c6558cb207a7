import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedCachePolicies, managedOriginRequestPolicies } from "../path/cloudfront";
import { defaults } from "../path/defaults";
import { edgeTlsPolicies, originTlsProtocols, type MinimumTls } from "../path/tlsPolicies";
import type { EdgeSpec } from "../path/types";
import { named } from "./tags";

/** The header that CloudFront adds to every request it sends to the origin. */
export interface SentHeader {
  /** Not one that CloudFront forbids. */
  name: string;
  /** A secret. */
  value: pulumi.Input<string>;
}

export interface PathDistributionArgs {
  /** The edge that was decided on. */
  edge: EdgeSpec;
  /** Port of the load balancer's listener. */
  originPort: number;
  /** Domain name of the origin: one that resolves to the load balancer. */
  originDomainName: pulumi.Input<string>;
  /** VPC origin that reaches an internal load balancer. */
  vpcOriginId?: pulumi.Input<string>;
  secretHeader: SentHeader;
  /** Names of the distribution besides its own; each on the certificate. */
  aliases: string[];
  /** Certificate in us-east-1. @default CloudFront's own, for *.cloudfront.net */
  certificateArn?: pulumi.Input<string>;
  /** Oldest TLS version for viewers; CloudFront's own certificate allows no choice. @default "1.2" */
  minimumTls?: MinimumTls;
  /** Tags for the distribution. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** The CloudFront distribution in front of a load balancer. */
export class PathDistribution extends pulumi.ComponentResource {
  public readonly distribution: aws.cloudfront.Distribution;

  constructor(name: string, args: PathDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:PathDistribution", name, {}, opts);
    const { edge } = args;
    this.distribution = new aws.cloudfront.Distribution(
      name,
      {
        comment: `hopwise: ${name}`,
        enabled: true,
        isIpv6Enabled: true,
        httpVersion: edge.httpVersion,
        aliases: args.aliases,
        origins: [
          {
            originId: "load-balancer",
            domainName: args.originDomainName,
            customHeaders: [{ name: args.secretHeader.name, value: args.secretHeader.value }],
            ...originConfig(args),
          },
        ],
        defaultCacheBehavior: {
          targetOriginId: "load-balancer",
          viewerProtocolPolicy: edge.viewerProtocolPolicy,
          allowedMethods: [...edge.allowedMethods],
          cachedMethods: ["GET", "HEAD"],
          compress: true,
          // What an app answers is its own business until someone says it may be cached.
          cachePolicyId: managedCachePolicies.CachingDisabled,
          originRequestPolicyId: edge.forwardsHost
            ? managedOriginRequestPolicies.AllViewer
            : managedOriginRequestPolicies.AllViewerExceptHostHeader,
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate:
          args.certificateArn === undefined
            ? { cloudfrontDefaultCertificate: true }
            : {
                acmCertificateArn: args.certificateArn,
                sslSupportMethod: "sni-only",
                minimumProtocolVersion:
                  edgeTlsPolicies[args.minimumTls ?? defaults.viewers.minimumTls],
              },
        tags: named(name, args.tags),
      },
      { parent: this },
    );
    this.registerOutputs({ domainName: this.distribution.domainName });
  }
}

/** How CloudFront reaches the origin: over the internet, or through the VPC origin. */
function originConfig(args: PathDistributionArgs) {
  const { edge, originPort } = args;
  const timeouts = {
    originReadTimeout: edge.originReadSeconds,
    originKeepaliveTimeout: edge.originKeepaliveSeconds,
  };
  if (args.vpcOriginId !== undefined) {
    return { vpcOriginConfig: { vpcOriginId: args.vpcOriginId, ...timeouts } };
  }
  return {
    customOriginConfig: {
      ...timeouts,
      originProtocolPolicy: edge.originProtocolPolicy,
      httpPort: 80,
      httpsPort: originPort,
      originSslProtocols: [...originTlsProtocols],
    },
  };
}
