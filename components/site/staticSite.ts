import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedResponseHeadersPolicies } from "../../path/cloudfront";
import { defaults } from "../../path/defaults";
import { keepPrivate } from "../shared/privateBucket";
import { protectedChild } from "../shared/protection";
import { readSite } from "./siteFiles";
import { frontFunctionCode, releaseHeader, type SiteRewrite } from "../../path/frontFunction";
import { withName } from "../shared/tags";

/** A static site in S3, delivered by CloudFront in addition to the service. */
export interface SiteArgs {
  /** Folder to upload, relative to the program's folder. */
  folder: string;
  /**
   * Who answers a path that `paths` does not list: the `site` (then `paths` go to the service) or
   * the `service` (then `paths` go to the site).
   * @default "site"
   */
  byDefault?: "site" | "service";
  /**
   * Path patterns that the other one answers, e.g. `/api/*`, in CloudFront's syntax. At least one.
   */
  paths: string[];
  /**
   * Page for every path without a dot in its last part, for single-page applications.
   * @default none
   */
  fallback?: string;
  /** True to delete the bucket with its contents. @default false */
  forceDestroy?: boolean;
}

export interface StaticSiteArgs extends SiteArgs {
  /** Prefix of every key in the bucket, with a slash at its end. @default none */
  prefix?: string;
  /** Id of the origin in the distribution. @default "site" */
  originId?: string;
  /**
   * Code of the viewer-request function, from what it does for the site.
   * @default only that
   */
  functionCode?: (site: SiteRewrite) => pulumi.Input<string>;
  /** True: Pulumi refuses to delete the bucket. @default false */
  deletionProtection?: boolean;
  /** Tags for the bucket. */
  tags?: Record<string, pulumi.Input<string>>;
}

const onlySite = (site: SiteRewrite): string => frontFunctionCode({ site });

/** Days that S3 keeps a replaced version of a file. */
const noncurrentDays = 30;

/**
 * A private bucket with a site's files, and what a distribution needs to deliver them: the origin
 * access control, a function and a cache policy. {@link StaticSite.admit} admits a distribution.
 *
 * @throws Error if the folder is missing or empty
 */
export class StaticSite extends pulumi.ComponentResource {
  public readonly bucket: aws.s3.Bucket;
  public readonly objects: aws.s3.BucketObjectv2[];
  public readonly originAccessControl: aws.cloudfront.OriginAccessControl;
  public readonly function: aws.cloudfront.Function;
  public readonly cachePolicy: aws.cloudfront.CachePolicy;
  private readonly name: string;
  private readonly originId: string;

  constructor(name: string, args: StaticSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    const { files, digest } = readSite(args.folder);
    const { prefix = "" } = args;
    super("hopwise:index:StaticSite", name, {}, opts);
    this.name = name;
    this.originId = args.originId ?? "site";
    const parent = { parent: this };

    this.bucket = new aws.s3.Bucket(
      `${name}-site`,
      {
        forceDestroy: args.forceDestroy ?? defaults.site.forceDestroy,
        tags: withName(`${name}-site`, args.tags),
      },
      protectedChild(this, args.deletionProtection),
    );
    const settings = this.protectBucket(name);
    this.objects = files.map(
      ({ key, file, contentType, cacheControl }) =>
        new aws.s3.BucketObjectv2(
          `${name}-site/${key}`,
          {
            bucket: this.bucket.id,
            key: `${prefix}${key}`,
            // Relative to the program's folder: an absolute path would differ on every machine.
            source: new pulumi.asset.FileAsset(path.relative(process.cwd(), file)),
            contentType,
            cacheControl,
            serverSideEncryption: "AES256",
          },
          // S3 only keeps versions of files that are uploaded after versioning is on.
          { parent: this, dependsOn: settings },
        ),
    );
    this.originAccessControl = new aws.cloudfront.OriginAccessControl(
      `${name}-site`,
      {
        description: "Signs the distribution's requests to the site's bucket",
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
      },
      parent,
    );
    this.function = new aws.cloudfront.Function(
      `${name}-site`,
      {
        runtime: "cloudfront-js-2.0",
        comment: "Index pages, fallback page, and the release in the cache key",
        publish: true,
        code: (args.functionCode ?? onlySite)({ digest, fallback: args.fallback }),
      },
      // The cache key must not change before all files are uploaded.
      { parent: this, dependsOn: this.objects },
    );
    this.cachePolicy = new aws.cloudfront.CachePolicy(
      `${name}-site`,
      {
        comment: "The site's files by path and release",
        minTtl: 0,
        defaultTtl: 86_400,
        maxTtl: 31_536_000,
        parametersInCacheKeyAndForwardedToOrigin: {
          cookiesConfig: { cookieBehavior: "none" },
          queryStringsConfig: { queryStringBehavior: "none" },
          headersConfig: { headerBehavior: "whitelist", headers: { items: [releaseHeader] } },
          enableAcceptEncodingBrotli: true,
          enableAcceptEncodingGzip: true,
        },
      },
      parent,
    );
    this.registerOutputs({ bucketName: this.bucket.id });
  }

  /** Lets one distribution read the bucket, and only over TLS. */
  admit(distribution: aws.cloudfront.Distribution): aws.s3.BucketPolicy {
    const policy = pulumi
      .all([this.bucket.arn, distribution.arn])
      .apply(([bucket, reader]) => JSON.stringify(siteBucketPolicy(bucket, reader)));
    return new aws.s3.BucketPolicy(
      `${this.name}-site`,
      { bucket: this.bucket.id, policy },
      { parent: this },
    );
  }

  /** The site's arguments for a distribution: its origin and its behaviour. */
  beside(args: Pick<SiteArgs, "byDefault" | "paths">) {
    return {
      byDefault: args.byDefault ?? defaults.site.byDefault,
      paths: args.paths,
      // No `s3OriginConfig`: the provider's refresh drops it if there is an access control, and
      // every preview would show a change (https://github.com/pulumi/pulumi-aws/issues/6623).
      origin: {
        originId: this.originId,
        domainName: this.bucket.bucketRegionalDomainName,
        originAccessControlId: this.originAccessControl.id,
      },
      behavior: {
        targetOriginId: this.originId,
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD", "OPTIONS"],
        cachedMethods: ["GET", "HEAD"],
        compress: true,
        cachePolicyId: this.cachePolicy.id,
        responseHeadersPolicyId: managedResponseHeadersPolicies.SecurityHeadersPolicy,
        functionAssociations: [{ eventType: "viewer-request", functionArn: this.function.arn }],
      },
    };
  }

  /** Blocks public access and ACLs, encrypts, and keeps versions for a while. */
  private protectBucket(name: string): pulumi.Resource[] {
    const parent = { parent: this };
    const bucket = this.bucket.id;
    const { encryption, versioning } = keepPrivate(
      `${name}-site`,
      bucket,
      "BucketOwnerEnforced",
      parent,
    );
    new aws.s3.BucketLifecycleConfiguration(
      `${name}-site`,
      {
        bucket,
        rules: [
          {
            id: "forget-replaced-files",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
      // A rule about versions needs versioning.
      { parent: this, dependsOn: versioning },
    );
    return [encryption, versioning];
  }
}

/**
 * The policy of the site's bucket.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function siteBucketPolicy(bucketArn: string, distributionArn: string): object {
  const cloudfront = {
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
  };
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Read", ...cloudfront, Action: "s3:GetObject", Resource: `${bucketArn}/*` },
      // Without this S3 answers 403 for a missing file. The function turns every folder into
      // its index page, so no viewer's request can list the bucket.
      { Sid: "TellMissingFiles", ...cloudfront, Action: "s3:ListBucket", Resource: bucketArn },
      {
        Sid: "OnlyTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
