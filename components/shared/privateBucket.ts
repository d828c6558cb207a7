import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The settings of a private bucket, each a resource. */
export interface PrivateBucketSettings {
  readonly block: aws.s3.BucketPublicAccessBlock;
  readonly ownership: aws.s3.BucketOwnershipControls;
  readonly encryption: aws.s3.BucketServerSideEncryptionConfiguration;
  readonly versioning: aws.s3.BucketVersioning;
}

/** Blocks public access, encrypts with S3's own keys, and keeps versions. */
export function keepPrivate(
  name: string,
  bucket: pulumi.Input<string>,
  objectOwnership: string,
  opts: pulumi.CustomResourceOptions,
): PrivateBucketSettings {
  return {
    block: new aws.s3.BucketPublicAccessBlock(
      name,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      opts,
    ),
    ownership: new aws.s3.BucketOwnershipControls(
      name,
      { bucket, rule: { objectOwnership } },
      opts,
    ),
    encryption: new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      opts,
    ),
    versioning: new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      opts,
    ),
  };
}
