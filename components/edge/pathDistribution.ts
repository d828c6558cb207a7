import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { edgeCertificateHeaders } from "../../path/clientCertificates";
import { defaults } from "../../path/defaults";
import type { CountryRestriction } from "../../path/front";
import { edgeTlsPolicies, originTlsProtocols, type MinimumTls } from "../../path/tlsPolicies";
import type { EdgeHttpVersion, OriginAddresses, OriginHttpVersion } from "../../path/types";
import { type BehaviorChoices, behaviorsOf, type SiteBehavior } from "./behaviors";
import type { ErrorPage } from "./errorPages";
import { protectedChild } from "../shared/protection";
import { type TrustedCertificatesArgs, viewerMtlsConfig } from "../security/clientCertificates";
import { withName } from "../shared/tags";

/** The header that CloudFront adds to every request it sends to the origin. */
interface SentHeader {
  /** Name of the header; CloudFront forbids some names. */
  name: string;
  /** A secret. */
  value: pulumi.Input<string>;
}

export interface PathDistributionArgs extends Omit<
  BehaviorChoices,
  "site" | "errorPages" | "requestPolicyId"
> {
  /** HTTP versions offered to viewers. @default "http2and3" */
  httpVersions?: EdgeHttpVersion;
  /** How CloudFront calls the load balancer, without a VPC origin. @default "https" */
  originProtocol?: "http" | "https";
  /** Port of the load balancer's listener for HTTPS; for HTTP it is 80. @default 443 */
  originPort?: number;
  /**
   * What CloudFront asks the load balancer for; `http2` only over HTTPS, otherwise without effect.
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginHttpVersion
   * @default "http1.1"
   */
  originHttpVersion?: OriginHttpVersion;
  /** Seconds CloudFront waits for an answer, 1 to 120. @default 30 */
  readSeconds?: number;
  /** Seconds CloudFront keeps an idle connection, 1 to 120; less than the origin does. @default 5 */
  keepAliveSeconds?: number;
  /** Domain name of the origin: one that resolves to the load balancer. */
  originDomainName: pulumi.Input<string>;
  /** Which of the origin's addresses CloudFront calls, without a VPC origin. @default "ipv4" */
  originAddresses?: OriginAddresses;
  /** VPC origin that reaches an internal load balancer. */
  vpcOriginId?: pulumi.Input<string>;
  /** Header that CloudFront sends to the load balancer, by which that knows this distribution. */
  secretHeader: SentHeader;
  /** A static site in addition to the service. @default none */
  site?: SiteBehavior & { readonly origin: aws.types.input.cloudfront.DistributionOrigin };
  /** Pages for errors, and the bucket that only has them, if there is one. @default none */
  errorPages?: {
    readonly pages: readonly ErrorPage[];
    readonly bucket?: BehaviorChoices["errorPages"] & {
      readonly origin: aws.types.input.cloudfront.DistributionOrigin;
    };
  };
  /** Countries whose viewers are admitted. @default all */
  countries?: CountryRestriction;
  /** Alternate domain names of the distribution; each must be on the certificate. @default none */
  aliases?: string[];
  /** Certificate in us-east-1. @default CloudFront's default certificate, for *.cloudfront.net */
  certificateArn?: pulumi.Input<string>;
  /** Oldest TLS version for viewers; fixed with CloudFront's default certificate. @default "1.2" */
  minimumTls?: MinimumTls;
  /**
   * What viewers are asked for in the TLS handshake; needs `httpVersions` without HTTP/3. The service gets
   * what they show in CloudFront's headers, unless `forwardsHost` is false: AWS has no policy for both.
   * @default none
   */
  clientCertificates?: TrustedCertificatesArgs;
  /** Bucket of the legacy standard logs, with ACLs enabled. @default none */
  legacyLogBucketName?: pulumi.Input<string>;
  /** ARN of a web ACL of scope CLOUDFRONT. @default no web ACL */
  webAclArn?: pulumi.Input<string>;
  /** True: Pulumi refuses to delete the distribution, whose name is lost with it. @default false */
  deletionProtection?: boolean;
  /** Tags for the distribution. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** The CloudFront distribution in front of a load balancer. */
export class PathDistribution extends pulumi.ComponentResource {
  public readonly distribution: aws.cloudfront.Distribution;
  /** Forwards what viewers show of themselves; only with `clientCertificates`. */
  public readonly requestPolicy: aws.cloudfront.OriginRequestPolicy | undefined;

  constructor(name: string, args: PathDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:PathDistribution", name, {}, opts);

    const errorBucket = args.errorPages?.bucket;
    this.requestPolicy =
      args.clientCertificates && args.forwardsHost !== false
        ? certificatePolicy(`${name}-client-certificates`, this)
        : undefined;
    const requestPolicyId = this.requestPolicy?.id;
    this.distribution = new aws.cloudfront.Distribution(
      name,
      {
        comment: `hopwise: ${name}`,
        enabled: true,
        // Security Hub requires one (CloudFront.1); the site's function handles `/` anyway.
        defaultRootObject: args.site?.byDefault === "site" ? "index.html" : undefined,
        isIpv6Enabled: true,
        httpVersion: args.httpVersions ?? defaults.viewers.httpVersions,
        aliases: args.aliases ?? [],
        webAclId: args.webAclArn,
        origins: [
          {
            originId: "load-balancer",
            domainName: args.originDomainName,
            customHeaders: [{ name: args.secretHeader.name, value: args.secretHeader.value }],
            ...originConfig(args),
          },
          ...(args.site === undefined ? [] : [args.site.origin]),
          ...(errorBucket === undefined ? [] : [errorBucket.origin]),
        ],
        ...behaviorsOf({ ...args, requestPolicyId, errorPages: errorBucket }),
        customErrorResponses: args.errorPages && errorResponses(args.errorPages.pages),
        restrictions: { geoRestriction: geoRestriction(args.countries) },
        viewerCertificate:
          args.certificateArn === undefined
            ? { cloudfrontDefaultCertificate: true }
            : {
                acmCertificateArn: args.certificateArn,
                sslSupportMethod: "sni-only",
                minimumProtocolVersion:
                  edgeTlsPolicies[args.minimumTls ?? defaults.viewers.minimumTls],
              },
        ...(args.clientCertificates && {
          viewerMtlsConfig: viewerMtlsConfig(args.clientCertificates),
        }),
        loggingConfig:
          args.legacyLogBucketName === undefined
            ? undefined
            : {
                bucket: pulumi.interpolate`${args.legacyLogBucketName}.s3.amazonaws.com`,
                prefix: "cloudfront/",
                includeCookies: false,
              },
        tags: withName(name, args.tags),
      },
      protectedChild(this, args.deletionProtection),
    );
    this.registerOutputs({ domainName: this.distribution.domainName });
  }
}

/** AWS's policy AllViewer, and with it CloudFront's headers about client certificates. */
function certificatePolicy(
  name: string,
  parent: pulumi.Resource,
): aws.cloudfront.OriginRequestPolicy {
  return new aws.cloudfront.OriginRequestPolicy(
    name,
    {
      comment: "Everything of the viewer's request, and the client certificate",
      headersConfig: {
        headerBehavior: "allViewerAndWhitelistCloudFront",
        headers: { items: [...edgeCertificateHeaders] },
      },
      cookiesConfig: { cookieBehavior: "all" },
      queryStringsConfig: { queryStringBehavior: "all" },
    },
    { parent },
  );
}

function geoRestriction(countries: CountryRestriction | undefined) {
  if (countries === undefined) return { restrictionType: "none" };
  const restrictionType = countries.kind === "only" ? "whitelist" : "blacklist";
  return { restrictionType, locations: [...countries.countries] };
}

/** The status stays: a page with 200 would be taken for what was asked for. */
function errorResponses(pages: readonly ErrorPage[]) {
  return pages.map(({ status, path, cacheSeconds }) => ({
    errorCode: status,
    responseCode: status,
    responsePagePath: path,
    errorCachingMinTtl: cacheSeconds,
  }));
}

/** How CloudFront reaches the origin: over the internet, or through the VPC origin. */
function originConfig(
  args: PathDistributionArgs,
): Pick<aws.types.input.cloudfront.DistributionOrigin, "customOriginConfig" | "vpcOriginConfig"> {
  const { originHttpVersion, originProtocol = "https" } = args;
  const common = {
    originReadTimeout: args.readSeconds ?? defaults.origin.timeouts.read,
    originKeepaliveTimeout: args.keepAliveSeconds ?? defaults.origin.timeouts.keepAlive,
    // Absent is HTTP/1.1; written only where it says more, for older providers do not know it.
    ...(originHttpVersion === "http2" && { originHttpVersion }),
  };
  if (args.vpcOriginId !== undefined) {
    return { vpcOriginConfig: { vpcOriginId: args.vpcOriginId, ...common } };
  }
  return {
    customOriginConfig: {
      ...common,
      originProtocolPolicy: `${originProtocol}-only`,
      httpPort: 80,
      httpsPort: args.originPort ?? 443,
      originSslProtocols: [...originTlsProtocols],
      // Absent is IPv4; written only where it says more, for older providers do not know it.
      ...(args.originAddresses !== undefined && { ipAddressType: args.originAddresses }),
    },
  };
}
