import type * as pulumi from "@pulumi/pulumi";
import { LogBucket } from "./logBucket";
import { writesAnything, type LogWriters } from "./logBucketPolicy";

/** The buckets that logs go to, as a path takes them. */
export interface LogBuckets {
  bucketName: pulumi.Input<string>;
  /** Bucket of CloudFront's legacy logs. @default `bucketName` */
  legacyBucketName?: pulumi.Input<string>;
}

export interface LogBucketsArgs {
  writers: LogWriters;
  /** An existing bucket for all of it; none is made then. */
  bucket?: string;
  retentionDays?: number;
  forceDestroy?: boolean;
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * Makes what the logs need: nothing where none is on, and a bucket apart for CloudFront's legacy
 * logs. They come with a grant that CloudFront adds to the bucket's ACL and never takes back, and
 * S3 switches ACLs off for no bucket that has one: in one bucket there would be no way back
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-migrating-acls-prerequisites.html).
 */
export function logBuckets(name: string, args: LogBucketsArgs): LogBuckets | undefined {
  const { writers, bucket, ...shape } = args;
  if (!writesAnything(writers)) return undefined;
  if (bucket !== undefined) return { bucketName: bucket };
  const { edge = "off" } = writers;
  const rest: LogWriters = { ...writers, edge: edge === "legacy" ? "off" : edge };
  const made = writesAnything(rest)
    ? new LogBucket(name, { writers: rest, ...shape }).writableName
    : undefined;
  if (edge !== "legacy") return made && { bucketName: made };
  const legacy = new LogBucket(`${name}-edge`, { writers: { edge }, ...shape }).writableName;
  return { bucketName: made ?? legacy, legacyBucketName: legacy };
}
