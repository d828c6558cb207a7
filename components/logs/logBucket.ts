import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { logBucketPolicy, type LogWriters } from "./logBucketPolicy";
import { partsOf } from "../shared/arn";
import { keepPrivate } from "../shared/privateBucket";
import { protectedChild } from "../shared/protection";
import { withName } from "../shared/tags";

export interface LogBucketArgs {
  /** The services that write; the bucket's policy has a statement for each, and for nobody else. */
  writers: LogWriters;
  /** Days that logs are kept; then S3 deletes them. 1 to 3653. @default 90 */
  retentionDays?: number;
  /**
   * True: the bucket is emptied when it is deleted. False: AWS refuses to delete it while it
   * contains any log, so `pulumi destroy` fails there and the logs outlive the stack.
   * @default false
   */
  forceDestroy?: boolean;
  /** True: Pulumi refuses to delete the bucket. @default false */
  deletionProtection?: boolean;
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * A private bucket for logs of AWS services. It is encrypted with S3's own keys (SSE-S3), because
 * load balancers write to no other kind
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html).
 */
export class LogBucket extends pulumi.ComponentResource {
  public readonly bucket: aws.s3.Bucket;
  public readonly policy: aws.s3.BucketPolicy;
  /**
   * Name of the bucket, known only once its policy and its ownership are set: AWS writes a test
   * object when a log is switched on, so resources that use this name wait until it may.
   */
  public readonly writableName: pulumi.Output<string>;

  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:LogBucket", name, {}, opts);
    const { writers } = args;
    const parent = { parent: this };
    const logs = `${name}-logs`;

    this.bucket = new aws.s3.Bucket(
      logs,
      {
        forceDestroy: args.forceDestroy ?? defaults.logs.forceDestroy,
        tags: withName(logs, args.tags),
      },
      protectedChild(this, args.deletionProtection),
    );
    const bucket = this.bucket.bucket;
    const { block, ownership, versioning } = keepPrivate(
      logs,
      bucket,
      ownershipFor(writers),
      parent,
    );
    const days = args.retentionDays ?? defaults.logs.retentionDays;
    new aws.s3.BucketLifecycleConfiguration(
      logs,
      { bucket, rules: retention(days) },
      // Rules about noncurrent versions need versioning.
      { ...parent, dependsOn: versioning },
    );
    this.policy = new aws.s3.BucketPolicy(
      logs,
      { bucket, policy: this.policyFor(writers) },
      // S3 accepts only one change of a bucket's access at a time.
      { ...parent, dependsOn: block },
    );

    this.writableName = pulumi
      .all([bucket, this.policy.id, ownership.id])
      .apply(([writable]) => writable);
    this.registerOutputs({ bucketName: bucket });
  }

  private policyFor(writers: LogWriters): pulumi.Output<string> {
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const { arn, bucket, region } = this.bucket;
    return pulumi
      .all([arn, bucket, region, accountId])
      .apply(([arn, bucket, region, accountId]) =>
        logBucketPolicy(writers, { bucket, region, accountId, partition: partsOf(arn).partition }),
      );
  }
}

/**
 * CloudFront writes its legacy logs with an ACL, which the bucket must allow; everything else
 * writes into a bucket without ACLs.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html#AccessLogsBucketAndFileOwnership
 */
const ownershipFor = ({ edge }: LogWriters): "BucketOwnerPreferred" | "BucketOwnerEnforced" =>
  edge === "legacy" ? "BucketOwnerPreferred" : "BucketOwnerEnforced";

/**
 * A log is deleted after that many days, and its last version a day later: in a versioned bucket a
 * deletion leaves a noncurrent version and a delete marker, which the other actions remove.
 */
function retention(days: number): aws.types.input.s3.BucketLifecycleConfigurationRule[] {
  const status = "Enabled";
  const filter = { prefix: "" };
  return [
    {
      id: "retention",
      status,
      filter,
      expiration: { days },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
    },
    // S3 accepts this action only without days.
    { id: "markers", status, filter, expiration: { expiredObjectDeleteMarker: true } },
  ];
}
